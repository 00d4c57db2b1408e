/** Planned works as an entry of one's calendar. */
import { instant, type Outage } from '@oya/contract';
import type { CalendarEvent } from '@oya/formats/write/icalendar';
import type { OutageWords } from './outage-words.ts';

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
