import { sizes, spaces } from './scale.ts';
import { colorNames, themes, type Shades } from './themes.ts';

type Scheme = keyof Shades;

interface Token {
  readonly $value: unknown;
}
export interface TokenGroup {
  readonly $type?: 'color' | 'dimension';
  readonly $description?: string;
  readonly [name: string]: Token | TokenGroup | string | undefined;
}

const HEX_PAIRS = [1, 3, 5];
const BYTE = 255;

/**
 * The tokens in the W3C Design Tokens format (2025.10), for design tools: measures that all themes share, then each
 * theme in its two schemes. Names are those of the custom properties without `--oya-`.
 */
export function tokensJson(): TokenGroup {
  const shared: TokenGroup = {
    space: { $type: 'dimension', ...numbered(spaces, (value) => ({ value, unit: 'px' })) },
    size: { $type: 'dimension', ...numbered(sizes, (value) => ({ value, unit: 'rem' })) },
  };
  const themed = Object.entries(themes).map(([name, { colors, series, radius }]): [string, TokenGroup] => {
    const scheme = (key: Scheme): TokenGroup => ({
      color: { $type: 'color', ...Object.fromEntries(colorNames.map((color) => [color, { $value: rgb(colors[color][key]) }])) },
      series: { $type: 'color', ...numbered(series, (shades) => rgb(shades[key])) },
    });
    return [name, { light: scheme('light'), dark: scheme('dark'), radius: { $type: 'dimension', $value: { value: radius, unit: 'px' } } }];
  });
  return { $description: 'Design tokens of OYA Elements', shared, ...Object.fromEntries(themed) };
}

function numbered<T>(values: readonly T[], value: (each: T) => unknown): Record<string, Token> {
  return Object.fromEntries(values.map((each, index) => [String(index + 1), { $value: value(each) }]));
}

const rgb = (hex: string) => ({
  colorSpace: 'srgb',
  components: HEX_PAIRS.map((at) => Number((Number.parseInt(hex.slice(at, at + 2), 16) / BYTE).toFixed(4))),
  hex,
});
