import { css } from 'lit';

export const alertsStyles = css`
  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
  }

  .head,
  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
  }

  .head {
    gap: var(--oya-space-1);
  }

  .head p {
    max-inline-size: 65ch;
  }

  .head .title {
    font-size: var(--oya-size-5);
  }

  .old {
    color: var(--oya-color-warning);
    font-weight: 600;
  }

  .inline {
    padding: 0;
    border: 0;
    background: none;
    color: var(--oya-color-accent);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .icon {
    flex: none;
  }

  .small,
  .facts {
    font-size: var(--oya-size-1);
  }

  .part-title {
    font-size: var(--oya-size-3);
    line-height: 1.3;
    font-weight: 650;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: var(--oya-space-3) var(--oya-space-4);
  }

  .which {
    display: grid;
    gap: var(--oya-space-1);
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  select {
    max-inline-size: 100%;
    min-block-size: 44px;
    padding-inline: var(--oya-space-3);
    border: 1px solid var(--oya-color-line-strong, currentColor);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font: inherit;
    font-size: var(--oya-size-2);
  }

  summary {
    inline-size: fit-content;
    min-block-size: 44px;
    padding-block: 10px;
    color: var(--oya-color-accent);
    text-decoration: underline;
    text-underline-offset: 0.15em;
    cursor: pointer;
  }

  .choice {
    display: inline-flex;
    padding: 2px;
    gap: 2px;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .choice button {
    min-block-size: 44px;
    padding-inline: var(--oya-space-4);
    border: 1px solid transparent;
    border-radius: calc(var(--oya-radius) - 2px);
    background: transparent;
    color: var(--oya-color-ink-soft);
    font: inherit;
    cursor: pointer;
  }

  .choice button[aria-pressed='true'] {
    border-color: var(--oya-color-line-strong);
    background: var(--oya-color-surface);
    color: var(--oya-color-ink);
    font-weight: 600;
  }

  .cards,
  .steps,
  .history ol,
  .key {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
    gap: var(--oya-space-4);
    align-items: start;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-3);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    overflow-wrap: break-word;
  }

  .card.current {
    border-inline-start: 4px solid var(--oya-color-danger);
  }

  .card.current.works {
    border-inline-start-color: var(--oya-color-warning);
  }

  .what {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .card-title {
    font-size: var(--oya-size-2);
    font-weight: 600;
    line-height: 1.3;
  }

  .state {
    justify-self: start;
    padding: 2px var(--oya-space-2);
    border: 1px solid currentColor;
    border-radius: 999px;
    font-size: var(--oya-size-1);
    white-space: nowrap;
  }

  .current .state {
    color: var(--oya-color-danger);
  }

  .current.works .state {
    color: var(--oya-color-warning);
  }

  .planned .state {
    color: var(--oya-color-info);
  }

  .past .state {
    color: var(--oya-color-ink-soft);
  }

  .until {
    font-size: var(--oya-size-4);
    line-height: 1.25;
    font-weight: 650;
    text-wrap: balance;
  }

  .until::first-letter {
    text-transform: uppercase;
  }

  .past .until {
    font-size: var(--oya-size-3);
  }

  .until + .soft {
    margin-block-start: calc(-1 * var(--oya-space-2));
  }

  .moved {
    color: var(--oya-color-warning);
  }

  .yours {
    display: flex;
    gap: var(--oya-space-2);
    padding: var(--oya-space-3);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface);
  }

  .where {
    display: grid;
    gap: var(--oya-space-1);
  }

  .steps {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--oya-space-1);
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
    line-height: 1.3;
  }

  .steps li {
    padding-block-start: var(--oya-space-2);
    border-block-start: 4px solid var(--oya-color-line);
  }

  .steps .done,
  .steps .here {
    border-color: var(--oya-color-ink);
  }

  .steps .here {
    color: var(--oya-color-ink);
    font-weight: 650;
  }

  .history ol {
    display: grid;
    gap: var(--oya-space-3);
    font-size: var(--oya-size-1);
  }

  .history li {
    display: grid;
    gap: 0;
    padding-inline-start: var(--oya-space-3);
    border-inline-start: 2px solid var(--oya-color-line);
  }

  .doing,
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-3);
  }

  .calm {
    display: flex;
    gap: var(--oya-space-3);
    padding: var(--oya-space-5);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .calm .icon {
    color: var(--oya-color-success);
  }

  .map svg {
    inline-size: 100%;
    max-block-size: 34rem;
  }

  .commune {
    cursor: pointer;
  }

  .commune path {
    stroke: var(--oya-color-surface);
    stroke-width: 2;
    fill: var(--oya-color-surface-raised);
  }

  .commune.fine path {
    stroke: var(--oya-color-line-strong);
    stroke-width: 1;
  }

  .commune.cut path,
  .swatch.cut {
    fill: var(--oya-color-danger);
    background: var(--oya-color-danger);
  }

  .commune.works path {
    fill: url(#stripes);
    stroke: var(--oya-color-info);
  }

  .ground {
    fill: var(--oya-color-surface-raised);
  }

  .stripe {
    fill: var(--oya-color-info);
    opacity: 0.45;
  }

  .swatch.works {
    background: repeating-linear-gradient(45deg, var(--oya-color-surface-raised) 0 4px, var(--oya-color-info) 4px 6px);
  }

  .commune[aria-pressed='true'] path,
  .commune:focus-visible path {
    stroke: var(--oya-color-ink);
    stroke-width: 4;
  }

  .commune:focus-visible {
    outline: none;
  }

  .commune text {
    fill: var(--oya-color-ink);
    stroke: var(--oya-color-surface);
    stroke-width: 4px;
    paint-order: stroke;
    font-size: 17px;
    font-weight: 600;
    text-anchor: middle;
    pointer-events: none;
  }

  .commune .count {
    font-size: 20px;
    font-weight: 700;
  }

  .key {
    display: flex;
    flex-wrap: wrap;
    gap: var(--oya-space-2) var(--oya-space-4);
    font-size: var(--oya-size-1);
  }

  .key li {
    display: flex;
    align-items: center;
    gap: var(--oya-space-2);
  }

  .swatch {
    inline-size: 20px;
    block-size: 14px;
    border: 1px solid var(--oya-color-line-strong);
  }

  table {
    inline-size: 100%;
    max-inline-size: 40rem;
    border-collapse: collapse;
  }

  th,
  td {
    padding: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
    text-align: start;
    font-size: var(--oya-size-1);
    /* Long names of communes and of columns, on a phone. */
    overflow-wrap: anywhere;
    hyphens: auto;
  }

  @container (max-width: 30rem) {
    .state {
      grid-column: 2;
    }

    /* Of the steps the one that is reached is said; the others are bars. */
    .steps li:not(.here) > span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .steps .here > span {
      white-space: nowrap;
    }

    .card {
      padding: var(--oya-space-4);
    }

    .actions .button,
    .doing .button,
    .which,
    select {
      inline-size: 100%;
    }

    .head .title {
      font-size: var(--oya-size-4);
    }
  }

  @media (forced-colors: active) {
    .card,
    .calm {
      border: 1px solid CanvasText;
    }

    .steps .here {
      border-color: Highlight;
    }

    .choice button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
