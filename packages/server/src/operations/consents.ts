import { canBeGiven, consentFaults, PortalError, type Consent, type ConsentChoice } from '@oya/contract';
import { noteEvent } from '../identity/audit.ts';
import { appendConsentEvents, readConsents, wordsAgreedTo } from '../identity/consents.ts';
import { metersSeen, requireHolder } from '../identity/sight.ts';
import type { CustomerContext, OperationHandler } from './context.ts';

export const listConsents: OperationHandler<'listConsents'> = async ({ meterId }, context) => {
  return { items: await consentsOf(await findMeter(meterId, context), context) };
};

/** What is given already, or on its way, stays as it is: agreeing twice is agreeing once. */
export const giveConsents: OperationHandler<'giveConsents'> = async ({ meterId, choices }, context) => {
  const { db, utility, customerId, now } = context;
  const { key, contract_id: contractId, has_load_curve } = await findMeter(meterId, context);
  await requireHolder(contractId, context);
  if (!has_load_curve) throw new PortalError('conflict', { detail: 'this meter has no load curve to consent to' });
  return db.transaction().execute(async (transaction) => {
    // Two choices at once are made one after the other.
    await transaction.selectFrom('meter').select('key').where('key', '=', key).forUpdate().execute();
    const consents = await readConsents(transaction, utility.id, key, now);
    const fields = consentFaults(choices, consents);
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'that cannot be consented to like this', fields });
    const given = consents.filter((consent) => canBeGiven(consent) && isChosen(consent.purpose, choices));
    await appendConsentEvents(
      transaction,
      { key, utilityId: utility.id },
      given.map(({ purpose, text }) => ({ purpose, state: 'requested', at: now, actor: 'customer', customer_id: customerId, channel: 'web', words: text })),
    );
    for (const { purpose, text } of given) {
      await noteEvent({ ...context, db: transaction }, { kind: 'consent-given', customerId, contractId, details: { meterId, purpose, textVersion: text.version } });
    }
    return { items: await readConsents(transaction, utility.id, key, now) };
  });
};

/** For whoever takes their data away: with the words that were agreed to, which may not be those in force any more. */
export async function consentsGiven(meterId: string, context: CustomerContext): Promise<Consent[]> {
  const meter = await findMeter(meterId, context);
  const agreed = await wordsAgreedTo(context.db, meter.key);
  const consents = await consentsOf(meter, context);
  return consents.map((consent) => ({ ...consent, text: agreed.get(consent.purpose) ?? consent.text }));
}

/** A meter without a curve has nothing to consent to. */
async function consentsOf({ key, has_load_curve }: Awaited<ReturnType<typeof findMeter>>, { db, utility, now }: CustomerContext): Promise<Consent[]> {
  return has_load_curve ? readConsents(db, utility.id, key, now) : [];
}

function isChosen(purpose: ConsentChoice['purpose'], choices: readonly ConsentChoice[]): boolean {
  return choices.some((choice) => choice.purpose === purpose);
}

/** @throws PortalError `not-found` also when the meter is another customer's */
async function findMeter(meterId: string, context: CustomerContext) {
  const meter = await metersSeen(context).where('meter.id', '=', meterId).executeTakeFirst();
  if (!meter) throw new PortalError('not-found', { detail: 'no such meter' });
  return meter;
}
