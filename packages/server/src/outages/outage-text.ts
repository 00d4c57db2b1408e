/** An outage in words for whoever subscribes to all of them: read whenever, so that no day is “today”. */
import type { Outage, OutageStreet, TimeZone } from '@oya/contract';
import { outageWords, type OutageWords, type ToldNews } from '../alerts/outage-words.ts';
import type { Language } from '../mail/messages.ts';

/** How it stands, as news. */
function newsOf({ kind, state }: Outage): ToldNews {
  if (state === 'restored' || state === 'cancelled') return state;
  return kind === 'works' && state !== 'planned' ? 'started' : 'announced';
}

export function outageText(outage: Outage, language: Language, timeZone: TimeZone): OutageWords {
  const communes = [...new Set(outage.areas.map(({ name }) => name))];
  const [startsAt, estimatedEnd] = [Date.parse(outage.startsAt), outage.estimatedEnd === null ? null : Date.parse(outage.estimatedEnd)];
  const { title, body } = outageWords({ news: newsOf(outage), kind: outage.kind, energy: outage.energy, cause: outage.cause, communes, startsAt, estimatedEnd, address: null, note: null }, language, timeZone, null);
  const note = outage.history.findLast((said) => said.note !== null)?.note;
  return { title, body: [body, (language === 'en' ? note?.en : undefined) ?? note?.fr].filter(Boolean).join(' ') };
}

/** `Carmaux : rue du Puits (du 1 au 45, côté impair)`. */
export function areaText({ name, streets }: Outage['areas'][number], language: Language): string {
  return streets.length === 0 ? name : `${name}${language === 'fr' ? ' : ' : ': '}${streets.map((street) => streetText(street, language)).join(', ')}`;
}

/** One after the other; its marks never begin a line. */
export function areasText(areas: Outage['areas'], language: Language): string {
  return areas.map((area) => areaText(area, language)).join(language === 'fr' ? ' ; ' : '; ');
}

function streetText({ name, from, to, side }: OutageStreet, language: Language): string {
  const fr = language === 'fr';
  const numbers = from !== undefined && to !== undefined ? (fr ? `du ${from} au ${to}` : `${from} to ${to}`) : from !== undefined ? (fr ? `à partir du ${from}` : `from ${from}`) : to !== undefined ? (fr ? `jusqu’au ${to}` : `up to ${to}`) : undefined;
  const sides = { odd: fr ? 'côté impair' : 'odd side', even: fr ? 'côté pair' : 'even side' };
  const part = [numbers, side && sides[side]].filter(Boolean).join(', ');
  return part === '' ? name : `${name} (${part})`;
}
