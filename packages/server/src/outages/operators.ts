/** What the network's people see: their outages, what customers report, and who must be called before works. */
import { concernOf, instant, localDay, outagePhase, placeOf, PortalError, type Outage, type OutageExtent, type Utility } from '@oya/contract';
import { sql } from 'kysely';
import type { Agent } from '../agents/agents.ts';
import type { Database } from '../database/open.ts';
import { findOutage, outageOf, selectOutages } from './read-outages.ts';

/** An outage with what customers say of it. */
export interface OperatorOutage extends Outage {
  /** What the utility's own systems call it. */
  readonly reference: string | null;
  readonly reports: number;
  /** Of these, since it was restored. */
  readonly stillOut: number;
}

export interface OperatorReport {
  readonly id: string;
  readonly reference: string;
  readonly outageId: string | null;
  readonly energy: Outage['energy'];
  readonly commune: string;
  readonly address: string;
  readonly extent: OutageExtent;
  readonly since: string;
  readonly reportedAt: string;
  readonly phone: string | null;
  readonly words: string | null;
  /** Who holds the contract that it is about, where somebody who is signed in reported it. */
  readonly customer: string | null;
}

/** Somebody to be called before works begin. */
export interface MedicalCall {
  readonly contractId: string;
  readonly contractNumber: string;
  readonly holder: string;
  readonly address: string;
  readonly phone: string;
  /** Whether their street and number are named, or their commune alone. */
  readonly by: 'address' | 'commune';
}

const SHOWN = 500;

/** What is under way and planned, whenever, and what ended lately. */
export async function outagesOfOperator(db: Database, utilityId: string): Promise<OperatorOutage[]> {
  const rows = await selectOutages(db)
    .where('utility_id', '=', utilityId)
    .orderBy(sql`ended_at is null`, 'desc')
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .limit(SHOWN)
    .execute();
  const counts = await countReports(db, rows.map(({ id }) => id));
  return rows.map((row) => ({ ...outageOf(row), reference: row.reference, ...(counts.get(row.id) ?? { reports: 0, stillOut: 0 }) }));
}

async function countReports(db: Database, outageIds: readonly string[]): Promise<Map<string, Pick<OperatorOutage, 'reports' | 'stillOut'>>> {
  if (outageIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('outage_report as report')
    .innerJoin('outage', 'outage.id', 'report.outage_id')
    .select([
      'outage.id',
      sql<number>`count(*)::integer`.as('reports'),
      // As `isStillSaid` has it, of what has ended alone.
      sql<number>`(count(*) filter (where report.reported_at >= outage.ended_at))::integer`.as('still_out'),
    ])
    .where('report.outage_id', 'in', outageIds)
    .groupBy('outage.id')
    .execute();
  return new Map(rows.map(({ id, reports, still_out: stillOut }) => [id, { reports, stillOut }]));
}

/** The latest first. */
export async function reportsOfOperator(db: Database, utilityId: string): Promise<OperatorReport[]> {
  const rows = await db
    .selectFrom('outage_report as report')
    .leftJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'report.utility_id').onRef('contract.id', '=', 'report.contract_id'))
    .selectAll('report')
    .select('contract.holder')
    .where('report.utility_id', '=', utilityId)
    .orderBy('report.reported_at', 'desc')
    .orderBy('report.id')
    .limit(SHOWN)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    outageId: row.outage_id,
    energy: row.energy,
    commune: row.commune,
    address: row.address,
    extent: row.extent,
    since: instant(row.since.getTime()),
    reportedAt: instant(row.reported_at.getTime()),
    phone: row.phone,
    words: row.words,
    customer: row.holder,
  }));
}

/**
 * Whom to call before works, as they have consented to: for that alone, and who reads it leaves a trace.
 * @throws PortalError `not-found`, or `conflict` for what is no works to come
 */
export async function medicalCalls(db: Database, utility: Utility, outageId: string, agent: Agent, now: number): Promise<MedicalCall[]> {
  const outage = await findOutage(db, utility.id, outageId);
  if (outage.kind !== 'works' || outagePhase(outage, now) !== 'planned') throw new PortalError('conflict', { code: 'no-works-to-come', detail: 'customers have agreed to be called before planned works, and to nothing else' });
  const rows = await db
    .selectFrom('medical_need as need')
    .innerJoin('contract', (join) => join.onRef('contract.utility_id', '=', 'need.utility_id').onRef('contract.id', '=', 'need.contract_id'))
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .select(['need.contract_id', 'need.phone', 'contract.number', 'contract.holder', 'site.address', 'site.postcode', 'site.commune'])
    .where('need.utility_id', '=', utility.id)
    .where('contract.energy', '=', outage.energy)
    .where((is) => is.or([is('contract.valid_to', 'is', null), is('contract.valid_to', '>', localDay(now, utility.timeZone))]))
    .orderBy('site.commune')
    .orderBy('site.address')
    .execute();
  const calls = rows.flatMap((row): MedicalCall[] => {
    const place = placeOf(row, utility.territory);
    const by = place && concernOf(outage, place);
    return by ? [{ contractId: row.contract_id, contractNumber: row.number, holder: row.holder, address: `${row.address}, ${row.postcode} ${row.commune}`, phone: row.phone, by }] : [];
  });
  // That nobody is to be called tells something too.
  await db.insertInto('medical_need_reading').values({ utility_id: utility.id, agent_id: agent.id, agent_name: agent.name, outage_id: outageId, contracts: calls.map(({ contractId }) => contractId), at: new Date(now) }).execute();
  return calls;
}
