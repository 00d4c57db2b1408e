/** Set by the build; tells two copies on one page apart. */
declare const OYA_VERSION: string | undefined;

export const version: string = typeof OYA_VERSION === 'undefined' ? 'development' : OYA_VERSION;

const VERSION_OF = Symbol.for('oya.version');

/**
 * Registers an element, unless the page has it already: a second copy or version of the kit says so and
 * yields instead of failing.
 */
export function define(tag: string, element: CustomElementConstructor): void {
  const known = customElements.get(tag);
  if (known === element) return;
  if (known) {
    const theirs = (known as { [VERSION_OF]?: string })[VERSION_OF] ?? 'unknown';
    if (theirs !== version) console.warn(`oya: <${tag}> ${theirs} is already on this page; version ${version} leaves it in place.`);
    return;
  }
  Object.defineProperty(element, VERSION_OF, { value: version });
  customElements.define(tag, element);
}
