/** Planned works as an entry of one's calendar. */
import { instant, type Outage } from '@oya/contract';
import type { CalendarEvent } from '@oya/formats/write/icalendar';
import { saveFile } from '../save-file.ts';
import type { AlertsTranslate, OutageWords } from './outage-words.ts';

/** Works of which nobody said the end. */
const USUAL_HOURS = 4;

export function worksEvent(outage: Outage, words: OutageWords): CalendarEvent {
  const { id, startsAt, estimatedEnd, history } = outage;
  return {
    uid: `works-${id}@oya`,
    start: startsAt,
    end: estimatedEnd ?? instant(Date.parse(startsAt) + USUAL_HOURS * 3_600_000),
    summary: words.title(outage),
    description: `${outage.areas.map((area) => `${area.name} : ${words.streets(area, true)}`).join('\n')}\n${words.cause(outage)}`,
    location: words.places(outage),
    // A file that is fetched again after a change takes the place of the first.
    sequence: history.length - 1,
    stamp: history.at(-1)?.at ?? startsAt,
    status: outage.state === 'cancelled' ? 'cancelled' : 'confirmed',
  };
}

/** Puts it among the customer's downloads, from where a click brings it into their calendar. */
export async function saveWorks(outage: Outage, words: OutageWords, t: AlertsTranslate): Promise<void> {
  const { calendar } = await import('@oya/formats/write/icalendar');
  const event = worksEvent(outage, words);
  const file = calendar({ name: event.summary, productId: '-//OYA//Outages//FR', events: [event] });
  saveFile(new Blob([file], { type: 'text/calendar' }), t('calendar.name', { day: outage.startsAt.slice(0, 10) }));
}
