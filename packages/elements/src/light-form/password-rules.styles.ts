/** Beside `lightFormStyles`, for forms that set a password. */
export function passwordRulesStyles(tag: string): string {
  return `${tag} .rules {
  display: grid;
  gap: var(--oya-space-2);
  padding-block-start: var(--oya-space-1);
  color: var(--oya-color-ink-soft);
}

${tag} .rules ul {
  display: grid;
  gap: var(--oya-space-1);
  padding: 0;
  list-style: none;
}

${tag} .rules li {
  display: flex;
  align-items: start;
  gap: var(--oya-space-2);
}

${tag} .rules li.kept {
  color: var(--oya-color-success);
}

${tag} .rules svg {
  inline-size: var(--oya-rem);
  block-size: var(--oya-rem);
  margin-block-start: calc(0.25 * var(--oya-rem));
}

${tag} .rules li:not(.kept) svg {
  stroke-width: 1.5px;
}

${tag} .rules li.kept svg {
  stroke-width: 3px;
}
`;
}
