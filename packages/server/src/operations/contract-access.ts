import { randomUUID } from 'node:crypto';
import { accessHolds, instant, maskEmail, PortalError, type AccessGrant } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { digestOf, newSecret } from '../identity/digests.ts';
import { canonicalLogin } from '../identity/logins.ts';
import { findAccountHolder } from '../identity/proofs.ts';
import { requireHolder, todayOf } from '../identity/sight.ts';
import { countTry, invitationCounters } from '../identity/slow-down.ts';
import { pageAddress } from '../mail/links.ts';
import { languageOf } from '../mail/messages.ts';
import { contractOf, contractsSeen } from './contracts.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const listAccess: OperationHandler<'listAccess'> = async ({ contractId }, context) => {
  await requireHolder(contractId, context);
  const rows = await grantsOf(contractId, context).orderBy('grant.invited_at').orderBy('grant.id').execute();
  return { items: rows.map((row) => grantOf(row, context)) };
};

export const inviteAccess: OperationHandler<'inviteAccess'> = async ({ contractId, email: typed, until, language: tag }, context) => {
  const { db, utility, customerId, outbox, site, now } = context;
  await requireHolder(contractId, context);
  const email = canonicalLogin(typed);
  const own = await db.selectFrom('credential').select('email').where('utility_id', '=', utility.id).where('customer_id', '=', customerId).executeTakeFirst();
  if (email.includes('\0')) throw new PortalError('invalid', { detail: 'that is no address', fields: [{ path: 'email', code: 'invalid' }] });
  if (own?.email === email) throw new PortalError('invalid', { detail: 'that is the holder', fields: [{ path: 'email', code: 'own' }] });
  if (!accessHolds(until, todayOf(context))) throw new PortalError('invalid', { detail: 'the last day is over', fields: [{ path: 'until', code: 'past' }] });
  // Nobody writes to the whole village in our name.
  await countTry(db, invitationCounters(utility.id, customerId), now);
  const id = randomUUID();
  const secret = newSecret();
  const language = languageOf(tag);
  await db.transaction().execute(async (transaction) => {
    // What has run out makes room: one address has one access to a contract.
    await transaction
      .updateTable('access_grant')
      .set({ state: 'ended' })
      .where('utility_id', '=', utility.id)
      .where('contract_id', '=', contractId)
      .where('until', '<', todayOf(context))
      .execute();
    const added = await transaction
      .insertInto('access_grant')
      .values({ id, utility_id: utility.id, contract_id: contractId, email, language, state: 'invited', invited_at: new Date(now), until, invitation_hash: digestOf('invitation', secret), customer_id: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!added) throw new PortalError('conflict', { detail: 'that address has an access or an invitation' });
  });
  await outbox.post({
    utilityId: utility.id,
    to: email,
    language,
    message: { kind: 'access-invitation', holder: await nameOf(context), until, address: pageAddress(utility, site, 'contracts', `oya-access=${secret}`) },
  });
  await noteEvent(context, { kind: 'access-given', customerId, contractId, details: { grantId: id } });
  return grantOf(await grantsOf(contractId, context).where('grant.id', '=', id).executeTakeFirstOrThrow(), context);
};

export const revokeAccess: OperationHandler<'revokeAccess'> = async ({ contractId, grantId }, context) => {
  const { db, utility, customerId, outbox } = context;
  await requireHolder(contractId, context);
  const row = await grantsOf(contractId, context).where('grant.id', '=', grantId).executeTakeFirst();
  if (!row) throw new PortalError('not-found', { detail: 'no such access' });
  const before = grantOf(row, context);
  await db.updateTable('access_grant').set({ state: 'ended', invitation_hash: null }).where('id', '=', grantId).where('utility_id', '=', utility.id).execute();
  if (before.state !== 'ended') await noteEvent(context, { kind: 'access-taken-back', customerId, contractId, details: { grantId } });
  // Somebody who never answered has nothing to be told.
  if (before.state === 'active') {
    await outbox.post({ utilityId: utility.id, to: row.email, language: row.reader_language ?? row.language, message: { kind: 'access-ended', holder: await nameOf(context) } });
  }
  return { ...before, state: 'ended' };
};

export const acceptAccess: OperationHandler<'acceptAccess'> = async ({ invitationId }, context) => {
  const { db, utility, customerId, outbox, site } = context;
  const grant = await db.selectFrom('access_grant').selectAll().where('utility_id', '=', utility.id).where('invitation_hash', '=', digestOf('invitation', invitationId)).executeTakeFirst();
  const open = grant !== undefined && grant.state !== 'ended' && accessHolds(grant.until, todayOf(context)) && (grant.state === 'invited' || grant.customer_id === customerId);
  if (!open) throw new PortalError('not-found', { detail: 'no such invitation, or it has ended' });
  const holder = await findAccountHolder(db, utility.id, grant.contract_id);
  if (holder?.customerId === customerId) throw new PortalError('conflict', { detail: 'that is the customer\'s own contract' });
  // One statement: of two people with the same link one is first.
  const accepted = await db
    .updateTable('access_grant')
    .set({ state: 'active', customer_id: customerId })
    .where('id', '=', grant.id)
    .where('state', '=', 'invited')
    .returning('id')
    .executeTakeFirst();
  if (!accepted && grant.state === 'invited') throw new PortalError('not-found', { detail: 'no such invitation, or it has ended' });
  if (accepted) {
    const accepting = { kind: 'access-accepted', by: { customerId }, contractId: grant.contract_id, details: { grantId: grant.id } } as const;
    await noteEvent(context, { ...accepting, customerId });
    // The holder sees in their own account who reads their contract.
    if (holder) await noteEvent(context, { ...accepting, customerId: holder.customerId });
    await outbox.post({
      utilityId: utility.id,
      to: holder?.email,
      language: holder?.language ?? grant.language,
      message: { kind: 'access-accepted', reader: await nameOf(context), address: pageAddress(utility, site, 'contracts') },
    });
  }
  return contractOf(await contractsSeen(context).where('contract.id', '=', grant.contract_id).executeTakeFirstOrThrow());
};

function grantsOf(contractId: string, { db, utility }: CustomerContext) {
  return db
    .selectFrom('access_grant as grant')
    .leftJoin('customer', (join) => join.onRef('customer.utility_id', '=', 'grant.utility_id').onRef('customer.id', '=', 'grant.customer_id'))
    .selectAll('grant')
    .select(['customer.display_name', 'customer.language as reader_language'])
    .where('grant.utility_id', '=', utility.id)
    .where('grant.contract_id', '=', contractId);
}

type GrantRow = Awaited<ReturnType<ReturnType<typeof grantsOf>['executeTakeFirstOrThrow']>>;

function grantOf(row: GrantRow, context: CustomerContext): AccessGrant {
  return {
    id: row.id,
    email: maskEmail(row.email),
    name: row.display_name,
    state: accessHolds(row.until, todayOf(context)) ? row.state : 'ended',
    invitedAt: instant(row.invited_at.getTime()),
    until: row.until,
  };
}

async function nameOf({ db, utility, customerId }: CustomerContext): Promise<string> {
  const row = await db.selectFrom('customer').select('display_name').where('utility_id', '=', utility.id).where('id', '=', customerId).executeTakeFirstOrThrow();
  return row.display_name;
}
