import { localDay, PortalError, TEMPO_REGISTERS, unitPrice, type Contract } from '@oya/contract';
import { sql } from 'kysely';
import { noteEvent } from '../identity/audit.ts';
import { maySend } from '../identity/codes.ts';
import { loadCurveOf, resolutionsOf } from '../identity/consents.ts';
import { digestOf } from '../identity/digests.ts';
import { findAccountHolder, findProved } from '../identity/proofs.ts';
import { metersSeen, roleIn, visibleTo } from '../identity/sight.ts';
import { addedProofCounters, countTry, forgiveTry } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const listContracts: OperationHandler<'listContracts'> = async (_input, context) => {
  const rows = await contractsSeen(context).execute();
  return { items: rows.map(contractOf) };
};

export const getContract: OperationHandler<'getContract'> = async ({ contractId }, context) => {
  const role = await roleIn(contractId, context);
  const row = await contractsSeen(context).where('contract.id', '=', contractId).executeTakeFirstOrThrow();
  const prices = await context.db
    .selectFrom('contract_price')
    .select(['what', 'unit', 'price', 'valid_from', 'valid_to'])
    .where('utility_id', '=', context.utility.id)
    .where('contract_id', '=', contractId)
    .orderBy('valid_from')
    // The standing charge first, then what is counted.
    .orderBy('unit', 'desc')
    .orderBy('what', 'desc')
    .execute();
  const taxes = await context.db
    .selectFrom('contract_tax')
    .select(['what', 'rate', 'valid_from as from', 'valid_to as to'])
    .where('utility_id', '=', context.utility.id)
    .where('contract_id', '=', contractId)
    .orderBy('what')
    .orderBy('valid_from')
    .execute();
  return {
    contract: contractOf(row),
    role,
    offPeak: row.off_peak,
    prices: prices.map(({ what, unit, price, valid_from, valid_to }) => ({ what, unit, price: unitPrice(price), from: valid_from, to: valid_to })),
    ...(taxes.length > 0 && { taxes }),
    ...(row.prices_note !== null && { pricesNote: row.prices_note }),
    payment: role.role === 'holder' ? row.payment : null,
  };
};

/** A wrong proof and a contract in somebody else's account get the same answer, after the same work; its holder is told by mail. */
export const addContract: OperationHandler<'addContract'> = async ({ proof }, context) => {
  const { db, utility, access, customerId, outbox, site, now } = context;
  const counters = addedProofCounters(utility.id, proof.kind === 'invoice' ? proof.number : proof.deliveryPoint, customerId);
  await countTry(db, counters, now);
  const proved = access.proofs.includes(proof.kind) ? await findProved(db, utility.id, proof) : undefined;
  const outcome = proved ? await takeContract(proved.id, context) : 'refused';
  if (proved && outcome === 'taken') {
    await forgiveTry(db, counters);
    await noteEvent(context, { kind: 'contract-added', customerId, contractId: proved.id, details: { proof: proof.kind } });
    return contractOf(await contractsSeen(context).where('contract.id', '=', proved.id).executeTakeFirstOrThrow());
  }
  if (outcome === 'own') {
    await forgiveTry(db, counters);
    throw new PortalError('conflict', { detail: 'the account has this contract already' });
  }
  const holder = await findAccountHolder(db, utility.id, proved?.id ?? '');
  const told = holder !== undefined && (await maySend(db, digestOf('holder told', utility.id, proved?.id ?? ''), now));
  await outbox.post({
    utilityId: utility.id,
    to: told ? holder.email : undefined,
    language: holder?.language ?? 'fr',
    message: { kind: 'contract-has-account', contractNumber: proved?.number ?? '', address: pageAddress(utility, site, 'login') },
  });
  await noteEvent(context, { kind: 'proof-refused', customerId, details: { proof: proof.kind } });
  throw new PortalError('invalid', { code: 'proof-refused', detail: 'the proof fits no contract without an account', fields: [{ path: 'proof', code: 'proof-refused' }] });
};

