/** What is said of an outage in a message: the same by mail, on a phone's screen and in a text message. In French, the source, and in English. */
import { localDay, type LocalDay, type Outage, type OutageNews, type TimeZone } from '@oya/contract';
import type { Language } from '../mail/messages.ts';

/** What is told: news of an outage, or that works come. */
export type ToldNews = Exclude<OutageNews, 'extended'> | 'reminder';

export interface OutageFacts {
  readonly news: ToldNews;
  readonly kind: Outage['kind'];
  readonly energy: Outage['energy'];
  readonly cause: Outage['cause'];
  /** Names of the communes. */
  readonly communes: readonly string[];
  readonly startsAt: number;
  readonly estimatedEnd: number | null;
  /** The customer's own address, where it is that one that is reached. */
  readonly address: string | null;
  /** What the utility's people added. */
  readonly note: string | null;
}

export interface OutageWords {
  /** One line, also the subject of a mail. */
  readonly title: string;
  /** What it means for whoever reads, in a sentence or two. */
  readonly body: string;
}

/** @param now of whoever reads, for whom a day is today or tomorrow; `null` for what is read whenever */
export function outageWords(facts: OutageFacts, language: Language, timeZone: TimeZone, now: number | null): OutageWords {
  return language === 'en' ? english(facts, timeZone, now) : french(facts, timeZone, now);
}

function french({ news, kind, energy, communes, startsAt, estimatedEnd }: OutageFacts, timeZone: TimeZone, now: number | null): OutageWords {
  const where = placesFr(communes);
  const gas = energy === 'gas';
  const cut = gas ? 'Coupure de gaz' : 'Coupure d’électricité';
  const the = gas ? 'Le gaz' : 'L’électricité';
  const on = (at: number) => dayFr(at, timeZone, now);
  const when = estimatedEnd === null ? `${on(startsAt)}, à partir de ${clockFr(startsAt, timeZone)}` : `${on(startsAt)}, de ${clockFr(startsAt, timeZone)} à ${untilFr(startsAt, estimatedEnd, timeZone, now)}`;
  const back = estimatedEnd === null ? 'Nous ne savons pas encore quand le courant reviendra.'.replace('le courant', gas ? 'le gaz' : 'l’électricité') : `Retour estimé : ${on(estimatedEnd)}, vers ${clockFr(estimatedEnd, timeZone)}.`;
  const stillOut = `Toujours sans ${gas ? 'gaz' : 'électricité'} ? Dites-le-nous depuis la page des alertes.`;
  const cutAt = `${the} sera ${gas ? 'coupé' : 'coupée'} ${when}.`;
  if (kind === 'works') {
    switch (news) {
      case 'announced':
        return { title: `Travaux prévus ${where}`, body: cutAt };
      case 'reminder':
        return { title: `Rappel : travaux ${where}`, body: cutAt };
      case 'changed':
        return { title: `Travaux ${where} : nouvel horaire`, body: cutAt };
      case 'started':
      case 'end-moved':
        return { title: news === 'started' ? `Les travaux ont commencé ${where}` : `Travaux ${where} : ${estimatedEnd === null ? 'heure de fin inconnue' : 'nouvelle heure de fin'}`, body: back };
      case 'cancelled':
        return { title: `Travaux annulés ${where}`, body: `${the} ne sera pas ${gas ? 'coupé' : 'coupée'} ${on(startsAt)}.` };
      case 'restored':
        return { title: `Travaux terminés ${where}`, body: `${the} est ${gas ? 'rétabli' : 'rétablie'}. ${stillOut}` };
    }
  }
  switch (news) {
    case 'restored':
      return { title: `${the} est ${gas ? 'rétabli' : 'rétablie'} ${where}`, body: stillOut };
    case 'end-moved':
      return { title: `${cut} ${where} : ${estimatedEnd === null ? 'heure de retour inconnue' : 'nouvelle heure de retour'}`, body: back };
    default:
      return { title: `${cut} ${where}`, body: `Depuis ${on(startsAt)}, ${clockFr(startsAt, timeZone)}. ${back}` };
  }
}

