/** Beside `lightFormStyles`, for forms with choices. */
export function choiceStyles(tag: string): string {
  return `${tag} .choices {
  min-inline-size: 0;
  margin: 0;
  padding: 0;
  border: 0;
  gap: var(--oya-space-3);
}

${tag} legend {
  float: none;
  inline-size: auto;
  margin: 0;
  padding: 0 0 var(--oya-space-3);
  font-weight: 600;
}

${tag} .choice {
  display: flex;
  align-items: start;
  gap: var(--oya-space-3);
  padding: var(--oya-space-4);
  border: 1px solid var(--oya-color-line-strong, currentColor);
  border-radius: var(--oya-radius);
  cursor: pointer;
}

${tag} .choice:hover {
  background: var(--oya-color-surface-raised);
}

${tag} .choice:has(:checked) {
  border-color: var(--oya-color-accent);
  box-shadow: inset 0 0 0 1px var(--oya-color-accent);
}

${tag} .choice > svg {
  margin-block-start: calc(0.125 * var(--oya-rem));
  color: var(--oya-color-ink-soft);
}

${tag} .choice-text {
  flex: 1;
  min-inline-size: 0;
}

${tag} .choice-hint {
  display: block;
  color: var(--oya-color-ink-soft);
  font-weight: 400;
}

${tag} .checkbox {
  padding-block: var(--oya-space-3);
}

${tag} .checkbox label {
  flex: 1;
  font-weight: 400;
}

@media (forced-colors: active) {
  ${tag} .choice:has(:checked) {
    border: 3px solid Highlight;
  }
}
`;
}
