/**
 * `<div data-oya="consumption" data-oya-heading-level="3">`: how a page asks for an element where the sanitizer of
 * its CMS lets custom elements through no more than scripts.
 */
const PREFIX = 'data-oya-';
/** Of an element that only shows its face as yet. */
const KNOWN_BEFORE = ['commune', 'heading-level', 'lang', 'view'];

interface Place {
  tag: string;
  /** The page's own content, shown until the element has arrived and whenever it is gone. */
  content: readonly Node[];
  element?: HTMLElement;
}

const places = new WeakMap<Element, Place>();
const settings = new MutationObserver((records) => {
  for (const { target, attributeName } of records) {
    const element = places.get(target as Element)?.element;
    if (element && attributeName?.startsWith(PREFIX)) applySetting(target as Element, element, attributeName);
  }
});

/** Whether an element is a place, or was one. */
export function isPlace(element: Element): boolean {
  return element.hasAttribute('data-oya') || places.has(element);
}

/**
 * Brings a place in line with what it asks for now: mounts, replaces or takes down.
 * @param bring fetches an element's definition by tag; rejects when it cannot be had
 */
export async function furnish(place: Element, bring: (tag: string, asker: Element) => Promise<void>): Promise<void> {
  const name = place.getAttribute('data-oya');
  const tag = name === null ? undefined : `oya-${name}`;
  const before = places.get(place);
  if (before?.tag === tag) return;
  if (before) clear(place, before);
  if (!tag) return;

  const current: Place = { tag, content: [...place.childNodes] };
  places.set(place, current);
  try {
    await bring(tag, place);
  } catch (cause) {
    if (places.get(place) === current) places.delete(place);
    throw cause;
  }
  if (places.get(place) !== current) return;
  const element = document.createElement(tag);
  current.element = element;
  for (const { name: setting } of place.attributes) {
    if (setting.startsWith(PREFIX)) applySetting(place, element, setting);
  }
  settings.observe(place, { attributes: true });
  // What an element keeps moves into it; it goes back when the place is cleared.
  if ((element.constructor as { keepsContent?: boolean }).keepsContent) element.append(...current.content);
  place.replaceChildren(element);
}

function clear(place: Element, { element, content }: Place): void {
  places.delete(place);
  if (element) place.replaceChildren(...content);
}

/** Passes on only what the element itself declares, so that `data-oya-onclick` is no way into the page. */
function applySetting(place: Element, element: HTMLElement, setting: string): void {
  const attribute = setting.slice(PREFIX.length);
  const { observedAttributes = KNOWN_BEFORE } = element.constructor as { observedAttributes?: readonly string[] };
  if (!observedAttributes.includes(attribute)) {
    console.warn(`oya: <${element.localName}> has no attribute "${attribute}" (${setting}). Known: ${observedAttributes.join(', ')}.`);
    return;
  }
  const value = place.getAttribute(setting);
  if (value === null) element.removeAttribute(attribute);
  else element.setAttribute(attribute, value);
}
