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
  unitPrice,
  wholeSteps,
  type Answer,
  type CalendarStep,
  type Consumption,
  type CurveSegment,
  type DayEnergy,
  type DayWeather,
  type Direction,
  type Freshness,
  type LocalDay,
  type Period,
  type Tariff,
} from '@oya/contract';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { loadCurveOf, resolutionsOf } from '../identity/consents.ts';
import { metersSeen, todayOf } from '../identity/sight.ts';
import { qualityOfLetter } from '../measurements/columns.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

const MINUTE = 60_000;
/** Values from which a column travels packed, three weeks of half-hours: a shorter one stays readable, and costs no more. */
const LONG_COLUMN = 1000;

export const getConsumption: OperationHandler<'getConsumption'> = async (input, context) => packLongColumns(await readConsumption(input, context));

/** In plain numbers, as a file for people holds them. */
export async function readConsumption({ meterId, ...question }: Parameters<typeof getConsumption>[0], context: CustomerContext): Promise<Consumption> {
  const { direction = 'consumption' } = question;
  const step = calendarStep(question.resolution);
  const row = await findMeter(meterId, context, { direction, withTariff: step !== undefined && direction === 'consumption' });
  const meter = { id: meterId, resolutions: resolutionsOf(row), loadCurve: loadCurveOf(row), registers: row.registers, production: row.production };
  checkQuestion(meter, question);

  const available = step ? boundsOf(row.days_from, row.days_to) : boundsOf(row.curve_from, row.curve_to);
  const period = daysToRead(question, available);
  const today = todayOf(context);
  const state = { meter, today, available, freshness: freshness(row, context), tariff: tariffOf(row) };
  if (!step) return answerConsumption(question, state, { curve: await readCurve(row.channel_key, period, context) });
  const { days, powerUnit } = await readDays(row, period, context);
  return answerConsumption(question, { ...state, powerUnit, weather: await readWeather(stepsToAnswer(question, step, today), context) }, { days });
}

type MeterRow = Awaited<ReturnType<typeof findMeter>>;

/** @throws PortalError `not-found` also when the meter is another customer's */
async function findMeter(meterId: string, context: CustomerContext, { direction, withTariff }: { direction: Direction; withTariff: boolean }) {
  const meter = await metersSeen(context)
    .leftJoin('channel', (join) => join.onRef('channel.meter_key', '=', 'meter.key').on('channel.direction', '=', direction))
    .select(sql<boolean>`exists (select from day_power where day_power.channel_key = channel.key and unit = 'VA')`.as('registers_power'))
    .select(['channel.key as channel_key', 'channel.measured_until', 'channel.collected_at', 'channel.curve_from', 'channel.curve_to', 'channel.days_from', 'channel.days_to'])
    .$if(withTariff, (query) =>
      query.select((meter) => [
        jsonArrayFrom(
          meter
            .selectFrom('contract_price as price')
            .select(['price.what', 'price.unit', 'price.price', 'price.valid_from as from', 'price.valid_to as to'])
            .whereRef('price.utility_id', '=', 'meter.utility_id')
            .whereRef('price.contract_id', '=', 'meter.contract_id'),
        ).as('prices'),
        jsonArrayFrom(
          meter
            .selectFrom('contract_tax as tax')
            .select(['tax.what', 'tax.rate', 'tax.valid_from as from', 'tax.valid_to as to'])
            .whereRef('tax.utility_id', '=', 'meter.utility_id')
            .whereRef('tax.contract_id', '=', 'meter.contract_id'),
        ).as('taxes'),
      ]),
    )
    .where('meter.id', '=', meterId)
    .executeTakeFirst();
  if (!meter) throw new PortalError('not-found', { detail: 'no such meter' });
  return meter;
}

/** What the energy costs: for a contract's holder and its readers alike. `undefined` where no price is known. */
function tariffOf({ prices = [], taxes = [] }: MeterRow): Tariff | undefined {
  return prices.length === 0 ? undefined : { prices: prices.map(({ price, ...rest }) => ({ ...rest, price: unitPrice(price) })), taxes };
}

async function readCurve(channelKey: number | null, period: Period | null, { db, utility }: CustomerContext): Promise<CurveSegment[]> {
  if (channelKey === null || !period) return [];
  const rows = await db
    .selectFrom('load_curve')
    .select(['day', 'start_minute', 'step_minutes', 'watts', 'quality'])
    .where('channel_key', '=', channelKey)
    .where('day', '>=', period.from)
    .where('day', '<', period.to)
    .orderBy('day')
    .orderBy('start_minute')
    .execute();
  return rows.map((row) => ({
    start: instant(dayStart(row.day, utility.timeZone) + row.start_minute * MINUTE),
    stepMinutes: row.step_minutes,
    values: row.watts,
    quality: row.quality,
  }));
}

/**
 * Powers are told in one unit: that of the meter, where it registered any. Each table is read by its key and joined here: a
 * database that has no statistics yet, as the embedded one, would read the others again for each day.
 */
async function readDays({ channel_key: key, registers_power }: MeterRow, period: Period | null, { db }: CustomerContext): Promise<{ days: DayEnergy[]; powerUnit: 'VA' | 'W' }> {
  const powerUnit = registers_power ? 'VA' : 'W';
  if (key === null || !period) return { days: [], powerUnit };
  const { from, to } = period;
  const [energies, counted, powers] = await Promise.all([
    db.selectFrom('day_energy').select(['day', 'wh', 'dm3', 'quality']).where('channel_key', '=', key).where('day', '>=', from).where('day', '<', to).orderBy('day').execute(),
    db.selectFrom('day_register').select(['day', 'code', 'wh']).where('channel_key', '=', key).where('day', '>=', from).where('day', '<', to).execute(),
    db.selectFrom('day_power').select(['day', 'value']).where('channel_key', '=', key).where('unit', '=', powerUnit).where('day', '>=', from).where('day', '<', to).execute(),
  ]);
  const registers = new Map<LocalDay, Record<string, number>>();
  for (const { day, code, wh } of counted) registers.set(day, { ...registers.get(day), [code]: wh });
  const power = new Map(powers.map(({ day, value }) => [day, value]));
  const days = energies.map(({ day, wh, dm3, quality }) => ({
    day,
    energy: wh,
    quality: qualityOfLetter(quality),
    registers: registers.get(day),
    volume: dm3,
    maximumPower: power.get(day) ?? null,
  }));
  return { days, powerUnit };
}

/** Every day that an answer has a step for. */
function stepsToAnswer(period: Period, step: CalendarStep, today: LocalDay): Period {
  const { from, to } = wholeSteps(period, step);
  return { from, to: to < today ? to : today };
}

async function readWeather({ from, to }: Period, { db, utility }: CustomerContext): Promise<((day: LocalDay) => DayWeather | undefined) | undefined> {
  const rows = await db.selectFrom('weather_day').select(['day', 'temperature', 'degree_days']).where('utility_id', '=', utility.id).where('day', '>=', from).where('day', '<', to).execute();
  if (rows.length === 0) return undefined;
  const days = new Map(rows.map(({ day, temperature, degree_days: degreeDays }) => [day, { temperature, degreeDays }]));
  return (day) => days.get(day);
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
