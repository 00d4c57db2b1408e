import {
  addDays,
  addSteps,
  calendarStep,
  dayStart,
  energyOf,
  energySeries,
  hourlyCurve,
  instant,
  isWithinLimit,
  joinSegments,
  localDay,
  LONGEST_PERIOD_DAYS,
  PortalError,
  stepStart,
  totalEnergy,
  type CalendarStep,
  type Consumption,
  type CurveSegment,
  type EnergySeries,
  type Freshness,
  type Period,
  type Resolution,
} from '@oya/contract';
import { midnight, qualityOfLetter } from '../measurements/columns.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

const MINUTE = 60_000;

export const getConsumption: OperationHandler<'getConsumption'> = async ({ meterId, resolution, from, to }, context) => {
  const meter = await findMeter(meterId, context);
  requireResolution(meter, resolution);
  const period = { from, to };
  if (!isWithinLimit(resolution, period)) {
    const detail = `at most ${LONGEST_PERIOD_DAYS[resolution]} days at this resolution`;
    throw new PortalError('invalid', { detail, fields: [{ path: 'to', code: 'too-long', detail }] });
  }
  const step = calendarStep(resolution);
  const answer = { meterId, resolution, period, freshness: freshness(meter, context) } as const;
  if (step) {
    const series = await readDays(meter.key, step, period, context);
    return { ...answer, series, total: totalEnergy(series.values), available: boundsOf(meter.days_from, meter.days_to) };
  }
  const measured = await readCurve(meter.key, period, context);
  const segments = resolution === 'hour' ? hourlyCurve(measured) : measured;
  // The total is that of what was measured: hours are rounded.
  return { ...answer, series: { kind: 'curve', unit: 'W', segments }, total: energyOf(measured), available: boundsOf(meter.curve_from, meter.curve_to) };
};

type MeterRow = Awaited<ReturnType<typeof findMeter>>;

/** @throws PortalError `not-found` also when the meter is another customer's */
async function findMeter(meterId: string, { db, utility, customerId }: CustomerContext) {
  const meter = await db
    .selectFrom('meter')
    .innerJoin('contract_access as access', (join) =>
      join.onRef('access.utility_id', '=', 'meter.utility_id').onRef('access.contract_id', '=', 'meter.contract_id'),
    )
    .selectAll('meter')
    .where('meter.utility_id', '=', utility.id)
    .where('meter.id', '=', meterId)
    .where('access.customer_id', '=', customerId)
    .executeTakeFirst();
  if (!meter) throw new PortalError('not-found', { detail: 'no such meter' });
  return meter;
}

/** @throws PortalError which tells apart what a consent would open and what this meter cannot do */
function requireResolution(meter: MeterRow, resolution: Resolution): void {
  if (meter.resolutions.includes(resolution)) return;
  if (!calendarStep(resolution) && meter.load_curve === 'consent-needed') {
    throw new PortalError('forbidden', { code: 'consent-required', detail: 'the half-hourly curve needs the consent of the customer' });
  }
  const detail = `this meter offers: ${meter.resolutions.join(', ')}`;
  throw new PortalError('invalid', { detail, fields: [{ path: 'resolution', code: 'not-available', detail }] });
}

async function readCurve(meterKey: number, { from, to }: Period, { db, utility }: CustomerContext): Promise<CurveSegment[]> {
  const rows = await db
    .selectFrom('load_curve')
    .select(['day', 'start_minute', 'step_minutes', 'watts', 'quality'])
    .where('meter_key', '=', meterKey)
    .where('day', '>=', from)
    .where('day', '<', to)
    .orderBy('day')
    .orderBy('start_minute')
    .execute();
  return joinSegments(
    rows.map((row) => ({
      start: instant(midnight(row.day, utility.timeZone) + row.start_minute * MINUTE),
      stepMinutes: row.step_minutes,
      values: row.watts,
      quality: row.quality,
    })),
  );
}

async function readDays(meterKey: number, step: CalendarStep, period: Period, { db, utility, now }: CustomerContext): Promise<EnergySeries> {
  const rows = await db
    .selectFrom('day_energy')
    .select(['day', 'wh', 'quality'])
    .where('meter_key', '=', meterKey)
    .where('day', '>=', stepStart(period.from, step))
    .where('day', '<', addSteps(addDays(period.to, -1), step, 1))
    .orderBy('day')
    .execute();
  const days = rows.map(({ day, wh, quality }) => ({ day, energy: wh, quality: qualityOfLetter(quality) }));
  return energySeries(days, step, period, localDay(now, utility.timeZone));
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
