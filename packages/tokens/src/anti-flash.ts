/** How long a page may show nothing in an element's place before it shows what the element contains. */
const PATIENCE = '3s';

/**
 * Keeps a page from jumping and flickering until its elements are defined: each keeps its place, and hides what it
 * contains (a link for visitors without scripts, say). Where the script does not come, that content appears after all.
 *
 * @param sizes tag name → least height of the element while it loads, any CSS length: `{ 'oya-login': '22rem' }`
 */
export function antiFlashSheet(sizes: Readonly<Record<string, string>>): string {
  const tags = Object.keys(sizes);
  const waiting = tags.map((tag) => `${tag}:not(:defined)`).join(', ');
  const places = Object.entries(sizes).map(
    ([tag, size]) => `  :where(${tag}:not(:defined), ${mount(tag)}:not(:has(${tag}))) { min-block-size: ${size}; }`,
  );
  return `@layer oya.flash {
  :where(${waiting}) { display: block; }
${places.join('\n')}
  @media (scripting: enabled) {
    :is(${waiting}) > * { animation: oya-wait ${PATIENCE} step-end; }
  }
  @keyframes oya-wait { from { visibility: hidden; } }
}
`;
}

/** The place that a page names without the tag, where a sanitizer removes unknown ones. */
const mount = (tag: string): string => `[data-oya='${tag.replace(/^oya-/, '')}']`;
