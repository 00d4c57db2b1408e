/** Words as elements declare them. Without the library that speaks them: what is declared is data. */

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

// @__NO_SIDE_EFFECTS__
export function defineMessages<const T extends Texts>(
  namespace: string,
  fr: T,
  languages: Readonly<Record<string, () => Promise<Translation<T>>>>,
): Messages<T> {
  return { namespace, fr, languages };
}

export type Translate<T extends Texts> = (key: MessageKey<T>, values?: Readonly<Record<string, string | number>>) => string;

export const SOURCE = 'fr';

/** `fr-CA` → `fr`; texts are kept by language, formats by locale. */
export function languageOf(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() ?? SOURCE;
}

/** French sets a space before some marks, and no line may begin with the mark. */
export function bound(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.replace(/ (?=[:;?!»])|(?<=«) /g, '\u202f')]));
}
