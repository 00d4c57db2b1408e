import {
  addDays,
  answerConsumption,
  calendarStep,
  checkQuestion,
  dayStart,
  daysToRead,
  instant,
  localDay,
  packColumn,
  PortalError,
  type Answer,
  type Consumption,
  type CurveSegment,
  type DayEnergy,
  type Freshness,
  type Period,
} from '@oya/contract';
import { visibleTo } from '../identity/sight.ts';
import { midnight, qualityOfLetter } from '../measurements/columns.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

const MINUTE = 60_000;
/** Values from which a column travels packed, three weeks of half-hours: a shorter one stays readable, and costs no more. */
const LONG_COLUMN = 1000;

export const getConsumption: OperationHandler<'getConsumption'> = async (input, context) => packLongColumns(await readConsumption(input, context));

/** In plain numbers, as a file for people holds them. */
export async function readConsumption({ meterId, ...question }: Parameters<typeof getConsumption>[0], context: CustomerContext): Promise<Consumption> {
  const row = await findMeter(meterId, context);
  const meter = { id: meterId, resolutions: row.resolutions, loadCurve: row.load_curve };
  checkQuestion(meter, question);

  const byDays = calendarStep(question.resolution) !== undefined;
  const available = byDays ? boundsOf(row.days_from, row.days_to) : boundsOf(row.curve_from, row.curve_to);
  const period = daysToRead(question, available);
  const state = { meter, today: localDay(context.now, context.utility.timeZone), available, freshness: freshness(row, context) };
  return answerConsumption(question, state, byDays ? { days: await readDays(row.key, period, context) } : { curve: await readCurve(row.key, period, context) });
}

type MeterRow = Awaited<ReturnType<typeof findMeter>>;

/** @throws PortalError `not-found` also when the meter is another customer's */
async function findMeter(meterId: string, context: CustomerContext) {
  const { db, utility } = context;
  const meter = await db
    .selectFrom('meter')
    .selectAll('meter')
    .where('meter.utility_id', '=', utility.id)
    .where('meter.id', '=', meterId)
    .where('meter.contract_id', 'in', db.selectFrom('contract_sight as sight').select('sight.contract_id').where(visibleTo(context)))
    .executeTakeFirst();
  if (!meter) throw new PortalError('not-found', { detail: 'no such meter' });
  return meter;
}

async function readCurve(meterKey: number, period: Period | null, { db, utility }: CustomerContext): Promise<CurveSegment[]> {
  if (!period) return [];
  const rows = await db
    .selectFrom('load_curve')
    .select(['day', 'start_minute', 'step_minutes', 'watts', 'quality'])
    .where('meter_key', '=', meterKey)
    .where('day', '>=', period.from)
    .where('day', '<', period.to)
    .orderBy('day')
    .orderBy('start_minute')
    .execute();
  return rows.map((row) => ({
    start: instant(midnight(row.day, utility.timeZone) + row.start_minute * MINUTE),
    stepMinutes: row.step_minutes,
    values: row.watts,
    quality: row.quality,
  }));
}

async function readDays(meterKey: number, period: Period | null, { db }: CustomerContext): Promise<DayEnergy[]> {
  if (!period) return [];
  const rows = await db
    .selectFrom('day_energy')
    .select(['day', 'wh', 'quality'])
    .where('meter_key', '=', meterKey)
    .where('day', '>=', period.from)
    .where('day', '<', period.to)
    .orderBy('day')
    .execute();
  return rows.map(({ day, wh, quality }) => ({ day, energy: wh, quality: qualityOfLetter(quality) }));
}

function packLongColumns(answer: Consumption): Answer<'getConsumption'> {
  const { series } = answer;
  if (series.kind !== 'curve') return answer;
  const segments = series.segments.map((segment) => (segment.values.length < LONG_COLUMN ? segment : { ...segment, values: packColumn(segment.values) }));
  return { ...answer, series: { ...series, segments } };
}

/** Communicating meters deliver at each local midnight; the others when somebody reads them. */
function freshness(meter: MeterRow, { utility, now }: CustomerContext): Freshness {
  const nextMidnight = dayStart(addDays(localDay(now, utility.timeZone), 1), utility.timeZone);
  const next = meter.kind === 'hand-read' ? meter.next_reading_at?.getTime() : nextMidnight;
  return {
    measuredUntil: meter.measured_until && instant(meter.measured_until.getTime()),
    collectedAt: meter.collected_at && instant(meter.collected_at.getTime()),
    nextExpectedAt: next === undefined ? null : instant(next),
  };
}

function boundsOf(from: string | null, to: string | null): Consumption['available'] {
  return from !== null && to !== null ? { from, to } : null;
}
