import { css } from 'lit';

/** The files of a form: a list with their pictures, and the button that adds to it. */
export const fileFormStyles = css`
  .files {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .file {
    display: grid;
    gap: var(--oya-space-3);
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    padding-block: var(--oya-space-2);
    border-block-end: 1px solid var(--oya-color-line);
    overflow-wrap: anywhere;
  }

  .picture {
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    overflow: hidden;
    border-radius: var(--oya-radius);
    background: var(--oya-color-surface-raised);
    color: var(--oya-color-ink-soft);
  }

  .picture canvas {
    inline-size: 100%;
    block-size: 100%;
  }

  .stage {
    display: block;
  }

  /* How far it is, no browser says of what it sends: only that it goes on. */
  .sends .stage::after {
    content: '';
    display: block;
    block-size: 4px;
    margin-block-start: var(--oya-space-1);
    border-radius: 2px;
    background: repeating-linear-gradient(90deg, var(--oya-color-accent) 0 8px, var(--oya-color-line) 8px 14px);
  }

  @media (prefers-reduced-motion: no-preference) {
    .sends .stage::after {
      background: linear-gradient(var(--oya-color-accent) 0 0) 0 / 40% 100% no-repeat var(--oya-color-line);
      animation: oya-send 1.6s ease-in-out infinite alternate;
    }
  }

  @keyframes oya-send {
    to {
      background-position-x: 100%;
    }
  }

  @container (max-width: 28rem) {
    .file {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: start;
      row-gap: var(--oya-space-2);
    }

    .file .button {
      grid-column: 2;
      justify-self: start;
    }
  }

  /* The browser's own says "no file chosen" of files that are listed above it. */
  .add {
    position: relative;
    margin: 0;
  }

  .add input:focus-visible + .button {
    outline: var(--oya-focus-width) solid var(--oya-focus-color);
    outline-offset: 2px;
  }
`;
