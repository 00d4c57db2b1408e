import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { colorNames, themeNames, themes, tokenSheet, tokensJson } from './index.ts';

interface Node {
  readonly $value?: unknown;
  readonly [key: string]: unknown;
}

describe('the export for design tools', () => {
  const exported = JSON.parse(JSON.stringify(tokensJson())) as Node;
  const at = (...path: string[]) => path.reduce<Node>((node, key) => (node[key] as Node | undefined) ?? assert.fail(`nothing at ${path.join('.')}`), exported);

  it('holds every colour of every theme in both schemes', () => {
    for (const theme of themeNames) {
      for (const scheme of ['light', 'dark'] as const) {
        assert.equal(at(theme, scheme, 'color')['$type'], 'color');
        for (const color of colorNames) {
          const value = at(theme, scheme, 'color', color).$value as { hex: string; components: number[] };
          assert.equal(value.hex, themes[theme].colors[color][scheme]);
          assert.equal(`#${value.components.map((part) => Math.round(part * 255).toString(16).padStart(2, '0')).join('')}`, value.hex);
        }
      }
    }
  });

  it('holds the shared measures with the values of the style sheet', () => {
    for (const [group, prefix] of [['space', '--oya-space-'], ['size', '--oya-size-']] as const) {
      const { $type, ...tokens } = at('shared', group);
      assert.equal($type, 'dimension');
      for (const [name, token] of Object.entries(tokens)) {
        const { value, unit } = (token as Node).$value as { value: number; unit: string };
        const declared = tokenSheet.match(new RegExp(`${prefix}${name}: ([^;]+);`))?.[1] ?? '';
        // Text sizes have a floor in pixels beside the measure.
        const [, measure = declared, floor] = declared.match(/^max\((.+), (.+)px\)$/) ?? [];
        assert.equal(measure, `${value}${unit}`, `${group} ${name}`);
        if (unit === 'rem') assert.ok(Math.abs(Number(floor) - value * 16) < 0.01, `${group} ${name} is never smaller than at 16 px`);
      }
    }
  });
});
