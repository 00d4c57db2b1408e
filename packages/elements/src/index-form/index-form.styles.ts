import { css } from 'lit';

export const indexFormStyles = css`
  .frame,
  .form,
  .part,
  .field,
  .done,
  .automatic,
  .question,
  .outlook {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .frame {
    gap: var(--oya-space-6);
  }

  .form {
    gap: var(--oya-space-5);
  }

  .field {
    gap: var(--oya-space-1);
    max-inline-size: 36rem;
  }

  .part > p,
  .done > p,
  .question legend {
    max-inline-size: 65ch;
  }

  .part > .button {
    justify-self: start;
  }

  td a {
    color: var(--oya-color-accent);
  }

  .window {
    font-size: var(--oya-size-2);
  }

  .registers {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
    gap: var(--oya-space-5);
  }

  .register {
    align-content: start;
    gap: var(--oya-space-2);
  }

  .register > label {
    font-size: var(--oya-size-3);
  }

  /* The display of the meter: the same dark cells by day and by night. */
  .display {
    /* As wide as a phone leaves beside the decimals and the unit. */
    --cell: clamp(1.15rem, calc((100cqi - 8.2rem) / var(--digits)), 2rem);
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-2);
    inline-size: fit-content;
    max-inline-size: 100%;
    padding: var(--oya-space-2);
    border-radius: var(--oya-radius);
    background: #2a2e35;
    color: #fff;
    forced-color-adjust: none;
  }

  .digits {
    --within: calc((var(--cell) - 1ch) / 2);
    box-sizing: content-box;
    /* Room for the caret behind the last digit, or the field would scroll and cut the first. */
    inline-size: calc(var(--cell) * var(--digits) + var(--within) + 2px);
    min-block-size: 3rem;
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: repeating-linear-gradient(to right, #2a2e35 0 1px, #0d0f12 1px calc(var(--cell) - 1px), #2a2e35 calc(var(--cell) - 1px) var(--cell)) 0 0 / calc(var(--cell) * var(--digits)) 100% no-repeat;
    color: #fff;
    font-family: ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace;
    font-size: 1.6rem;
    font-variant-numeric: tabular-nums;
    letter-spacing: calc(var(--cell) - 1ch);
    direction: ltr;
    text-align: right;
    caret-color: #fff;
  }

  .digits:focus-visible {
    outline: 2px solid #fff;
    outline-offset: 2px;
  }

  .digits[aria-invalid='true'] {
    box-shadow: inset 0 -3px 0 #ff8a80;
  }

  .digits-4 {
    --digits: 4;
  }

  .digits-5 {
    --digits: 5;
  }

  .digits-6 {
    --digits: 6;
  }

  .digits-7 {
    --digits: 7;
  }

  .digits-8 {
    --digits: 8;
  }

  .decimals {
    display: inline-flex;
    align-items: center;
    gap: 2px;
  }

  /* What is not sent, in the red of the digits behind a meter's comma. */
  .decimals .cell {
    inline-size: 1.1rem;
    block-size: 2.2rem;
    border-radius: 3px;
    background: repeating-linear-gradient(45deg, #8c1d18 0 3px, #b3261e 3px 6px);
    opacity: 0.85;
  }

  .unit {
    font-size: var(--oya-size-1);
    opacity: 0.85;
  }

  .since {
    min-block-size: 1.5rem;
  }

  .since p,
  .outlook p {
    margin: 0;
  }

  .fine,
  .doubt {
    display: flex;
    gap: var(--oya-space-2);
  }

  .fine .icon {
    color: var(--oya-color-success);
  }

  .doubt .icon {
    color: var(--oya-color-warning);
  }

  .outlook {
    gap: var(--oya-space-1);
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .track {
    inline-size: 100%;
    block-size: 0.625rem;
  }

  .track .all {
    fill: var(--oya-color-line);
  }

  .track .allowed {
    fill: var(--oya-series-3, var(--oya-color-ink-soft));
    opacity: 0.5;
  }

  .track .expected {
    fill: var(--oya-color-accent);
  }

  .track .mark {
    fill: var(--oya-color-ink);
  }

  .day {
    min-block-size: 44px;
    inline-size: fit-content;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
  }

  .day[aria-invalid='true'] {
    border-color: var(--oya-color-danger);
  }

  .question {
    margin: 0;
    padding: var(--oya-space-4);
    border: 0;
    border-inline-start: 4px solid var(--oya-color-warning);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .question legend {
    float: inline-start;
    padding: 0;
    font-weight: 600;
  }

  .question .reason {
    font-weight: 400;
  }

  .reason {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    cursor: pointer;
  }

  .reason input {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    accent-color: var(--oya-color-accent);
  }

  .meant {
    justify-self: start;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .done {
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .head {
    display: flex;
    gap: var(--oya-space-3);
  }

  .head .icon {
    margin-block-start: 0.2rem;
    color: var(--oya-color-success);
  }

  .collected dl {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-5);
    margin: 0;
  }

  .collected dt {
    color: var(--oya-color-ink-soft);
  }

  .collected dd {
    margin: 0;
    font-size: 2.25rem;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    letter-spacing: -0.01em;
  }

  .collected dd small {
    font-size: var(--oya-size-2);
    font-weight: 400;
    color: var(--oya-color-ink-soft);
  }

  .silent,
  .waiting {
    border-inline-start: 4px solid var(--oya-color-warning);
  }

  .indexes {
    display: grid;
    font-variant-numeric: tabular-nums;
  }

  .indexes > span {
    white-space: nowrap;
  }

  .gone {
    text-decoration: line-through;
    color: var(--oya-color-ink-soft);
  }

  .answer {
    display: block;
  }

  .chart {
    margin: 0;
    max-inline-size: 44rem;
  }

  .chart svg {
    inline-size: 100%;
    block-size: 6rem;
  }

  .bar {
    fill: var(--oya-series-1, var(--oya-color-accent));
  }

  .bar.estimated {
    fill: url('#hatch');
    stroke: var(--oya-series-1, var(--oya-color-accent));
    stroke-width: 0.5;
    vector-effect: non-scaling-stroke;
  }

  .hatch-line {
    fill: var(--oya-series-1, var(--oya-color-accent));
  }

  .ends {
    display: flex;
    justify-content: space-between;
  }
`;
