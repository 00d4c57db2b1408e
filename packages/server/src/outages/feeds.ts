/** What is cut and planned, for programs that subscribe: Atom, RSS, and a calendar of works. */
import { worksEntry, type Outage, type Utility } from '@oya/contract';
import { calendar } from '@oya/formats/write/icalendar';
import { Feed } from 'feed';
import { pageAddress } from '../mail/links.ts';
import type { Language } from '../mail/messages.ts';
import { areasText, outageText } from './outage-text.ts';

export interface FeedPlace {
  readonly utility: Utility;
  /** Where the feed itself is. */
  readonly self: string;
  /** Where the utility's pages are. */
  readonly site: string | undefined;
  readonly language: Language;
}

const WORDS = {
  fr: { title: (name: string) => `Coupures et travaux, ${name}`, about: 'Ce qui est coupé, ce qui est prévu et ce qui vient d’être rétabli.', works: (name: string) => `Travaux prévus, ${name}` },
  en: { title: (name: string) => `Outages and works, ${name}`, about: 'What is cut, what is planned and what was just restored.', works: (name: string) => `Planned works, ${name}` },
} as const;
const REFRESH_MINUTES = 240;

export function outageFeed(outages: readonly Outage[], { utility, self, site, language }: FeedPlace): { readonly atom: string; readonly rss: string } {
  const page = pageAddress(utility, site, 'alerts');
  const changedAt = (outage: Outage) => new Date(outage.history.at(-1)?.at ?? outage.startsAt);
  const latest = outages.toSorted((one, other) => changedAt(other).getTime() - changedAt(one).getTime());
  const words = WORDS[language];
  const feed = new Feed({
    id: self,
    link: page ?? self,
    feedLinks: { atom: self, rss: self },
    title: words.title(utility.name),
    description: words.about,
    language,
    copyright: utility.legalName,
    generator: 'OYA Elements',
    // Of what is in it: the same as long as nothing was said.
    updated: latest[0] ? changedAt(latest[0]) : new Date(0),
    author: { name: utility.legalName },
  });
  for (const outage of latest) {
    const { title, body } = outageText(outage, language, utility.timeZone);
    const where = areasText(outage.areas, language);
    const [first] = outage.history;
    feed.addItem({ id: `${self.replace(/\.\w+(\?.*)?$/, '')}/${outage.id}`, guid: `${self.replace(/\.\w+(\?.*)?$/, '')}/${outage.id}`, link: page ?? self, title: clean(title), description: html(`${body} ${where}`), date: changedAt(outage), published: new Date(first?.at ?? outage.startsAt) });
  }
  return { atom: feed.atom1(), rss: feed.rss2() };
}

/** Works: those to come, and those that were called off, so that a calendar that has them takes them out. */
export function worksCalendar(outages: readonly Outage[], { utility, site, language }: Omit<FeedPlace, 'self'>): string {
  const works = outages.filter(({ kind, state }) => kind === 'works' && state !== 'restored');
  return calendar({
    name: WORDS[language].works(utility.name),
    productId: `-//OYA//Outages//${language.toUpperCase()}`,
    refreshMinutes: REFRESH_MINUTES,
    events: works.map((outage) => {
      const { title, body } = outageText(outage, language, utility.timeZone);
      return {
        ...worksEntry(outage),
        summary: title,
        description: body,
        location: areasText(outage.areas, language),
        url: pageAddress(utility, site, 'alerts'),
      };
    }),
  });
}

/** Readers take it for HTML. */
function html(text: string): string {
  return clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What no XML may hold goes: the library escapes the rest. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll(/[\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu, '');
}
