import i18next, { type i18n } from 'i18next';

/** A language's texts: flat keys, `{{name}}` for values, plural suffixes `_one`, `_many`, `_other`. */
export type Texts = Readonly<Record<string, string>>;

type WithoutPlural<K> = K extends `${infer Stem}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Stem : K;

/** The keys one may ask for: plural forms are one key, chosen by `count`. */
export type MessageKey<T extends Texts> = WithoutPlural<Extract<keyof T, string>>;

/** The same texts in another language. English has no *many*, so that form may be left out. */
export type Translation<T extends Texts> = { readonly [K in keyof T as K extends `${string}_many` ? never : K]: string } & {
  readonly [K in keyof T as K extends `${string}_many` ? K : never]?: string;
};

/** The words of one element: French is the source and travels with it, other languages come when needed. */
export interface Messages<T extends Texts = Texts> {
  readonly namespace: string;
  readonly fr: T;
  readonly languages: Readonly<Record<string, () => Promise<Translation<T>>>>;
}

export function defineMessages<const T extends Texts>(
  namespace: string,
  fr: T,
  languages: Readonly<Record<string, () => Promise<Translation<T>>>>,
): Messages<T> {
  return { namespace, fr, languages };
}

export type Translate<T extends Texts> = (key: MessageKey<T>, values?: Readonly<Record<string, string | number>>) => string;

const SOURCE = 'fr';

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

/** `fr-CA` → `fr`; texts are kept by language, formats by locale. */
export function languageOf(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() ?? SOURCE;
}

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

/** French sets a space before some marks, and no line may begin with the mark. */
function bound(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u202f')]));
}
