import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allVisions, contrast, difference } from './colour-science.ts';
import { colorNames, themeNames, themes, tokenSheet, type ColorName } from './index.ts';

const TEXT = 4.5;
const MARK = 3;
/** In the unit of `difference`. */
const TOLD_APART = 9;

const grounds: readonly ColorName[] = ['surface', 'surface-raised'];
const texts: readonly ColorName[] = ['ink', 'ink-soft', 'accent', 'success', 'warning', 'danger', 'info'];

describe('the ruler of the tests', () => {
  it('measures contrast as WCAG does', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
  });

  it('knows that red and green of one lightness look alike without red or green cones', () => {
    const apart = (vision: 'typical' | 'protanopia' | 'deuteranopia') => difference('#b0622a', '#6c7d1e', vision);
    assert.ok(apart('typical') > 2 * apart('deuteranopia'));
  });
});

for (const name of themeNames) {
  for (const scheme of ['light', 'dark'] as const) {
    const theme = themes[name];
    const color = (token: ColorName) => theme.colors[token][scheme];
    const series = theme.series.map((shades) => shades[scheme]);

    const atLeast = (least: number, one: string, other: string, what: string) => {
      const ratio = contrast(one, other);
      assert.ok(ratio >= least, `${what}: ${ratio.toFixed(2)} instead of ${least}`);
    };

    describe(`theme ${name}, ${scheme}`, () => {
      it('shows text at 4.5:1 or more', () => {
        for (const ground of grounds) for (const text of texts) atLeast(TEXT, color(text), color(ground), `${text} on ${ground}`);
        atLeast(TEXT, color('accent-ink'), color('accent'), 'accent-ink on accent');
      });

      it('shows the edges of controls and the marks of charts at 3:1 or more', () => {
        for (const ground of grounds) {
          atLeast(MARK, color('line-strong'), color(ground), `line-strong on ${ground}`);
          for (const [index, mark] of series.entries()) atLeast(MARK, mark, color(ground), `series ${index + 1} on ${ground}`);
        }
      });

      it('tells a selected bar (accent) from the others (series 1)', () => {
        for (const vision of allVisions) assert.ok(difference(color('accent'), series[0] ?? '', vision) >= TOLD_APART, vision);
      });

      for (const vision of allVisions) {
        it(`has series that can be told apart: ${vision} vision`, () => {
          for (const [index, one] of series.entries()) {
            for (const other of series.slice(0, index)) {
              const apart = difference(one, other, vision);
              assert.ok(apart >= TOLD_APART, `${other} and ${one}: ${apart.toFixed(1)} instead of ${TOLD_APART}`);
            }
          }
        });
      }
    });
  }
}

describe('the token sheet', () => {
  it('declares the same tokens in every theme', () => {
    const tokens = (selector: string) => {
      const block = tokenSheet.split('\n').find((line) => line.includes(selector)) ?? assert.fail(`no block ${selector}`);
      return [...block.matchAll(/--oya-(?:color|series|radius)[\w-]*/g)].map(([token]) => token);
    };
    const root = tokens(':where(:root) {');
    assert.equal(root.length, colorNames.length + themes.neutral.series.length + 1);
    for (const name of themeNames) assert.deepEqual(tokens(`[data-oya-theme='${name}']`), root);
  });

  it('leaves every colour to the scheme of the host page', () => {
    const colors = tokenSheet.split('@media')[0]?.match(/--oya-(?:color|series)[\w-]*: [^;]+;/g) ?? [];
    assert.equal(colors.length, (themeNames.length + 1) * (colorNames.length + themes.neutral.series.length));
    for (const color of colors) assert.match(color, /: light-dark\(#[\da-f]{6}, #[\da-f]{6}\);$/);
  });

  it('falls back to system colours for every colour when colours are forced', () => {
    const forced = tokenSheet.split('forced-colors')[1] ?? '';
    for (const name of colorNames) assert.match(forced, new RegExp(`--oya-color-${name}: [A-Z][A-Za-z]+ !important;`));
    for (const index of themes.neutral.series.keys()) assert.match(forced, new RegExp(`--oya-series-${index + 1}: [A-Z][A-Za-z]+ !important;`));
  });

  it('lets any rule of the host page win', () => {
    assert.match(tokenSheet, /^@layer oya\.tokens \{/);
    for (const [, selector] of tokenSheet.matchAll(/^ +([^@{}]+) \{/gm)) assert.match(selector ?? '', /^:where\(.*\)$/);
  });
});
