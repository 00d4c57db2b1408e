import { transform } from 'esbuild';

/**
 * Makes the styles of our own source small: each template in a `*.styles.ts` file is CSS, its values stand for a type in a
 * selector or, on a line of their own, for rules.
 * @returns {import('rollup').Plugin}
 */
export function minifyStyles() {
  return {
    name: 'oya-styles',
    async transform(code, id) {
      if (!id.endsWith('.styles.ts')) return null;
      const edits = [];
      for (const { quasis } of templatesIn(this.parse(code))) {
        const parts = await minify(quasis.map(({ value }) => value.cooked));
        edits.push(...quasis.map(({ start, end }, index) => ({ start, end, text: escape(parts[index]) })));
      }
      // From the end, so that the places of those before stay right.
      const small = edits.toSorted((one, other) => other.start - one.start).reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), code);
      return { code: small, map: null };
    },
  };
}

function templatesIn(node) {
  if (!node || typeof node !== 'object') return [];
  const inside = Object.values(node).flatMap((each) => (typeof each === 'object' ? templatesIn(each) : []));
  return node.type === 'TemplateLiteral' ? [node, ...inside] : inside;
}

/** @returns {Promise<string[]>} the same parts, around the same values */
async function minify([first, ...others]) {
  const whole = others.reduce((text, part, index) => text + placeholder(index, text, part) + part, first);
  const { code, warnings } = await transform(whole, { loader: 'css', minify: true });
  const parts = code.trim().split(/@oya-value-\d+;|oya-value-\d+-/);
  if (warnings.length > 0 || parts.length !== others.length + 1) throw new Error(`Not CSS as this build reads it: ${warnings.map(({ text }) => text).join(', ')}\n${whole}`);
  return parts;
}

function placeholder(index, before, after) {
  const isRules = /(^|[};])\s*$/.test(before) && /^\s*(\n|$)/.test(after);
  return isRules ? `@oya-value-${index};` : `oya-value-${index}-`;
}

function escape(text) {
  return text.replaceAll(/[\\`]|\$\{/g, String.raw`\$&`);
}
