/** What is cut, what is planned and what is over, as the board tells it. */
import { instant, PortalError, type AlertCommune, type LocalizedText, type Outage, type OutageBoard, type OutageUpdate, type Utility } from '@oya/contract';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import { storable } from '../identity/credentials.ts';

const DAY_MS = 86_400_000;
/** As the board promises. */
const PLANNED_DAYS = 92;
const PAST_DAYS = 30;
/** Works of which nobody said how they ended are over by themselves (`outagePhase`) and stay no longer than those that were ended. */
const FORGOTTEN_DAYS = PAST_DAYS + 1;
/** More at once is no board any more; what is under way comes before what is over. */
const MOST = 1000;

/** Times of an update are epoch milliseconds, as JSON has no other. */
interface StoredUpdate {
  readonly at: number;
  readonly state: OutageUpdate['state'];
  readonly startsAt: number;
  readonly estimatedEnd: number | null;
  readonly note: LocalizedText | null;
}

const milliseconds = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::bigint`;
const history = sql<StoredUpdate[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('at', ${milliseconds('said.at')}, 'state', said.state, 'startsAt', ${milliseconds('said.starts_at')}, 'estimatedEnd', ${milliseconds('said.estimated_end')}, 'note', said.note) order by said.key), '[]')
  from outage_update as said where said.outage_id = outage.id)`;

/** With all that was said of each. */
export function selectOutages(db: Kysely<Schema>) {
  return db.selectFrom('outage').selectAll('outage').select(history.as('history'));
}

export type OutageRow = Awaited<ReturnType<ReturnType<typeof selectOutages>['executeTakeFirstOrThrow']>>;

export function outageOf(row: OutageRow): Outage {
  const at = (time: Date | null) => time && instant(time.getTime());
  return {
    id: row.id,
    kind: row.kind,
    energy: row.energy,
    state: row.state,
    cause: row.cause,
    areas: row.areas,
    households: row.households,
    startsAt: instant(row.starts_at.getTime()),
    estimatedEnd: at(row.estimated_end),
    endedAt: at(row.ended_at),
    history: row.history.map((said) => ({ at: instant(said.at), state: said.state, startsAt: instant(said.startsAt), estimatedEnd: said.estimatedEnd === null ? null : instant(said.estimatedEnd), note: said.note })),
  };
}

/** @throws PortalError `not-found` */
export async function findOutage(db: Kysely<Schema>, utilityId: string, id: string): Promise<Outage> {
  const row = await selectOutages(db).where('utility_id', '=', utilityId).where('id', '=', storable(id)).executeTakeFirst();
  if (!row) throw new PortalError('not-found', { detail: 'no such outage' });
  return outageOf(row);
}

/** Those of the board, by one query. */
export async function readOutages(db: Database, utilityId: string, now: number): Promise<Outage[]> {
  const rows = await selectOutages(db)
    .where('utility_id', '=', utilityId)
    .where((is) => is.or([is('ended_at', 'is', null), is('ended_at', '>', new Date(now - PAST_DAYS * DAY_MS))]))
    .where((is) => is.or([is('state', '<>', 'planned'), is('starts_at', '<', new Date(now + PLANNED_DAYS * DAY_MS))]))
    .where((is) => is.or([is('kind', '<>', 'works'), is('ended_at', 'is not', null), is('estimated_end', 'is', null), is('estimated_end', '>', new Date(now - FORGOTTEN_DAYS * DAY_MS))]))
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .limit(MOST)
    .execute();
  return rows.map(outageOf);
}

/** Communes whose outages can be told. */
export function communesOf({ territory }: Utility): AlertCommune[] {
  return territory.flatMap(({ code, name, postcode, energies }) => (code === undefined ? [] : [{ code, name, postcode, energies }]));
}

async function readBoard(db: Database, utility: Utility, now: number): Promise<OutageBoard> {
  return { items: await readOutages(db, utility.id, now), asOf: instant(now), communes: communesOf(utility), contacts: utility.contacts };
}

interface Turns {
  running: Promise<OutageBoard>;
  next: Promise<OutageBoard> | undefined;
}

const turns = new WeakMap<Database, Map<string, Turns>>();

/**
 * The board for all who ask at the same time: in a storm a whole commune does. At most one query runs, and one waits: whoever asks
 * while one runs gets the next, as that one may have begun before what they were told of had changed.
 */
export async function boardOf(db: Database, utility: Utility, now: number): Promise<OutageBoard> {
  const ofDatabase = turns.get(db) ?? new Map<string, Turns>();
  turns.set(db, ofDatabase);
  const begin = (): Promise<OutageBoard> => {
    const running = readBoard(db, utility, now);
    const turn: Turns = { running, next: undefined };
    ofDatabase.set(utility.id, turn);
    const end = () => {
      if (ofDatabase.get(utility.id) === turn) ofDatabase.delete(utility.id);
    };
    running.then(end, end);
    return running;
  };
  const turn = ofDatabase.get(utility.id);
  if (!turn) return begin();
  turn.next ??= turn.running.then(begin, begin);
  return turn.next;
}
