/** Readings of a meter as the database has them: who may see them was asked before. */
import { billedIndexes, instant, localDay, mergedReadings, silentSince, type BilledIndexes, type LocalDay, type Meter, type MeterReading, type MeterReadings, type TimeZone } from '@oya/contract';
import { attachmentsOf } from '../attachments/store.ts';
import type { Database } from '../database/open.ts';

/** A meter of a utility, and where it stands in the database. */
export interface MeterKey {
  readonly utilityId: string;
  readonly key: number;
  readonly id: string;
  readonly contractId: string;
  readonly kind: Meter['kind'];
  readonly registers: Meter['registers'];
}

/** Displays count kWh and m³, meters and files tell Wh and dm³. */
const UNITS_PER_COUNT = 1000;
/** So many of a route are shown. */
const KEPT_ROUTES = 60;
/** Where one register came without the others, an earlier moment has them all. */
const LATEST = 4;

/** What is known of a meter's readings today. */
export async function readReadings(db: Database, meter: MeterKey, { today, timeZone }: { readonly today: LocalDay; readonly timeZone: TimeZone }): Promise<MeterReadings> {
  const { utilityId, contractId, id: meterId } = meter;
  const bills = await db
    .selectFrom('invoice')
    .select(['number', ({ ref }) => ref('bill').$notNull().as('bill')])
    .where('utility_id', '=', utilityId)
    .where('contract_id', '=', contractId)
    .where('bill', 'is not', null)
    .where('kind', '!=', 'credit-note')
    .orderBy('period_to')
    .orderBy('issued_on')
    .execute();
  const billed: BilledIndexes[] = billedIndexes(bills.map(({ number: id, bill }) => ({ id, bill })));
  const { next_invoice_on: nextInvoiceOn } = await db.selectFrom('contract').select('next_invoice_on').where('utility_id', '=', utilityId).where('id', '=', contractId).executeTakeFirstOrThrow();
  const collected = await collectedReadings(db, meter, timeZone);
  const silent = meter.kind === 'hand-read' ? undefined : await silence(db, meter, today, timeZone);
  const wattHoursPerCubicMetre = bills.flatMap(({ bill }) => bill.lines.flatMap((line) => (line.what === 'energy' && line.index.wattHoursPerCubicMetre) || [])).at(-1);
  return {
    meterId,
    readings: mergedReadings([...collected, ...(await ownReadings(db, meter))], billed),
    nextInvoiceOn,
    ...(wattHoursPerCubicMetre !== undefined && { wattHoursPerCubicMetre }),
    ...(silent !== undefined && { silentSince: silent }),
  };
}

/** What was sent, and taken on a route. */
async function ownReadings(db: Database, { key }: MeterKey): Promise<MeterReading[]> {
  const rows = await db.selectFrom('reading').selectAll().where('meter_key', '=', key).orderBy('on_day').execute();
  const photos = await attachmentsOf(db, 'reading_id', rows.map(({ id }) => id));
  return rows.map((row): MeterReading => ({
    id: row.id,
    on: row.on_day,
    source: row.source,
    state: row.state,
    indexes: row.indexes,
    sentAt: instant(row.sent_at.getTime()),
    ...(row.is_outside_window && { isOutsideWindow: true }),
    ...(row.words !== '' && { words: row.words }),
    ...(photos.has(row.id) && { photos: photos.get(row.id) }),
    ...(row.answer !== null && { answer: row.answer }),
    ...(row.correctable_until && (row.state === 'transmitted' || row.state === 'under-check') && { correctableUntil: instant(row.correctable_until.getTime()) }),
  }));
}

/** The last indexes that came from the meter itself; of one that is read by hand, whatever the importer has taken from a route. */
async function collectedReadings(db: Database, { key, registers, kind }: MeterKey, timeZone: TimeZone): Promise<MeterReading[]> {
  const rows = await db
    .selectFrom('index_reading as reading')
    .innerJoin('channel', 'channel.key', 'reading.channel_key')
    .select(['reading.register', 'reading.at', 'reading.value'])
    .where('channel.meter_key', '=', key)
    .where('channel.direction', '=', 'consumption')
    .where('reading.grid', '=', 'supplier')
    .where('reading.register', 'in', registers.map(({ code }) => code))
    .orderBy('reading.at', 'desc')
    .limit((kind === 'hand-read' ? KEPT_ROUTES : LATEST) * registers.length)
    .execute();
  // Only what all of them showed at one time is what the meter showed.
  const moments = [...Map.groupBy(rows, ({ at }) => at.getTime())].filter(([, each]) => each.length === registers.length);
  return moments.slice(0, kind === 'hand-read' ? KEPT_ROUTES : 1).map(([at, each]): MeterReading => ({
    id: `collected-${at}`,
    on: localDay(at, timeZone),
    source: kind === 'hand-read' ? 'route' : 'meter',
    state: 'accepted',
    indexes: each.map(({ register, value }) => ({ register, index: Math.floor(Number(value) / UNITS_PER_COUNT) })),
  }));
}

/** Since when a meter that reports by itself has not. */
async function silence(db: Database, { key }: MeterKey, today: LocalDay, timeZone: TimeZone): Promise<LocalDay | undefined> {
  const row = await db.selectFrom('channel').select('measured_until').where('meter_key', '=', key).where('direction', '=', 'consumption').executeTakeFirst();
  return row?.measured_until ? silentSince(localDay(row.measured_until.getTime() - 1, timeZone), today) : undefined;
}
