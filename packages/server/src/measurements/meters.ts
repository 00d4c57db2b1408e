/** The meters that a file may be of. */
import { ConsentPurpose, type Energy, type Meter, type OffPeak, type TimeZone } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { consentStates, isCollected, loadCurveOf } from '../identity/consents.ts';
import { ImportError } from './import-error.ts';

export interface KnownMeter {
  key: number;
  id: string;
  utilityId: string;
  energy: Energy;
  deliveryPoint: string;
  loadCurve: Meter['loadCurve'];
  /** What may be kept of it. */
  collected: ConsentPurpose[];
  production: boolean;
  subscribedPower: number | null;
  offPeak: OffPeak[];
  timeZone: TimeZone;
}

/** An error names so many meters, for whoever mistyped one. */
const NAMED = 20;

/** Meters by id or delivery point, the current one of a delivery point first. */
export async function findMeters(db: Database, wanted: readonly string[], utility: string | undefined, zones: ReadonlyMap<string, TimeZone>): Promise<KnownMeter[]> {
  const rows = await metersOf(db, utility)
    .where((is) => is.or([is('meter.id', 'in', [...wanted, '']), is('contract.delivery_point', 'in', [...wanted, ''])]))
    .execute();
  return rows.map((row) => ({
    key: row.key,
    id: row.id,
    utilityId: row.utility_id,
    energy: row.energy,
    deliveryPoint: row.delivery_point,
    loadCurve: loadCurveOf(row),
    collected: ConsentPurpose.options.filter((purpose) => isCollected(row, purpose)),
    production: row.production,
    subscribedPower: row.subscribed_power_kva,
    offPeak: row.off_peak,
    timeZone: zones.get(row.utility_id) as TimeZone,
  }));
}

/** The one meter of that id or delivery point. `undefined` where there is none. */
export function pick(meters: readonly KnownMeter[], wanted: string): KnownMeter | undefined {
  const found = meters.filter(({ id, deliveryPoint }) => id === wanted || deliveryPoint === wanted);
  if (new Set(found.map(({ utilityId }) => utilityId)).size > 1) throw new ImportError(`Several utilities have a meter “${wanted}”. Say whose file it is: --tenant.`);
  return found[0];
}

export async function unknownMeter(db: Database, reason: string, utility: string | undefined): Promise<ImportError> {
  const rows = await metersOf(db, utility).limit(NAMED + 1).execute();
  const list = rows.slice(0, NAMED).map(({ id, delivery_point, utility_id, energy }) => `  ${id}  ${delivery_point}  ${energy}, ${utility_id}`);
  if (rows.length > NAMED) list.push('  and others');
  return new ImportError(list.length > 0 ? `${reason}\nKnown meters (id, delivery point):\n${list.join('\n')}` : `${reason}\nNo meter is known yet: seed the demo (npm start) or create one.`);
}

function metersOf(db: Database, utility: string | undefined) {
  return db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.id', 'meter.utility_id', 'meter.energy', 'meter.kind', 'meter.has_load_curve', 'meter.production', 'contract.delivery_point', 'contract.subscribed_power_kva', 'contract.off_peak'])
    .select(consentStates.as('consents'))
    .$if(utility !== undefined, (query) => query.where('meter.utility_id', '=', utility as string))
    .orderBy('meter.removed_on', (order) => order.desc().nullsFirst())
    .orderBy('meter.utility_id')
    .orderBy('meter.id');
}
