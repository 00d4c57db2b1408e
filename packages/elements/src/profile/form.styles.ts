import { passwordRulesStyles } from '../light-form/password-rules.styles.ts';

const TAG = 'oya-profile';

/** What only forms need, beside the styles of the element that they stand in. */
export const formStyles = `${passwordRulesStyles(TAG)}
${TAG} form {
  grid-template-columns: minmax(0, 1fr);
  max-inline-size: calc(28 * var(--oya-rem));
}

${TAG} form.notifications {
  max-inline-size: none;
}

${TAG} .pair {
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
  align-items: end;
  gap: var(--oya-space-3);
}

${TAG} .points {
  display: grid;
  gap: var(--oya-space-2);
  padding-inline-start: var(--oya-space-5);
}

${TAG} .live {
  display: flex;
  gap: var(--oya-space-2);
  min-block-size: 1.5em;
  color: var(--oya-color-ink-soft);
}

${TAG} .live.free {
  color: var(--oya-color-success);
}

${TAG} .live.taken {
  color: var(--oya-color-danger);
  font-weight: 600;
}

${TAG} form.code input {
  max-inline-size: calc(12 * var(--oya-rem));
  font-size: var(--oya-size-4);
  font-variant-numeric: tabular-nums;
  letter-spacing: 0.12em;
}

${TAG} table {
  inline-size: 100%;
  border-collapse: collapse;
}

${TAG} :is(th, td) {
  padding: 0;
  text-align: start;
  vertical-align: middle;
}

${TAG} th {
  font-weight: 600;
}

${TAG} tbody tr {
  border-block-start: 1px solid var(--oya-color-line);
}

${TAG} td label {
  display: flex;
  align-items: center;
  gap: var(--oya-space-3);
  min-block-size: 44px;
  font-weight: 400;
  cursor: pointer;
}

@container (min-width: 30rem) {
  ${TAG} .cell-words {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
}

/* Labelled groups in place of a table that would have to be scrolled sideways. */
@container (max-width: 29.99rem) {
  ${TAG} :is(table, tbody, tr, tbody th, tbody td) {
    display: block;
  }

  ${TAG} thead {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }

  ${TAG} tbody tr {
    padding-block: var(--oya-space-3);
  }
}
`;
