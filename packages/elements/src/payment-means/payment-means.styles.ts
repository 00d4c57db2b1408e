import { lightFormStyles } from '../light-form/light-form.styles.ts';

export const paymentMeansStyles = `${lightFormStyles('oya-payment-means')}
oya-payment-means .placeholder {
  min-block-size: calc(28 * var(--oya-rem));
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-payment-means > .view {
  max-inline-size: calc(44 * var(--oya-rem));
  gap: var(--oya-space-5);
}

oya-payment-means [hidden] {
  display: none;
}

oya-payment-means section {
  display: grid;
  gap: var(--oya-space-3);
}

oya-payment-means .card {
  padding: var(--oya-space-5);
  border: 1px solid var(--oya-color-line);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface-raised);
}

oya-payment-means :is(.part-title, .task-title) {
  font-size: calc(1.25 * var(--oya-rem));
  font-weight: 650;
}

oya-payment-means .way {
  font-weight: 600;
}

oya-payment-means .card {
  display: grid;
  gap: var(--oya-space-4);
}

oya-payment-means .lead {
  font-size: calc(1.125 * var(--oya-rem));
  font-weight: 600;
}

oya-payment-means .which {
  display: grid;
  gap: var(--oya-space-1);
}

oya-payment-means dl {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(14 * var(--oya-rem))), 1fr));
  gap: var(--oya-space-3) var(--oya-space-5);
  margin: 0;
}

oya-payment-means dt {
  color: var(--oya-color-ink-soft);
  font-size: calc(0.875 * var(--oya-rem));
}

oya-payment-means dd {
  margin: 0;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}

oya-payment-means .account {
  font-size: calc(1.0625 * var(--oya-rem));
  letter-spacing: 0.02em;
  white-space: normal;
}

oya-payment-means .mandate-text {
  max-inline-size: 65ch;
}

oya-payment-means .others {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, calc(17 * var(--oya-rem))), 1fr));
  gap: var(--oya-space-4);
  padding: 0;
  list-style: none;
}

oya-payment-means .others li {
  display: grid;
  align-content: start;
  gap: var(--oya-space-2);
  padding-block-start: var(--oya-space-3);
  border-block-start: 1px solid var(--oya-color-line);
}

oya-payment-means table {
  inline-size: 100%;
  max-inline-size: calc(24 * var(--oya-rem));
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}

oya-payment-means :is(th, td) {
  padding: var(--oya-space-1) 0;
  border-block-end: 1px solid var(--oya-color-line);
  font-weight: 400;
  text-align: start;
}

oya-payment-means :is(th, td):last-child {
  text-align: end;
}

oya-payment-means thead th {
  color: var(--oya-color-ink-soft);
  font-size: calc(0.875 * var(--oya-rem));
}

oya-payment-means textarea {
  box-sizing: border-box;
  inline-size: 100%;
  min-block-size: calc(6 * var(--oya-rem));
  padding: var(--oya-space-2) var(--oya-space-3);
  border: 1px solid var(--oya-color-ink-soft);
  border-radius: var(--oya-radius);
  background: var(--oya-color-surface);
  color: inherit;
  font: inherit;
  resize: vertical;
}

oya-payment-means .button.danger,
oya-payment-means .button.danger:hover {
  border-color: transparent;
  background: var(--oya-color-danger);
  color: var(--oya-color-surface);
}

oya-payment-means .outcome {
  display: flex;
  gap: var(--oya-space-2);
  padding: var(--oya-space-3) var(--oya-space-4);
  border-inline-start: 4px solid var(--oya-color-success);
  background: var(--oya-color-surface-raised);
}

oya-payment-means :is(.outcome, .notice-title):focus {
  outline: none;
}
`;