function english({ news, kind, energy, communes, startsAt, estimatedEnd }: OutageFacts, timeZone: TimeZone, now: number | null): OutageWords {
  const where = `in ${listed(communes, 'en')}`;
  const gas = energy === 'gas';
  const the = gas ? 'Gas' : 'Electricity';
  const on = (at: number) => dayEn(at, timeZone, now);
  const when = estimatedEnd === null ? `${on(startsAt)}, from ${clockEn(startsAt, timeZone)}` : `${on(startsAt)}, from ${clockEn(startsAt, timeZone)} to ${untilEn(startsAt, estimatedEnd, timeZone, now)}`;
  const back = estimatedEnd === null ? `We do not know yet when ${the.toLowerCase()} will be back.` : `Expected back: ${on(estimatedEnd)}, around ${clockEn(estimatedEnd, timeZone)}.`;
  const stillOut = `Still without ${the.toLowerCase()}? Tell us on the alerts page.`;
  const cutAt = `${the} will be off ${when}.`;
  if (kind === 'works') {
    switch (news) {
      case 'announced':
        return { title: `Planned works ${where}`, body: cutAt };
      case 'reminder':
        return { title: `Reminder: works ${where}`, body: cutAt };
      case 'changed':
        return { title: `Works ${where}: new times`, body: cutAt };
      case 'started':
      case 'end-moved':
        return { title: news === 'started' ? `The works have begun ${where}` : `Works ${where}: ${estimatedEnd === null ? 'end not known' : 'new end'}`, body: back };
      case 'cancelled':
        return { title: `Works called off ${where}`, body: `${the} will not be off ${on(startsAt)}.` };
      case 'restored':
        return { title: `Works finished ${where}`, body: `${the} is back. ${stillOut}` };
    }
  }
  switch (news) {
    case 'restored':
      return { title: `${the} is back ${where}`, body: stillOut };
    case 'end-moved':
      return { title: `${the} outage ${where}: ${estimatedEnd === null ? 'end not known' : 'new time'}`, body: back };
    default:
      return { title: `${the} outage ${where}`, body: `Since ${on(startsAt)}, ${clockEn(startsAt, timeZone)}. ${back}` };
  }
}

/** `à Carmaux`, `aux Cabannes`, `à Carmaux et au Garric`, `à Carmaux et 3 autres communes`. */
export function placesFr(communes: readonly string[]): string {
  return listed(communes.map(placeFr), 'fr');
}

function placeFr(commune: string): string {
  const [, article, rest] = /^(Le|Les) (.+)$/.exec(commune) ?? [];
  return article === undefined ? `à ${commune}` : `${article === 'Le' ? 'au' : 'aux'} ${rest}`;
}

function listed([first = '', second, ...others]: readonly string[], language: Language): string {
  const and = language === 'fr' ? 'et' : 'and';
  if (second === undefined) return first;
  if (others.length === 0) return `${first} ${and} ${second}`;
  return language === 'fr' ? `${first} et ${others.length + 1} autres communes` : `${first} and ${others.length + 1} other communes`;
}

/** `aujourd’hui`, `demain`, `le mardi 24 novembre`. */
function dayFr(at: number, timeZone: TimeZone, now: number | null): string {
  const days = daysFrom(now, at, timeZone);
  if (days === 0) return 'aujourd’hui';
  if (days === 1) return 'demain';
  return `le ${new Intl.DateTimeFormat('fr', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(at)}`;
}

function dayEn(at: number, timeZone: TimeZone, now: number | null): string {
  const days = daysFrom(now, at, timeZone);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return `on ${new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(at)}`;
}

function untilFr(from: number, to: number, timeZone: TimeZone, now: number | null): string {
  return localDay(from, timeZone) === localDay(to, timeZone) ? clockFr(to, timeZone) : `${clockFr(to, timeZone)} ${dayFr(to, timeZone, now)}`;
}

function untilEn(from: number, to: number, timeZone: TimeZone, now: number | null): string {
  return localDay(from, timeZone) === localDay(to, timeZone) ? clockEn(to, timeZone) : `${clockEn(to, timeZone)} ${dayEn(to, timeZone, now)}`;
}

function daysFrom(now: number | null, at: number, timeZone: TimeZone): number | null {
  if (now === null) return null;
  const day = (time: number): LocalDay => localDay(time, timeZone);
  return Math.round((Date.parse(day(at)) - Date.parse(day(now))) / 86_400_000);
}

/** `9 h`, `18 h 30`. */
function clockFr(at: number, timeZone: TimeZone): string {
  const [hour = '', minute = ''] = clockEn(at, timeZone).split(':');
  return minute === '00' ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`;
}

function clockEn(at: number, timeZone: TimeZone): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
}
