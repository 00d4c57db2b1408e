/** What customers, and passers-by, report: a supply that is cut, or still is. */
import { instant, isReportable, outageThere, placeOf, PortalError, reportFaults, staleByOutages, streetAddress, type Input, type OutageReport, type ReportedOutage } from '@oya/contract';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { randomInt, randomUUID } from 'node:crypto';
import { noteChange } from '../changes/note-change.ts';
import { isTaken } from '../database/errors.ts';
import type { Database } from '../database/open.ts';
import { countSending } from '../identity/codes.ts';
import { digestOf } from '../identity/digests.ts';
import type { CustomerContext, PublicContext } from '../operations/context.ts';
import { ownPlaces, type OwnPlace } from './reach.ts';
import { findOutage, readOutages } from './read-outages.ts';

/** Letters and digits that are not taken for each other on the phone. */
const SAID = 'ACDEFHJKLMNPRTUVWXY34679';
const REFERENCE_LENGTH = 6;
const HOUR_MS = 3_600_000;
/** For so long somebody may be called back; then words and number are of no use any more. */
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Whoever reports again and again is slowed down; a family that shares an address is not. */
const REPORTS = { anHour: 10, betweenMs: 0 };
/** Of all who come from one address of the internet: behind that of a mobile network there are thousands, and a storm cuts them all. */
const REPORTS_FROM_ONE = { anHour: 1000, betweenMs: 0 };

/** @throws PortalError as the operation says */
export async function keepReport(input: Input<'reportOutage'>, customerId: string | undefined, context: PublicContext): Promise<OutageReport> {
  const { db, utility, now } = context;
  requireSense(input, context);
  const place = await placeOfContract(input.contractId, customerId, context);
  const { energy, address } = { energy: place?.energy ?? input.energy, address: place?.site.address ?? input.address };
  const commune = (place && placeOf(place.site, utility.territory)?.commune) ?? input.commune;
  const outageId = input.outageId === undefined ? (outageThere(await readOutages(db, utility.id, now), { energy, commune, address }, now)?.id ?? null) : await requireOpen(input.outageId, context);
  await countReport({ commune, address }, customerId, context);
  for (let tries = 0; ; tries++) {
    const report: OutageReport = { id: randomUUID(), reference: newReference(), reportedAt: instant(now), outageId };
    try {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('outage_report')
          .values({
            id: report.id,
            utility_id: utility.id,
            reference: report.reference,
            outage_id: outageId,
            customer_id: customerId ?? null,
            contract_id: place?.id ?? null,
            energy,
            commune,
            address,
            extent: input.extent,
            since: new Date(input.since),
            reported_at: new Date(now),
            phone: input.phone ?? null,
            words: input.words?.replaceAll('\0', '').trim() || null,
          })
          .execute();
        if (customerId !== undefined) await noteChange(transaction, { utilityId: utility.id, customerId }, staleByOutages());
      });
      return report;
    } catch (error) {
      // One in 190 million: another is drawn.
      if (!isTaken(error) || tries > 3) throw error;
    }
  }
}

/** What a customer reported, the latest first. */
export async function reportsOf({ db, utility, customerId }: Pick<CustomerContext, 'db' | 'utility' | 'customerId'>): Promise<ReportedOutage[]> {
  const rows = await db.selectFrom('outage_report').selectAll().where('utility_id', '=', utility.id).where('customer_id', '=', customerId).orderBy('reported_at', 'desc').orderBy('id').execute();
  return rows.map(({ reference, reported_at, since, energy, address, phone, words }) => ({ reference, reportedAt: instant(reported_at.getTime()), since: instant(since.getTime()), energy, address, phone, words }));
}

/** Takes away what nobody needs any more to call somebody back. */
export async function forgetReporters(db: Database, now: number): Promise<void> {
  await db
    .updateTable('outage_report')
    .set({ phone: null, words: null, address: '' })
    .where('reported_at', '<', new Date(now - KEPT_MS))
    .where((is) => is.or([is('phone', 'is not', null), is('words', 'is not', null), is('address', '<>', '')]))
    .execute();
}

/** Only what can be reported is counted. Who is not signed in is known by the place that is reported. */
async function countReport({ commune, address }: { readonly commune: string; readonly address: string }, customerId: string | undefined, { db, utility, now, address: from }: PublicContext): Promise<void> {
  if (customerId !== undefined) return void (await countSending(db, [digestOf('outage reports of', utility.id, customerId)], now, REPORTS));
  const { number, street } = streetAddress(address);
  await countSending(db, [digestOf('outage reports of', utility.id, from, commune, String(number ?? ''), street)], now, REPORTS);
  await countSending(db, [digestOf('outage reports from', utility.id, from)], now, REPORTS_FROM_ONE);
}

function requireSense(input: Input<'reportOutage'>, { utility: { territory }, now }: PublicContext): void {
  const fields = reportFaults(input, { territory, now, mayExist: isValidPhoneNumber });
  if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be reported like this', fields });
}

async function placeOfContract(contractId: string | undefined, customerId: string | undefined, context: PublicContext): Promise<OwnPlace | undefined> {
  if (contractId === undefined) return undefined;
  const place = customerId === undefined ? undefined : (await ownPlaces({ ...context, customerId })).find(({ id }) => id === contractId);
  if (!place) throw new PortalError('not-found', { detail: 'no such contract' });
  return place;
}

async function requireOpen(id: string, { db, utility, now }: PublicContext): Promise<string> {
  const outage = await findOutage(db, utility.id, id);
  if (!isReportable(outage, now)) throw new PortalError('not-found', { detail: 'no such outage any more' });
  return id;
}

function newReference(): string {
  return Array.from({ length: REFERENCE_LENGTH }, () => SAID[randomInt(SAID.length)]).join('');
}