export const listMeters: OperationHandler<'listMeters'> = async ({ contractId }, context) => {
  await roleIn(contractId, context);
  const rows = await metersSeen(context)
    .where('meter.contract_id', '=', contractId)
    .orderBy('removed_on', (order) => order.desc().nullsFirst())
    .orderBy('id')
    .execute();
  return {
    items: rows.map((row) => ({
      id: row.id,
      contractId,
      energy: row.energy,
      kind: row.kind,
      serialNumber: row.serial_number,
      registers: row.registers,
      resolutions: resolutionsOf(row),
      loadCurve: loadCurveOf(row),
      ...(row.production && { production: true }),
      ...(row.replaced && { replaced: row.replaced }),
    })),
  };
};

/** What a customer holds and reads, what has ended last. */
export function contractsSeen(context: CustomerContext) {
  const { db, utility } = context;
  return db
    .selectFrom('contract')
    .innerJoin('site', (join) => join.onRef('site.utility_id', '=', 'contract.utility_id').onRef('site.id', '=', 'contract.site_id'))
    .selectAll('contract')
    .select(['site.label', 'site.address', 'site.postcode', 'site.commune'])
    .select(countsByColour(context).as('is_tempo'))
    .where('contract.utility_id', '=', utility.id)
    .where('contract.id', 'in', db.selectFrom('contract_sight as sight').select('sight.contract_id').where(visibleTo(context)))
    .orderBy('contract.valid_to', (order) => order.desc().nullsFirst())
    .orderBy('contract.id');
}

/** Whether a meter that stands there counts by the colours of Tempo days. A contract that has ended counts no more. */
function countsByColour({ utility, now }: CustomerContext) {
  return sql<boolean>`(contract.valid_to is null or contract.valid_to > ${localDay(now, utility.timeZone)}) and exists (
    select from meter
    where meter.utility_id = contract.utility_id and meter.contract_id = contract.id and meter.removed_on is null
      and meter.registers @> ${JSON.stringify([{ code: TEMPO_REGISTERS.blue.peak }])}::jsonb
  )`;
}

/** Ids of those that are the customer's own. */
export async function contractsHeld({ db, utility, customerId }: CustomerContext): Promise<string[]> {
  const rows = await db.selectFrom('contract_access').select('contract_id').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).orderBy('contract_id').execute();
  return rows.map(({ contract_id }) => contract_id);
}

type SeenRow = Awaited<ReturnType<ReturnType<typeof contractsSeen>['executeTakeFirstOrThrow']>>;
/** Papers do without how a contract counts. */
type ContractRow = Omit<SeenRow, 'is_tempo'> & Partial<Pick<SeenRow, 'is_tempo'>>;

export function contractOf(row: ContractRow): Contract {
  return {
    id: row.id,
    energy: row.energy,
    site: { id: row.site_id, label: row.label, address: row.address, postcode: row.postcode, commune: row.commune },
    deliveryPoint: row.delivery_point,
    number: row.number,
    holder: row.holder,
    offer: row.offer,
    ...(row.is_tempo && { isTempo: true }),
    subscribedPowerKva: row.subscribed_power_kva,
    from: row.valid_from,
    to: row.valid_to,
  };
}

/** Whoever comes second, with the same papers at the same moment, finds it taken. */
async function takeContract(contractId: string, { db, utility, customerId }: CustomerContext): Promise<'taken' | 'own' | 'refused'> {
  return db.transaction().execute(async (transaction) => {
    await transaction.selectFrom('contract').select('id').where('utility_id', '=', utility.id).where('id', '=', contractId).forUpdate().executeTakeFirstOrThrow();
    const holders = await transaction.selectFrom('contract_access').select('customer_id').where('utility_id', '=', utility.id).where('contract_id', '=', contractId).execute();
    if (holders.some((holder) => holder.customer_id === customerId)) return 'own';
    if (holders.length > 0) return 'refused';
    await transaction.insertInto('contract_access').values({ utility_id: utility.id, customer_id: customerId, contract_id: contractId }).execute();
    // Whoever was on the way to an account for this contract is too late.
    await transaction.deleteFrom('sign_up').where('utility_id', '=', utility.id).where('contract_id', '=', contractId).execute();
    return 'taken';
  });
}
