/** What is collected of a meter, as far as its customer consents; and the signals. */
import { addDays, ECOWATT_DAYS, localDay, type ConsentPurpose, type LocalDay, type Period, type TimeZone } from '@oya/contract';
import { read } from '@oya/formats';
import { sql } from 'kysely';
import type { Connectors } from '../connectors.ts';
import type { Database } from '../database/open.ts';
import { importDocument } from '../measurements/import-file.ts';
import { loadUtility } from '../utilities.ts';
import type { Collectable } from './collect-subject.ts';
import { describePeriod, SIGNALS, type Dataset, type Outcome, type Question, type Signal } from './connector.ts';
import { knownDays, knownSignals } from './known.ts';
import { askable, consentedDatasets, type ActiveConsent } from './plan.ts';

/** Tempo's and EcoWatt's days are those of the mainland, wherever a utility is. */
const MAINLAND: TimeZone = 'Europe/Paris';

/** @returns `undefined` where nothing can be collected of it any more: nobody to ask, no contract, another meter in its place */
export async function meterToCollect(db: Database, meterKey: number, connectors: Connectors, now: () => number): Promise<Collectable<Dataset> | undefined> {
  const meter = await db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.id', 'meter.utility_id', 'meter.energy', 'meter.has_load_curve', 'meter.production', 'meter.removed_on', 'contract.delivery_point', 'contract.valid_from', 'contract.valid_to'])
    .where('meter.key', '=', meterKey)
    .executeTakeFirst();
  const connector = meter && connectors.utilities[meter.utility_id]?.[meter.energy];
  if (!meter || !connector || meter.removed_on !== null) return undefined;
  const { timeZone } = await loadUtility(db, meter.utility_id);
  const at = now();
  const today = localDay(at, timeZone);
  const consents = await activeConsents(db, meter.key, today, timeZone);
  const contract = { from: meter.valid_from, to: meter.valid_to };
  return {
    subject: meter.key,
    deliveryPoint: meter.delivery_point,
    timeZone,
    connector,
    datasets: consentedDatasets(consents, { production: meter.production, hasLoadCurve: meter.has_load_curve }).map(({ dataset, since }) => ({
      dataset,
      days: (floor) => askable({ today, contract, consentedSince: since, historyDays: connector.datasets[dataset]?.historyDays ?? 0, floor }),
    })),
    known: (dataset, period) => knownDays(db, meter.key, dataset, period, timeZone),
    isFresh: (_, newest) => newest !== undefined,
    store: (answer, question) => store(db, answer, question, now(), connector.name, { utility: meter.utility_id, meter: meter.id }),
  };
}

export function signalsToCollect(db: Database, connectors: Connectors, now: () => number): Collectable<Signal> | undefined {
  const { signals: connector } = connectors;
  if (!connector) return undefined;
  const today = localDay(now(), MAINLAND);
  const days: Readonly<Record<Signal, Period>> = {
    tempo: { from: addDays(today, -(connector.datasets.tempo?.historyDays ?? 0)), to: addDays(today, 2) },
    ecowatt: { from: today, to: addDays(today, ECOWATT_DAYS) },
  };
  return {
    subject: null,
    deliveryPoint: '',
    timeZone: MAINLAND,
    connector,
    datasets: SIGNALS.map((dataset) => ({ dataset, days: (floor) => ({ ...days[dataset], from: floor !== null && floor > days[dataset].from ? floor : days[dataset].from }) })),
    known: (dataset, period) => knownSignals(db, dataset, period),
    // A colour that may still change is asked for until it may not.
    isFresh: (_, newest) => newest === 'settled',
    store: (answer, question) => store(db, answer, question, now(), connector.name),
  };
}

/** Those in effect today, and the first whole day of each. */
export async function activeConsents(db: Database, meterKey: number, today: LocalDay, timeZone: TimeZone): Promise<ActiveConsent[]> {
  // A withdrawal that was taken back ends nothing: since when it holds is told by its last activation.
  const { rows } = await sql<{ purpose: ConsentPurpose; since: Date; expires_on: LocalDay | null }>`
    select state.purpose, coalesce((
      select max(at) from consent_event as event where event.meter_key = state.meter_key and event.purpose = state.purpose and event.recipient_id = state.recipient_id and event.kind = 'active'
    ), state.at) as since, state.expires_on
    from consent_state as state where state.meter_key = ${meterKey} and state.state = 'active' and state.recipient_id = ''`.execute(db);
  return rows.filter(({ expires_on }) => expires_on === null || today < expires_on).map(({ purpose, since }) => ({ purpose, since: firstWholeDay(since.getTime(), timeZone) }));
}

function firstWholeDay(at: number, timeZone: TimeZone): LocalDay {
  return addDays(localDay(at - 1, timeZone), 1);
}

/** An answer is as new as its question: unlike a file, the same bytes may be news again, or those of production beside those of consumption. */
async function store<D extends Dataset | Signal>(db: Database, { bytes, direction }: Extract<Outcome, { kind: 'data' }>, { dataset, period, timeZone }: Question<D>, now: number, connector: string, whose: { utility?: string; meter?: string } = {}): Promise<void> {
  const about = `${dataset}, ${describePeriod(period)}`;
  await importDocument(db, await read(bytes, { timeZone, direction }), { ...whose, bytes, now, fileName: `${connector}: ${about}`, answerTo: `${about} at ${now}`, ...(dataset !== 'ecowatt' && dataset !== 'tempo' && { within: period }) });
}
