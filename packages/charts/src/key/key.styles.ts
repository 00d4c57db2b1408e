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

  .swatch {
    --_fill: var(--_mark);
    flex: none;
    inline-size: 14px;
    block-size: 14px;
    fill: none;
    stroke: var(--_mark);
    stroke-width: 1.5;
  }

  .swatch .solid {
    fill: var(--_mark);
    stroke: none;
  }

  .swatch .pale {
    fill: color-mix(in oklab, var(--_mark) 12%, var(--_surface));
  }

  .swatch .thick {
    stroke-width: 2;
  }

  .swatch .dashed {
    stroke-dasharray: 3 2.5;
  }

  .swatch .soft {
    stroke: var(--_ink-soft);
  }

  .swatch .solid.soft {
    fill: var(--_ink-soft);
    stroke: none;
  }

  .swatch .outline {
    stroke: var(--_line-strong);
    stroke-width: 1;
  }

  .mark {
    fill: var(--_warning);
    stroke: var(--_surface);
    stroke-width: 1.5;
    paint-order: stroke;
  }
`;
