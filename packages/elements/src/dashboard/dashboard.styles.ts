import { css } from 'lit';

export const dashboardStyles = css`
  .frame {
    display: grid;
    gap: var(--oya-space-5);
  }

  .hello {
    display: grid;
    gap: var(--oya-space-3);
  }

  .columns,
  .main,
  .side {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-6);
    align-content: start;
  }

  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .finding {
    font-size: var(--oya-size-4);
    line-height: 1.25;
    font-weight: 650;
    text-wrap: balance;
  }

  /* What needs doing. */
  .tasks {
    display: grid;
    gap: var(--oya-space-3);
  }

  .tasks ul {
    display: grid;
    gap: var(--oya-space-3);
  }

  .task {
    display: flex;
    gap: var(--oya-space-3);
    padding: var(--oya-space-4);
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .task > .icon {
    margin-block-start: 0.15rem;
    color: var(--oya-color-accent);
  }

  .task.now > .icon,
  .task.soon > .icon {
    color: var(--oya-color-warning);
  }

  .task > div {
    display: grid;
    justify-items: start;
    gap: var(--oya-space-1);
    min-inline-size: 0;
    max-inline-size: 65ch;
  }

  .task-title {
    font-size: var(--oya-size-2);
    line-height: 1.4;
    font-weight: 650;
  }

  .task .button {
    margin-block-start: var(--oya-space-2);
  }

  .none {
    display: flex;
    gap: var(--oya-space-2);
    color: var(--oya-color-ink-soft);
  }

  .none .icon {
    margin-block-start: 0.125rem;
    color: var(--oya-color-success);
  }

  /* The last days. */
  .recent {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-1);
  }

  oya-bar-chart {
    --oya-bar-chart-height: var(--oya-dashboard-chart-height, 11rem);
    margin-block-start: var(--oya-space-4);
  }

  .stale {
    opacity: 0.55;
  }

  .notes {
    margin-block-start: var(--oya-space-2);
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  /* The arrow follows the last word, also where the words take two lines. */
  .on {
    justify-self: start;
    padding-block: 0.7rem;
    color: var(--oya-color-accent);
    font-weight: 600;
    text-decoration: none;
  }

  .on .icon {
    margin-inline-start: var(--oya-space-2);
    vertical-align: -0.25em;
  }

  .on:hover span {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .on .icon:dir(rtl) {
    transform: scaleX(-1);
  }

  /* The first visit. */
  .welcome {
    display: grid;
    gap: var(--oya-space-5);
    padding: var(--oya-space-5) var(--oya-space-5) 0;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
  }

  .welcome ol {
    display: grid;
  }

  .welcome li {
    position: relative;
    display: grid;
    grid-template-columns: 2rem minmax(0, 1fr);
    gap: var(--oya-space-4);
    padding-block-end: var(--oya-space-5);
  }

  /* The way from one step to the next. */
  .welcome li:not(:last-child)::before {
    content: '';
    position: absolute;
    inset-block: 2rem 0;
    inset-inline-start: calc(1rem - 1px);
    border-inline-start: 2px solid var(--oya-color-line);
  }

  .welcome li.done:not(:last-child)::before {
    border-color: var(--oya-color-success);
  }

  .welcome li div {
    padding-block-start: 0.25rem;
    max-inline-size: 60ch;
  }

  .mark {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    border: 2px solid var(--oya-color-line-strong);
    border-radius: 50%;
    background: var(--oya-color-surface);
  }

  .done .mark {
    border-color: var(--oya-color-success);
    color: var(--oya-color-success);
  }

  .next .mark {
    border-color: var(--oya-color-accent);
  }

  .next .mark::before {
    content: '';
    inline-size: 0.75rem;
    block-size: 0.75rem;
    border-radius: 50%;
    background: var(--oya-color-accent);
    forced-color-adjust: none;
  }

  /* Contract and contacts. */
  .panel {
    display: grid;
    gap: var(--oya-space-3);
    padding-block-start: var(--oya-space-4);
    border-block-start: 1px solid var(--oya-color-line);
  }

  .to-pay {
    font-size: var(--oya-size-4);
    font-weight: 650;
    line-height: 1.25;
  }

  .to-pay small {
    font-size: var(--oya-size-2);
    font-weight: 400;
    color: var(--oya-color-ink-soft);
  }

  dl {
    display: grid;
    gap: var(--oya-space-3);
  }

  dt {
    font-size: var(--oya-size-1);
    color: var(--oya-color-ink-soft);
  }

  dd {
    overflow-wrap: anywhere;
  }

  .contacts {
    display: grid;
    gap: var(--oya-space-4);
  }

  .contacts li {
    display: flex;
    gap: var(--oya-space-3);
  }

  .contacts .icon {
    margin-block-start: 0.125rem;
    color: var(--oya-color-ink-soft);
  }

  .contacts li > div {
    min-inline-size: 0;
  }

  .contacts a {
    display: flex;
    align-items: center;
    inline-size: fit-content;
    max-inline-size: 100%;
    min-block-size: 44px;
    color: var(--oya-color-accent);
    text-underline-offset: 0.2em;
    overflow-wrap: anywhere;
  }

  .contacts .phone {
    font-size: var(--oya-size-3);
    font-weight: 600;
    text-decoration: none;
  }

  .placeholders {
    display: grid;
    gap: var(--oya-space-4);
  }

  .title-size {
    min-block-size: 2rem;
    max-inline-size: 18rem;
  }

  .line-size {
    min-block-size: 3.5rem;
    max-inline-size: 24rem;
  }

  .picture-size {
    min-block-size: 22rem;
  }

  @container (inline-size >= 36rem) {
    .hello .title {
      font-size: var(--oya-size-5);
    }
  }

  @container (36rem <= inline-size < 48rem) {
    .side {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
  }

  @container (inline-size >= 48rem) {
    .columns {
      grid-template-columns: minmax(0, 1fr) minmax(14rem, 18rem);
      column-gap: var(--oya-space-7);
    }

    .side .panel:first-child {
      padding-block-start: 0;
      border-block-start: 0;
    }
  }

  @media (forced-colors: active) {
    .task,
    .welcome {
      border: 1px solid CanvasText;
    }

    .next .mark::before {
      background: CanvasText;
    }
  }
`;
