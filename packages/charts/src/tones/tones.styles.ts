import { css } from 'lit';

/**
 * The tones as `--_tone`, with `--_edge` where a tone is too light for its ground to do without an outline. Peak and off-peak
 * follow the colour of what they are parts of (`--_fill`); those of Tempo are the same in every theme.
 */
export const toneStyles = css`
  .peak {
    --_tone: color-mix(in oklab, var(--_fill), var(--_ink) 35%);
    --_edge: var(--_tone);
  }

  .off-peak {
    --_tone: color-mix(in oklab, var(--_fill) 45%, var(--_surface));
    --_edge: var(--_fill);
  }

  .blue {
    --_tone: var(--_blue);
    --_edge: var(--_blue);
  }

  .white {
    --_tone: var(--_white);
    --_edge: var(--_line-strong);
  }

  .red {
    --_tone: var(--_red);
    --_edge: var(--_red);
  }

  .blue-off-peak {
    --_tone: color-mix(in oklab, var(--_blue) 45%, var(--_surface));
    --_edge: var(--_blue);
  }

  .white-off-peak {
    --_tone: color-mix(in oklab, var(--_white) 35%, var(--_surface));
    --_edge: var(--_line-strong);
  }

  .red-off-peak {
    --_tone: color-mix(in oklab, var(--_red) 45%, var(--_surface));
    --_edge: var(--_red);
  }
`;
