/** Planned works as an entry of one's calendar. */
import { worksEntry, type Outage } from '@oya/contract';
import type { CalendarEvent } from '@oya/formats/write/icalendar';
import { saveFile } from '../save-file.ts';
import type { AlertsTranslate, OutageWords } from './outage-words.ts';

export function worksEvent(outage: Outage, words: OutageWords): CalendarEvent {
  return {
    ...worksEntry(outage),
    summary: words.title(outage),
    description: `${outage.areas.map((area) => `${area.name} : ${words.streets(area, true)}`).join('\n')}\n${words.cause(outage)}`,
    location: words.places(outage),
  };
}

/** Puts it among the customer's downloads, from where a click brings it into their calendar. */
export async function saveWorks(outage: Outage, words: OutageWords, t: AlertsTranslate): Promise<void> {
  const { calendar } = await import('@oya/formats/write/icalendar');
  const event = worksEvent(outage, words);
  const file = calendar({ name: event.summary, productId: '-//OYA//Outages//FR', events: [event] });
  saveFile(new Blob([file], { type: 'text/calendar' }), t('calendar.name', { day: words.day(outage.startsAt) }));
}
