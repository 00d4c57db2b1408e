/** What is said of a day's EcoWatt or Tempo in a message. In French, the source, and in English. */
import type { EcowattDay, EcowattStretch, LocalDay, TempoColour } from '@oya/contract';
import type { Language } from '../mail/messages.ts';
import type { OutageWords } from './outage-words.ts';

export type SignalFacts = {
  readonly day: LocalDay;
  /** Something else was told of that day before. */
  readonly isChange: boolean;
} & (
  | { readonly topic: 'ecowatt'; readonly level: EcowattDay['level']; /** When to take care. */ readonly stretches: readonly EcowattStretch[] }
  | { readonly topic: 'tempo'; readonly colour: TempoColour }
);

export function signalWords(facts: SignalFacts, language: Language): OutageWords {
  return facts.topic === 'ecowatt' ? ecowatt(facts, language) : tempo(facts, language);
}

function ecowatt({ day, isChange, level, stretches }: Extract<SignalFacts, { topic: 'ecowatt' }>, language: Language): OutageWords {
  const hours = stretches.map(({ from, to }) => (language === 'fr' ? `de ${from} h à ${to} h` : `from ${from}:00 to ${to}:00`));
  const when = hours.length === 0 ? '' : ` ${new Intl.ListFormat(language === 'fr' ? 'fr' : 'en-GB').format(hours)}`;
  const on = dayWords(day, language);
  if (language === 'en') {
    if (level === 1) return { title: `EcoWatt: ${on} is normal after all`, body: 'The alert is lifted. There is nothing you need to do.' };
    const later = 'Put off what can wait: washing, hot water, charging.';
    const title = isChange ? `EcoWatt: ${level === 3 ? 'red' : 'orange'} after all on ${on}` : `EcoWatt ${level === 3 ? 'red' : 'orange'} on ${on}`;
    return level === 3
      ? { title, body: `The grid will be very tense${when}. Power may be cut unless less is used. ${later}` }
      : { title, body: `The grid will be tense${when}. ${later}` };
  }
  if (level === 1) return { title: `EcoWatt : journée normale finalement, ${on}`, body: 'L’alerte est levée. Vous n’avez rien à faire.' };
  const later = 'Reportez ce qui peut attendre : lave-linge, eau chaude, recharge.';
  const title = `EcoWatt ${isChange ? ': finalement ' : ''}${level === 3 ? 'rouge' : 'orange'} ${on}`;
  return level === 3
    ? { title, body: `Le réseau sera très tendu${when}. Des coupures sont possibles si la consommation ne baisse pas. ${later}` }
    : { title, body: `Le réseau sera tendu${when}. ${later}` };
}

const COLOURS = { blue: { fr: 'bleu', en: 'blue' }, white: { fr: 'blanc', en: 'white' }, red: { fr: 'rouge', en: 'red' } } as const;

function tempo({ day, isChange, colour }: Extract<SignalFacts, { topic: 'tempo' }>, language: Language): OutageWords {
  const name = COLOURS[colour][language];
  const on = dayWords(day, language);
  if (language === 'en') {
    const cost = colour === 'blue' ? 'It is the cheapest price of the year.' : 'From 6:00 to 22:00 electricity costs more with Tempo: put off what can wait.';
    return { title: `Tempo: ${on} is ${name}${isChange ? ' after all' : ''}`, body: `From 6:00 to 6:00 of the day after. ${cost}` };
  }
  const cost = colour === 'blue' ? 'C’est le prix le plus bas de l’année.' : 'De 6 h à 22 h, l’électricité coûte plus cher avec Tempo : reportez ce qui peut attendre.';
  return { title: `Tempo : ${isChange ? 'finalement ' : ''}jour ${name} ${on}`, body: `De 6 h à 6 h le lendemain. ${cost}` };
}

/** `mercredi 25 novembre`: a day, which has no time zone. */
function dayWords(day: LocalDay, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(Date.parse(day));
}
