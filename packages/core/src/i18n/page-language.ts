import { Slice } from '../client/settings.ts';

let language: Slice<string> | undefined;

/** The language of the page (`<html lang>`), followed when a host page switches it. French when the page says none. */
export function pageLanguage(): Slice<string> {
  if (!language) {
    const root = document.documentElement;
    const followed = new Slice(root.lang || 'fr');
    new MutationObserver(() => followed.set(root.lang || 'fr')).observe(root, { attributes: true, attributeFilter: ['lang'] });
    language = followed;
  }
  return language;
}
