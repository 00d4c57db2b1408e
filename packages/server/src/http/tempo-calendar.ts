/**
 * The white and red days of Tempo, for calendar programs to subscribe to. They are told as whole days, although a Tempo day
 * runs from 06:00 to 06:00: a calendar shows a whole day as a line above the hours, and 24 hours as a block that hides
 * everything else of two days. Blue days, the usual ones, are left out unless they are asked for.
 */
import { addDays, clockTime, dayStart, instant, localDay, parseInput, PortalError, TEMPO_ANNOUNCED_BY, tempoSeason, type Instant, type LocalDay, type TempoColour, type TimeZone } from '@oya/contract';
import { calendar, type CalendarEvent } from '@oya/formats/write/icalendar';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod/mini';
import type { Database } from '../database/open.ts';
import type { UtilityDirectory } from '../utilities.ts';
import { sendUnlessKnown } from './conditional-get.ts';

export interface CalendarOptions {
  readonly db: Database;
  readonly utilities: UtilityDirectory;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Below an API's address. */
export const TEMPO_CALENDAR = 'tempo.ics';

/** How long whoever asks may keep the answer; tomorrow's colour comes late in the morning. */
const KEPT_SECONDS = 900;
const REFRESH_MINUTES = 60;

/** Of the season before, so that its last weeks do not vanish on 1 September. */
const DAYS_BACK = 31;

const WORDS = {
  fr: {
    name: 'Tempo',
    colours: { blue: 'Tempo : jour bleu', white: 'Tempo : jour blanc', red: 'Tempo : jour rouge' },
    maybe: 'peut encore changer',
    hours: 'De 6 h à 6 h le lendemain. Les heures pleines vont de 6 h à 22 h.',
    advice: {
      blue: 'C’est le prix le plus bas.',
      white: 'Lancez ce qui peut attendre après 22 h.',
      red: 'De 6 h à 22 h, l’électricité est très chère. Reportez ce qui peut l’être à la nuit ou à un autre jour.',
    },
    changed: 'Cette couleur a changé : ce jour avait été annoncé autrement.',
  },
  en: {
    name: 'Tempo',
    colours: { blue: 'Tempo: blue day', white: 'Tempo: white day', red: 'Tempo: red day' },
    maybe: 'may still change',
    hours: 'From 6 am to 6 am the next day. Peak hours are from 6 am to 10 pm.',
    advice: {
      blue: 'The price is at its lowest.',
      white: 'Run what can wait after 10 pm.',
      red: 'From 6 am to 10 pm electricity is very expensive. Put off what can wait to the night or another day.',
    },
    changed: 'This colour has changed: the day had been announced otherwise.',
  },
} as const;

/** A query, as `parseInput` takes it. */
const question = {
  name: TEMPO_CALENDAR,
  summary: 'The days of Tempo as a calendar.',
  method: 'GET',
  path: '/tempo.ics',
  auth: 'public',
  input: z.object({
    lang: z.optional(z.enum(['fr', 'en'])),
    /** Separated by commas; default: white and red. */
    colours: z._default(z.string().check(z.regex(/^(blue|white|red)(,(blue|white|red))*$/)), 'white,red'),
  }),
  output: z.string(),
  errors: ['invalid'],
} as const;

export function mountTempoCalendar(app: FastifyInstance, { db, utilities, now }: CalendarOptions): void {
  app.get(`/:utility/v1/${TEMPO_CALENDAR}`, async (request, reply) => {
    const { utility: id } = request.params as { utility: string };
    const tenant = await utilities.find(id);
    if (!tenant) throw new PortalError('not-found', { code: 'unknown-utility', detail: 'no such utility' });
    const { timeZone, languages } = tenant.utility;
    const { lang = languages[0] === 'en' ? 'en' : 'fr', colours } = parseInput(question, request.query);
    const today = localDay(now(), timeZone);
    const days = await readDays(db, addDays(tempoSeason(today).from, -DAYS_BACK), addDays(today, 2));
    const events = days.flatMap((day) => eventOf(day, { utilityId: id, timeZone, lang, colours: colours.split(',') as TempoColour[] }) ?? []);
    const file = calendar({ name: WORDS[lang].name, productId: `-//OYA//Tempo//${lang.toUpperCase()}`, refreshMinutes: REFRESH_MINUTES, events });
    // The same for everybody: whatever stands between may keep it.
    reply.header('cache-control', `public, max-age=${KEPT_SECONDS}`).type('text/calendar; charset=utf-8').header('content-disposition', `inline; filename="${TEMPO_CALENDAR}"`);
    return sendUnlessKnown(request, reply, file);
  });
}

type Row = Awaited<ReturnType<typeof readDays>>[number];

function readDays(db: Database, from: LocalDay, to: LocalDay) {
  return db.selectFrom('tempo_day').selectAll().where('day', '>=', from).where('day', '<', to).orderBy('day').execute();
}

interface Surroundings {
  readonly utilityId: string;
  readonly timeZone: TimeZone;
  readonly lang: keyof typeof WORDS;
  readonly colours: readonly TempoColour[];
}

/** One event for each day, whatever its colour becomes: one that is not shown any more is called off, or programs would keep it. */
function eventOf({ day, colour, is_provisional: isProvisional, former_colour: former, changed_at: changedAt }: Row, { utilityId, timeZone, lang, colours }: Surroundings): CalendarEvent | undefined {
  const isShown = colours.includes(colour);
  if (!isShown && !(former !== null && colours.includes(former))) return undefined;
  const words = WORDS[lang];
  return {
    uid: `tempo-${day}.${utilityId}@oya-elements`,
    start: day,
    end: addDays(day, 1),
    summary: `${words.colours[colour]}${isProvisional ? ` (${words.maybe})` : ''}`,
    description: [words.hours, words.advice[colour], ...(changedAt === null ? [] : [words.changed])].join('\n'),
    sequence: changedAt !== null ? 2 : isProvisional ? 0 : 1,
    stamp: stampOf(day, isProvisional, changedAt, timeZone),
    status: isShown ? (isProvisional ? 'tentative' : 'confirmed') : 'cancelled',
  };
}

/** When it was told: of what never changed, when RTE tells it. The file stays the same as long as the days do. */
function stampOf(day: LocalDay, isProvisional: boolean, changedAt: Date | null, timeZone: TimeZone): Instant {
  const eve = addDays(day, -1);
  return instant(Math.floor((changedAt?.getTime() ?? (isProvisional ? dayStart(eve, timeZone) : clockTime(eve, TEMPO_ANNOUNCED_BY, timeZone))) / 1000) * 1000);
}
