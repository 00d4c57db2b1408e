import { PortalError, REQUESTS_AN_HOUR, requireRequest, withDoubts, type RequestDetails, type TimeZone } from '@oya/contract';
import { isValidPhoneNumber } from 'libphonenumber-js';
import { giveTo } from '../attachments/store.ts';
import { noteEvent } from '../identity/audit.ts';
import { countSending } from '../identity/codes.ts';
import { digestOf } from '../identity/digests.ts';
import { metersSeen, todayOf } from '../identity/sight.ts';
import { readReadings } from '../readings/read-readings.ts';
import { addRequest, detailsOfRequest, listedRequest, requestOf, requestsOf, takeStep } from '../requests/service-requests.ts';
import { announce } from '../webhooks/announce.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { contractOf, contractsHeld, contractsSeen } from './contracts.ts';

const AT_MOST = { anHour: REQUESTS_AN_HOUR, betweenMs: 0 };

export const listServiceRequests: OperationHandler<'listServiceRequests'> = async (_input, context) => ({ items: (await requestsOf(context)).map(listedRequest) });

export const getServiceRequest: OperationHandler<'getServiceRequest'> = async ({ serviceRequestId: requestId }, context) => detailsOfRequest(context.db, await requestOf(requestId, context));

export const sendServiceRequest: OperationHandler<'sendServiceRequest'> = async ({ details, phone, attachmentIds = [] }, context) => {
  const { db, utility, customerId, now } = context;
  const noted = await judged(details, attachmentIds.length, context);
  if (!isValidPhoneNumber(phone)) throw new PortalError('invalid', { detail: 'no such phone number', fields: [{ path: 'phone', code: 'invalid' }] });
  await countAsking(context);
  const requestId = await db.transaction().execute(async (transaction) => {
    const { id, stepId } = await addRequest(transaction, noted, phone, context);
    await giveTo(transaction, { request_step_id: stepId }, { what: 'request', about: details.kind }, attachmentIds, context);
    await announce(transaction, utility.id, { type: 'request.sent', data: { requestId: id, kind: details.kind } }, now);
    return id;
  });
  await noteEvent(context, { kind: 'request-sent', customerId });
  return getServiceRequest({ serviceRequestId: requestId }, context);
};

export const answerServiceRequest: OperationHandler<'answerServiceRequest'> = async ({ serviceRequestId: requestId, words, attachmentIds = [] }, context) => {
  const { db, utility, customerId, now } = context;
  const { kind } = await requestOf(requestId, context);
  await countAsking(context);
  await db.transaction().execute(async (transaction) => {
    const stepId = await takeStep(transaction, { id: requestId, utilityId: utility.id, customerId }, { state: 'in-progress', side: 'customer', author: null, words }, now);
    await giveTo(transaction, { request_step_id: stepId }, { what: 'request', about: requestId }, attachmentIds, context);
    await announce(transaction, utility.id, { type: 'request.completed', data: { requestId, kind } }, now);
  });
  await noteEvent(context, { kind: 'request-completed', customerId });
  return getServiceRequest({ serviceRequestId: requestId }, context);
};

export const withdrawServiceRequest: OperationHandler<'withdrawServiceRequest'> = async ({ serviceRequestId: requestId }, context) => {
  const { db, utility, customerId, now } = context;
  const { kind, state } = await requestOf(requestId, context);
  // Asked again, it is as it was wanted.
  if (state === 'withdrawn') return getServiceRequest({ serviceRequestId: requestId }, context);
  await db.transaction().execute(async (transaction) => {
    await takeStep(transaction, { id: requestId, utilityId: utility.id, customerId }, { state: 'withdrawn', side: 'customer', author: null, words: null }, now);
    await announce(transaction, utility.id, { type: 'request.withdrawn', data: { requestId, kind } }, now);
  });
  await noteEvent(context, { kind: 'request-withdrawn', customerId });
  return getServiceRequest({ serviceRequestId: requestId }, context);
};

/** @returns the same, with what is odd about readings. @throws PortalError as `requireRequest` does */
async function judged(details: RequestDetails, files: number, context: CustomerContext): Promise<RequestDetails> {
  const { db, utility } = context;
  const today = todayOf(context);
  const held = new Set(await contractsHeld(context));
  const contracts = (await contractsSeen(context).execute()).map(contractOf).filter(({ id }) => held.has(id));
  const meters = (await metersSeen(context).execute()).filter(({ contract_id: id, removed_on: removedOn }) => held.has(id) && removedOn === null);
  requireRequest(details, utility, { today, contracts, meters: meters.map(({ id, contract_id: contractId, registers }) => ({ id, contractId, registers })), files });
  if (details.kind !== 'moving' || !details.leaving?.readings) return details;
  const readings: typeof details.leaving.readings = [];
  for (const reading of details.leaving.readings) {
    const row = meters.find(({ id }) => id === reading.meterId);
    const contract = contracts.find(({ id }) => id === row?.contract_id);
    if (!row || !contract) continue;
    const { utility_id: utilityId, key, id, contract_id: contractId, kind, registers, energy, replaced } = row;
    const known = await readReadings(db, { utilityId, key, id, contractId, kind, registers }, { today, timeZone: utility.timeZone as TimeZone });
    readings.push(withDoubts(reading, { meter: { registers, energy, replaced: replaced ?? undefined }, contract, readings: known.readings, nextInvoiceOn: known.nextInvoiceOn, window: utility.readingWindow, today }));
  }
  return { ...details, leaving: { ...details.leaving, readings } };
}

async function countAsking({ db, utility, customerId, now }: CustomerContext): Promise<void> {
  await countSending(db, [digestOf('requests of', utility.id, customerId)], now, AT_MOST);
}
