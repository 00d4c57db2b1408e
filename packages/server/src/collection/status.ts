/** How the collection stands, for an operator: a line for each dataset that is asked for, and for what is not consented to. */
import { localDay, type Energy } from '@oya/contract';
import { sql } from 'kysely';
import type { Connectors } from '../connectors.ts';
import type { Database } from '../database/open.ts';
import { loadUtility } from '../utilities.ts';
import { activeConsents } from './collectables.ts';
import { DATASETS, isProduction, SIGNALS, type Dataset, type Outcome, type Signal } from './connector.ts';
import { consentedDatasets } from './plan.ts';
import { blockedConnectors } from './quota.ts';
import { readStates } from './states.ts';
import type { Subject } from './turns.ts';

export interface StatusLine {
  readonly utilityId: string;
  readonly meterId: string;
  readonly dataset: Dataset | Signal;
  /** In a few words. */
  readonly state: string;
  readonly collectedUntil: string;
  readonly lastData: string;
  readonly nextTry: string;
  readonly callsToday: number;
  readonly why: string;
  /** Whether somebody should look at it. */
  readonly isTrouble: boolean;
}

export interface StatusOptions {
  readonly utility?: string | undefined;
  readonly meter?: string | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
}

const WORDS: Readonly<Record<Outcome['kind'], string>> = {
  data: 'collected',
  'no-data': 'nothing new',
  'no-consent': 'refused: no consent',
  'before-history': 'finding its begin',
  'not-measured': 'not measured',
  'unknown-point': 'unknown point',
  refused: 'portal refused',
  broken: 'not understood',
  quota: 'waits for calls',
  busy: 'no answer',
};
const FINE: readonly Outcome['kind'][] = ['data', 'no-data', 'before-history', 'quota'];
const NOTHING = '–';

/** @returns the lines, by utility and meter, the signals last */
export async function collectionStatus(db: Database, connectors: Connectors, { utility, meter, now }: StatusOptions): Promise<StatusLine[]> {
  const meters = await db
    .selectFrom('meter')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'meter.utility_id').onRef('contract.id', '=', 'meter.contract_id'))
    .select(['meter.key', 'meter.id', 'meter.utility_id', 'meter.energy', 'meter.production', 'meter.has_load_curve'])
    .where('meter.kind', '<>', 'hand-read')
    .where('meter.removed_on', 'is', null)
    .where('meter.utility_id', 'in', ['', ...Object.keys(connectors.utilities)])
    .$if(utility !== undefined, (query) => query.where('meter.utility_id', '=', utility as string))
    .$if(meter !== undefined, (query) => query.where((is) => is.or([is('meter.id', '=', meter as string), is('contract.delivery_point', '=', meter as string)])))
    .orderBy('meter.utility_id')
    .orderBy('meter.id')
    .execute();
  const blocked = await blockedConnectors(db, now);
  const lines: StatusLine[] = [];
  for (const { key, id, utility_id, energy, production, has_load_curve: hasLoadCurve } of meters) {
    const connector = connectors.utilities[utility_id]?.[energy as Energy];
    if (!connector) continue;
    const { timeZone } = await loadUtility(db, utility_id);
    const today = localDay(now, timeZone);
    const consented = new Set(consentedDatasets(await activeConsents(db, key, today, timeZone), { production, hasLoadCurve }).map(({ dataset }) => dataset));
    const offered = DATASETS.filter((dataset) => connector.datasets[dataset] && (production || !isProduction(dataset)));
    const of = await linesOf(db, key, { utilityId: utility_id, meterId: id }, offered, now, today, blocked.get(connector.name));
    lines.push(...of.map((line) => (consented.has(line.dataset as Dataset) ? line : { ...line, state: 'not consented to', nextTry: NOTHING, why: '', isTrouble: false })));
  }
  if (connectors.signals && utility === undefined && meter === undefined) {
    lines.push(...(await linesOf(db, null, { utilityId: 'all', meterId: 'signals' }, SIGNALS, now, localDay(now, 'Europe/Paris'), blocked.get(connectors.signals.name))));
  }
  return lines;
}

async function linesOf(db: Database, subject: Subject, of: Pick<StatusLine, 'utilityId' | 'meterId'>, datasets: readonly (Dataset | Signal)[], now: number, today: string, blockedUntil: Date | undefined): Promise<StatusLine[]> {
  const states = await readStates(db, subject);
  const { rows } = await sql<{ at_work: boolean }>`select coalesce(claimed_until > ${new Date(now)}, false) as at_work from collection_turn where meter_key is not distinct from ${subject}::integer`.execute(db);
  return datasets.map((dataset): StatusLine => {
    const state = states.get(dataset);
    if (!state) return { ...of, dataset, state: rows[0]?.at_work ? 'under way' : 'not asked yet', collectedUntil: NOTHING, lastData: NOTHING, nextTry: NOTHING, callsToday: 0, why: '', isTrouble: false };
    const isUpToDate = FINE.includes(state.outcome) && state.collectedUntil !== null && state.collectedUntil >= today;
    const next = Math.max(state.nextTry, blockedUntil?.getTime() ?? 0);
    return {
      ...of,
      dataset,
      state: isUpToDate ? 'up to date' : WORDS[state.outcome] + (state.attempts > 1 ? ` (${state.attempts}×)` : ''),
      collectedUntil: state.collectedUntil ?? NOTHING,
      lastData: state.succeededAt === null ? NOTHING : minute(state.succeededAt),
      nextTry: rows[0]?.at_work ? 'under way' : next <= now ? 'due' : minute(next),
      callsToday: state.callsOn === today ? state.calls : 0,
      why: isUpToDate ? '' : state.detail,
      isTrouble: !FINE.includes(state.outcome),
    };
  });
}

/** `2026-11-24 23:00`, in UTC as all times of the command lines. */
function minute(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
