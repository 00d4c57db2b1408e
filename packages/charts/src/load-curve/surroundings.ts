import type { Tone } from '../tones/tones.ts';

/**
 * What the picture takes from the page around it, as the stylesheet resolves it on the canvas: CSS properties that a canvas
 * does not use itself carry the colours, so that themes, dark mode, forced colours and the direction of reading reach the
 * picture by one style lookup.
 */
export interface Surroundings {
  readonly line: string;
  readonly label: string;
  readonly grid: string;
  readonly axis: string;
  readonly area: string;
  readonly hatch: string;
  readonly gap: string;
  readonly font: string;
  /** One reads from right to left, and so does time run. */
  readonly rtl: boolean;
}

/** Colours that only some curves need: of what exceeds the limit, of the ground under words, and of the tones of bands. */
export interface ExtraColors {
  readonly limit: string;
  readonly ground: string;
  readonly tones: ReadonlyMap<Tone, { readonly fill: string; readonly edge: string }>;
}

/** @param samples an element in the colours of the limit, with a child in those of each tone */
export function readExtraColors(samples: HTMLElement): ExtraColors {
  const style = getComputedStyle(samples);
  const tones = [...samples.children].map((sample): [Tone, { fill: string; edge: string }] => {
    const { backgroundColor, color } = getComputedStyle(sample);
    return [sample.className as Tone, { fill: backgroundColor, edge: color }];
  });
  return { limit: style.color, ground: style.backgroundColor, tones: new Map(tones) };
}

export function readSurroundings(canvas: HTMLCanvasElement): Surroundings {
  const style = getComputedStyle(canvas);
  return {
    label: style.color,
    line: style.stroke,
    area: style.fill,
    grid: style.stopColor,
    axis: style.floodColor,
    hatch: style.lightingColor,
    gap: style.outlineColor,
    font: `${style.fontSize} ${style.fontFamily}`,
    rtl: style.direction === 'rtl',
  };
}
