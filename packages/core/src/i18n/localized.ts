import type { LocalizedText } from '@oya/contract';
import { languageOf } from './words.ts';

/** A sentence of an installation's own, in the language of the element where there is one, else in French. */
export function localized(text: LocalizedText, locale: string): string {
  return (languageOf(locale) === 'en' ? text.en : undefined) ?? text.fr;
}
