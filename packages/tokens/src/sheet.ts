import { focus, sizes, spaces } from './scale.ts';
import { colorNames, themes, type Shades, type Theme } from './themes.ts';

/** What browsers take for 1 rem unless the reader or the page decides otherwise. */
const ROOT_PIXELS = 16;

/**
 * Both shades at once: the colour is chosen where it is used, by the `color-scheme` that the host page has there.
 * A page that never declares a dark scheme keeps light elements, whatever the device prefers.
 */
const lightDark = ({ light, dark }: Shades): string => `light-dark(${light}, ${dark})`;

const declarations = (entries: Iterable<readonly [string, string]>): string => Array.from(entries, ([name, value]) => `--oya-${name}: ${value};`).join(' ');

/** Follows the reader's font size, but not a host page that shrinks its `rem` (`html { font-size: 62.5% }` is common). */
const readable = (size: number): string => `max(${size}rem, ${Math.round(size * ROOT_PIXELS * 100) / 100}px)`;

function* themed({ colors, series, radius }: Theme): Generator<[string, string]> {
  for (const name of colorNames) yield [`color-${name}`, lightDark(colors[name])];
  for (const [index, shades] of series.entries()) yield [`series-${index + 1}`, lightDark(shades)];
  yield ['radius', `${radius}px`];
}

function* shared(): Generator<[string, string]> {
  for (const [index, space] of spaces.entries()) yield [`space-${index + 1}`, `${space}px`];
  for (const [index, size] of sizes.entries()) yield [`size-${index + 1}`, readable(size)];
  // For measures that go with the text: lengths of lines, icons, boxes to tick.
  yield ['rem', readable(1)];
  yield ['focus-width', `${focus.width}px`];
  yield ['focus-gap', `${focus.gap}px`];
}

// What is told by form and words stays so: in forced colours the states are ink, and the series repeat.
const forced: Readonly<Record<string, string>> = {
  'color-surface': 'Canvas',
  'color-surface-raised': 'Canvas',
  'color-ink': 'CanvasText',
  'color-ink-soft': 'CanvasText',
  'color-line': 'CanvasText',
  'color-line-strong': 'CanvasText',
  'color-accent': 'Highlight',
  'color-accent-ink': 'HighlightText',
  'color-success': 'CanvasText',
  'color-warning': 'CanvasText',
  'color-danger': 'CanvasText',
  'color-info': 'CanvasText',
  'series-1': 'CanvasText',
  'series-2': 'LinkText',
  'series-3': 'GrayText',
  'series-4': 'CanvasText',
  'series-5': 'LinkText',
  'series-6': 'GrayText',
};

/**
 * The design tokens as a style sheet.
 *
 * - `--oya-color-…`, `--oya-series-…` and `--oya-radius` come from the theme: `data-oya-theme="eneo"` on the page or on
 *   any part of it; *neutral* otherwise.
 * - `--oya-space-…`, `--oya-size-…`, `--oya-rem` and `--oya-focus-…` are the same in all themes.
 * - `--oya-font` is not set, so that the host page's font is inherited: read it as `var(--oya-font, inherit)`.
 *
 * Everything lies in a cascade layer at zero specificity: any rule of the host page wins. Only what a person forces
 * (`data-oya-scheme="light"` or `"dark"`, forced colours) is important.
 */
export const tokenSheet: string = /* @__PURE__ */ buildSheet();

function buildSheet(): string {
  const named = Object.entries(themes).map(([name, theme]) => `  :where([data-oya-theme='${name}']) { ${declarations(themed(theme))} }`);
  const important = declarations(Object.entries(forced)).replaceAll(';', ' !important;');
  return `@layer oya.tokens {
  :where(:root) { ${declarations(shared())} ${declarations(themed(themes.neutral))} }
${named.join('\n')}
  :where(:root, [data-oya-theme]) { --oya-focus-color: var(--oya-color-accent); }
  :where([data-oya-scheme='light']) { color-scheme: light !important; }
  :where([data-oya-scheme='dark']) { color-scheme: dark !important; }
  @media (forced-colors: active) {
    :where(:root, [data-oya-theme]) { ${important} }
  }
}
`;
}
