import { css } from 'lit';

export const proceduresStyles = css`
  .frame,
  .list,
  .aside,
  .top {
    display: grid;
    /* A long word must not make the page wider than a phone. */
    grid-template-columns: minmax(0, 1fr);
    gap: var(--oya-space-5);
  }

  .top {
    gap: var(--oya-space-2);
  }

  .list,
  .aside {
    gap: var(--oya-space-3);
    justify-items: start;
  }

  .list {
    justify-items: stretch;
    padding-block-start: var(--oya-space-3);
  }

  .list > .button {
    justify-self: start;
  }

  .actions,
  .links,
  .requests {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .actions > li + li,
  .requests > li + li {
    border-block-start: 1px solid var(--oya-color-line);
  }

  .links {
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 14rem), 1fr));
    gap: var(--oya-space-3);
  }

  .action,
  .request {
    display: flex;
    align-items: center;
    gap: var(--oya-space-4);
    min-block-size: 64px;
    padding: var(--oya-space-3) var(--oya-space-2);
    border-radius: var(--oya-radius);
    color: inherit;
    text-decoration: none;
  }

  .action:hover,
  .request:hover {
    background: var(--oya-color-surface-raised);
  }

  .action > .icon:first-child {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    color: var(--oya-color-accent);
  }

  .action > .icon:last-child,
  .request > .icon {
    color: var(--oya-color-ink-soft);
  }

  .links .action {
    block-size: 100%;
    padding-inline: var(--oya-space-4);
    background: var(--oya-color-surface-raised);
  }

  .words {
    display: grid;
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .stand {
    font-weight: 600;
    font-size: var(--oya-size-1);
  }

  .ended .stand {
    font-weight: 400;
    color: var(--oya-color-ink-soft);
  }

  .requests.waiting .request {
    padding-inline: var(--oya-space-4);
    border-inline-start: 4px solid var(--oya-color-warning);
    background: var(--oya-color-surface-raised);
  }

  .back {
    justify-self: start;
  }

  .contact a {
    display: inline-block;
    min-block-size: 24px;
    color: var(--oya-color-accent);
  }

  .contact .phone {
    font-weight: 600;
  }

  @container (inline-size < 34rem) {
    .request {
      flex-wrap: wrap;
      gap: var(--oya-space-1) var(--oya-space-3);
    }

    .request .words {
      flex: 1 1 70%;
    }

    .request .stand {
      flex: 1;
      padding-inline-start: 2rem;
    }

    .request > .icon:last-child {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .links .action {
      border: 1px solid CanvasText;
    }
  }
`;
