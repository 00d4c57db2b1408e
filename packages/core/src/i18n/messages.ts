/** Words as they are spoken: plurals and values by i18next, one instance for all elements. */
import i18next, { type i18n } from 'i18next';
import { bound, languageOf, SOURCE, type Messages, type Texts, type Translate } from './words.ts';

// A single separate instance: the host page may use i18next for itself.
const instance: i18n = i18next.createInstance();
void instance.init({
  lng: SOURCE,
  fallbackLng: SOURCE,
  resources: {},
  initAsync: false,
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
});

export function isLoaded(messages: Messages, locale: string): boolean {
  const language = languageOf(locale);
  return language === SOURCE || !(language in messages.languages) || instance.hasResourceBundle(language, messages.namespace);
}

/** Brings a language of some words. A language that cannot be had falls back to French with a warning, never to an error. */
export async function loadMessages(messages: Messages, locale: string): Promise<void> {
  if (isLoaded(messages, locale)) return;
  const language = languageOf(locale);
  try {
    const texts = await messages.languages[language]?.();
    if (texts) instance.addResourceBundle(language, messages.namespace, texts);
  } catch (cause) {
    console.warn(`oya: the texts of "${messages.namespace}" could not be loaded in "${language}"; French is shown.`, cause);
  }
}

export function translator<T extends Texts>(messages: Messages<T>, locale: string): Translate<T> {
  if (!instance.hasResourceBundle(SOURCE, messages.namespace)) instance.addResourceBundle(SOURCE, messages.namespace, bound(messages.fr));
  const translate = instance.getFixedT(languageOf(locale), messages.namespace) as (key: string, values: Record<string, string | number>) => string;
  return (key, values) => translate(key, { ...values });
}
