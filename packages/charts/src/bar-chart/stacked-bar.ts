import { nothing, svg, type SVGTemplateResult } from 'lit';
import type { Bar } from '../geometry/bars.ts';
import type { StackedPart } from '../geometry/stack.ts';
import type { Tone } from '../tones/tones.ts';

/** Energy of each period that belongs together: the peak hours, the red days. Stacked from zero up, in the order given. */
export interface BarPart {
  /** What the meter calls it: `HP`, `HCJR`. */
  readonly code: string;
  /** What the customer calls it: `Heures creuses`. */
  readonly label: string;
  readonly tone: Tone;
  /** Beside the chart's `values`; `null` where the value is not divided. */
  readonly values: readonly (number | null)[];
}

/** How a part is told apart where colours do not: lines and dots of its own, square to the hatch of an estimate. */
const TEXTURES: Partial<Record<Tone, string>> = {
  blue: 'M0,1h6M0,4h6',
  'blue-off-peak': 'M0,1h6',
  'white-off-peak': 'M1,1h1M4,4h1',
  'red-off-peak': 'M1,0v6',
};

/** Space between two parts, in pixels. */
const GAP = 1;

/** What fills refer to: the textures of the tones in use, and the cuts that make a hatch of any tone. */
export function stackPatterns(id: string, tones: ReadonlySet<Tone>): SVGTemplateResult {
  return svg`<pattern id="${id}-cut" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <line class="cut" x1="4.5" x2="4.5" y1="0" y2="6"></line>
    </pattern>
    ${[...tones].map((tone) => {
      const d = TEXTURES[tone];
      return d ? svg`<pattern id="${id}-${tone}" width="6" height="6" patternUnits="userSpaceOnUse"><path class="thread" d=${d}></path></pattern>` : nothing;
    })}`;
}

/**
 * A bar in its parts. The forms of quality hold for the whole of it: an estimate is cut into hatches, what is provisional is
 * outlined and pale.
 * @param x of the bar, and `top` of the plot, in pixels of the picture
 */
export function stackedBar(
  bar: Bar,
  stack: readonly StackedPart[],
  parts: readonly BarPart[],
  { x, top, quality, marks, id }: { x: number; top: number; quality: string; marks: string; id: string },
): SVGTemplateResult {
  const { width, height } = bar;
  const y = top + bar.y;
  const shapes = stack.map(({ part, from, to }, place) => {
    const tone = parts[part]?.tone;
    const isLast = place === stack.length - 1;
    const [upper, lower] = [y + height * (1 - to), y + height * (1 - from)];
    // A part too thin to lose a pixel touches its neighbour.
    const gap = !isLast && lower - upper > 3 * GAP ? GAP : 0;
    const d = block(x, upper + gap, width, Math.max(0.5, lower - upper - gap), isLast ? 3 : 0);
    const texture = tone && TEXTURES[tone] ? svg`<path class="texture" fill="url(#${id}-${tone})" d=${d}></path>` : nothing;
    return svg`<path class="part ${tone ?? 'undivided'} ${quality}" d=${d}></path>${texture}`;
  });
  const whole = block(x, y, width, height, 3);
  return svg`<g class="stack${marks}">
    ${shapes}
    ${quality === 'estimated' ? svg`<path fill="url(#${id}-cut)" d=${whole}></path><path class="outline" d=${whole}></path>` : nothing}
    ${marks ? svg`<path class="frame" d=${block(x - 2, y - 2, width + 4, height + 3, 4)}></path>` : nothing}
  </g>`;
}

/** A rectangle whose upper end is rounded, as far as it is large enough. */
function block(x: number, y: number, width: number, height: number, most: number): string {
  const r = Math.max(0, Math.min(most, width / 3, height));
  return `M${x},${y + height}v${r - height}q0,${-r} ${r},${-r}h${width - 2 * r}q${r},0 ${r},${r}v${height - r}z`;
}
