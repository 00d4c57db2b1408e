/**
 * Takes the indentation out of the html and css templates of our own source. The line breaks stay: they mean the same
 * to HTML and CSS as a space, and source maps count lines.
 * @returns {import('rollup').Plugin}
 */
export function collapseTemplates() {
  return {
    name: 'oya-templates',
    transform(code, id) {
      if (id.includes('/node_modules/') || !/\b(html|css|svg)`/.test(code)) return null;
      const templates = [];
      const collect = (node) => {
        if (!node || typeof node !== 'object') return;
        if (Array.isArray(node)) return node.forEach(collect);
        if (node.type === 'TaggedTemplateExpression' && ['html', 'css', 'svg'].includes(node.tag.name)) templates.push(...node.quasi.quasis);
        for (const [key, value] of Object.entries(node)) if (key !== 'parent') collect(value);
      };
      collect(this.parse(code));
      let collapsed = code;
      for (const { start, end } of templates.toSorted((left, right) => right.start - left.start)) {
        collapsed = collapsed.slice(0, start) + collapsed.slice(start, end).replaceAll(/[ \t]*\n[ \t]*/g, '\n') + collapsed.slice(end);
      }
      return { code: collapsed, map: null };
    },
  };
}
