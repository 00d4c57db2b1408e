/** Speaks the words of one element without a library, for a page that shows them before the kit has come. */
import { bound, languageOf, SOURCE, type MessageKey, type Messages, type Texts, type Translate } from './words.ts';

/** The words in a language, or in French where they are not there. */
export async function plainTranslator<T extends Texts>({ fr, languages }: Messages<T>, locale: string): Promise<Translate<T>> {
  const language = languageOf(locale);
  const own = language === SOURCE ? undefined : await languages[language]?.().catch(() => undefined);
  const texts: Texts = own ?? bound(fr);
  const plurals = new Intl.PluralRules(own ? language : SOURCE);
  return (key: MessageKey<T>, values = {}) => {
    const { count } = values;
    const text = texts[typeof count === 'number' ? `${key}_${plurals.select(count)}` : key] ?? texts[key] ?? texts[`${key}_other`] ?? key;
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
  };
}
