import { css } from 'lit';

export const keyStyles = css`
  .key {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    margin: 0 0 4px;
    padding: 0;
    list-style: none;
    font-size: 0.875rem;
    color: var(--_ink-soft);
  }

  .key li {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  svg.swatch {
    position: static;
    flex: none;
    inline-size: 14px;
    block-size: 14px;
  }
`;
