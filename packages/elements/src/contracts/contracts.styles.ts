import { css } from 'lit';

export const contractsStyles = css`
  .frame {
    display: grid;
    /* A long address must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .contract {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .stale {
    opacity: 0.6;
  }

  @media (prefers-reduced-motion: no-preference) {
    .contract {
      transition: opacity 150ms;
    }
  }

  :is(.title, .task-title, .outcome, .summary):focus {
    outline: none;
  }

  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    font-weight: 600;
  }

  /* Which contract */
  .chooser {
    display: grid;
    gap: var(--oya-space-3);
  }

  .sites {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: var(--oya-space-4);
    padding-block-start: var(--oya-space-2);
  }

  .site legend {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
    font-weight: 400;
    overflow-wrap: anywhere;
  }

  .cards {
    display: grid;
    gap: var(--oya-space-2);
    padding-block-start: var(--oya-space-2);
  }

  .card {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    padding: var(--oya-space-3) var(--oya-space-4);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    cursor: pointer;
  }

  .card:has(:checked) {
    border-color: var(--oya-color-accent);
    background: color-mix(in oklab, var(--oya-color-accent) 8%, transparent);
    outline: 1px solid var(--oya-color-accent);
    outline-offset: -2px;
  }

  .card:hover:not(:has(:checked)) {
    background: color-mix(in oklab, currentColor 6%, transparent);
  }

  .card-text {
    display: grid;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  input[type='radio'] {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: 0;
    accent-color: var(--oya-color-accent);
  }

  /* The contract */
  .head {
    display: grid;
    gap: var(--oya-space-1);
  }

  .head .title {
    font-size: var(--oya-size-6);
    line-height: 1.15;
    letter-spacing: -0.01em;
  }

  .offer {
    padding-block-start: var(--oya-space-2);
    font-size: var(--oya-size-3);
    font-weight: 600;
    line-height: 1.3;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .actions .button {
    text-align: center;
  }

  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--oya-space-3);
    padding-block-start: var(--oya-space-5);
    border-block-start: 1px solid var(--oya-color-line);
  }

  .part > p {
    max-inline-size: 65ch;
  }

  dl,
  dd {
    margin: 0;
  }

  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr));
    gap: var(--oya-space-4) var(--oya-space-6);
  }

  dt {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  dd {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  dd .small {
    padding-block-start: 0.15rem;
    font-weight: 400;
  }

  /* Digits read from left to right in any language. */
  .code {
    unicode-bidi: isolate;
    direction: ltr;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--oya-space-5) var(--oya-space-6);
  }

  .ranges {
    font-weight: 600;
  }

  .day-bar {
    display: grid;
    gap: var(--oya-space-1);
  }

  .day-bar svg {
    display: block;
    inline-size: 100%;
    block-size: 1.75rem;
    border-radius: calc(var(--oya-radius) / 2);
  }

  .day-bar svg:dir(rtl) {
    transform: scaleX(-1);
  }

  /* One hue: the cheaper hours are the ones to look for. */
  .day-bar .off-peak {
    fill: var(--oya-series-1);
    background: var(--oya-series-1);
  }

  .day-bar .peak {
    fill: color-mix(in oklab, var(--oya-series-1) 22%, var(--oya-color-surface));
    background: color-mix(in oklab, var(--oya-series-1) 22%, var(--oya-color-surface));
  }

  .day-bar line {
    stroke: var(--oya-color-surface);
    stroke-width: 1;
    vector-effect: non-scaling-stroke;
  }

  .hours,
  .legend {
    display: flex;
    justify-content: space-between;
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .legend {
    flex-wrap: wrap;
    justify-content: flex-start;
    gap: var(--oya-space-1) var(--oya-space-4);
  }

  .legend span {
    display: inline-flex;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .legend i {
    inline-size: 1rem;
    block-size: 1rem;
    border-radius: 2px;
    forced-color-adjust: none;
  }

  .price-list {
    display: grid;
    max-inline-size: 32rem;
  }

  .price-list > div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 var(--oya-space-4);
    padding-block: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
  }

  .price-list dt {
    color: inherit;
    font-size: inherit;
  }

  .price-list dd {
    text-align: end;
  }

  .price-list dd .small {
    display: block;
  }

  .note {
    font-style: italic;
  }

  table {
    max-inline-size: 52rem;
  }

  /* Who sees it */
  .grants {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .grants > li {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
    padding-block: var(--oya-space-3);
    border-block-end: 1px solid var(--oya-color-line);
  }

  .grants .ended .strong {
    color: var(--oya-color-ink-soft);
    font-weight: 400;
  }

  .grant {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--oya-space-2) var(--oya-space-4);
    overflow-wrap: anywhere;
  }

  .failed,
  .outcome {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .outcome {
    flex-wrap: nowrap;
    align-items: start;
    padding: var(--oya-space-3) var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-success);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    font-weight: 600;
  }

  .outcome .icon {
    margin-block-start: 0.125rem;
    color: var(--oya-color-success);
  }

  /* A form, a question, an invitation */
  .task {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-4);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    max-inline-size: 44rem;
  }

  .task > p {
    max-inline-size: 65ch;
  }

  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
    max-inline-size: 30rem;
  }

  .field,
  .radios {
    display: grid;
    gap: var(--oya-space-2);
  }

  .field > label {
    font-weight: 600;
  }

  .field input {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 44px;
    padding: var(--oya-space-2) var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    text-align: start;
  }

  .field input[type='date'] {
    max-inline-size: 12rem;
  }

  .field input[aria-invalid='true'] {
    border: 2px solid var(--oya-color-danger);
  }

  .hint,
  .field-error {
    display: flex;
    align-items: start;
    gap: var(--oya-space-2);
  }

  .hint {
    color: var(--oya-color-ink-soft);
    font-size: var(--oya-size-1);
  }

  .field-error {
    color: var(--oya-color-danger);
    font-weight: 600;
  }

  .field-error .icon {
    margin-block-start: 0.125rem;
  }

  .radio {
    display: flex;
    align-items: center;
    gap: var(--oya-space-3);
    min-block-size: 44px;
    cursor: pointer;
  }

  .summary {
    background: var(--oya-color-surface);
  }

  .summary ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .summary a {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    color: var(--oya-color-accent);
    text-underline-offset: 0.15em;
  }

  .placeholder {
    min-block-size: 30rem;
  }

  @container (max-width: 34rem) {
    .head .title {
      font-size: var(--oya-size-5);
    }

    .task {
      padding: var(--oya-space-4);
    }

    .actions .button,
    .add > p .button,
    .access > p .button,
    .grant > .button,
    .prices > p .button {
      inline-size: 100%;
    }
  }

  @media (forced-colors: active) {
    .card:has(:checked) {
      border: 2px solid Highlight;
    }

    .task,
    .outcome {
      border: 1px solid CanvasText;
    }

    .day-bar svg {
      outline: 1px solid CanvasText;
      forced-color-adjust: none;
    }

    .day-bar .peak {
      fill: Canvas;
      background: Canvas;
      outline: 1px solid CanvasText;
    }

    .day-bar .off-peak {
      fill: CanvasText;
      background: CanvasText;
    }
  }
`;
