import { addDays, instant, LONGEST_PERIOD_DAYS, type Answer, type Consumption, type Input, type LocalizedText, type Meter, type Resolution } from '@oya/contract';
import { readSettings } from '../alerts/alert-settings.ts';
import { medicalConsentsOf } from '../alerts/medical-needs.ts';
import { waitingAttachments } from '../attachments/store.ts';
import { noteEvent } from '../identity/audit.ts';
import { countSending } from '../identity/codes.ts';
import { digestOf } from '../identity/digests.ts';
import { readMandates, readPaymentMeans } from '../invoices/payment-means.ts';
import { readDisputes } from '../invoices/read-invoices.ts';
import { allActivity } from './activity.ts';
import { readConsumption } from './consumption.ts';
import { allConsentEvents, consentsGiven } from './consents.ts';
import { contractsHeld, getContract, listMeters } from './contracts.ts';
import { reportsOf } from '../outages/reports.ts';
import { threadsOf } from '../messages/threads.ts';
import { requestsOf, withSteps } from '../requests/service-requests.ts';
import { listReadings } from './readings.ts';
import type { CustomerContext, OperationHandler } from './context.ts';
import { devicesOf } from './devices.ts';
import { allInvoices } from './invoices.ts';
import { allPayments } from './payments.ts';
import { readProfile } from './profile.ts';

/** What is told of all contracts. */
type Told<K extends keyof Answer<'exportData'>> = NonNullable<Answer<'exportData'>[K]>;

const EXPORTS = { anHour: 5, betweenMs: 0 };

const ABOUT: LocalizedText = {
  fr: 'Ce fichier contient ce que votre espace client sait de vous : votre profil et vos choix (profile), vos contrats (contracts), leurs factures (invoices), vos paiements par carte (payments), vos échéanciers (paymentPlans), vos mandats de prélèvement (mandates), vos contestations (disputes), vos messages (threads), vos demandes (serviceRequests), vos fichiers en attente (attachments), vos choix d’alertes (alerts), vos accords sur un équipement médical (medicalConsents), les coupures que vous avez signalées (outageReports), vos compteurs (meters) et leurs relevés (readings), '
    + 'ce qu’ils ont mesuré, en Wh par jour et en W pour la courbe de charge (consumption), vos accords et leurs termes (consents), ce qui leur est arrivé (consentEvents), vos appareils connectés (devices) et ce qui a été fait (activity). '
    + 'Les montants sont en centimes d’euro. Les heures sont en temps universel (UTC), les jours sont ceux du lieu de livraison.',
  en: 'This file holds what your account knows of you: your profile and choices (profile), your contracts (contracts), their bills (invoices), your card payments (payments), your payment plans (paymentPlans), your debit mandates (mandates), what you contested (disputes), your messages (threads), your requests (serviceRequests), your files that wait (attachments), your alert choices (alerts), your consents about medical equipment (medicalConsents), the outages you reported (outageReports), your meters (meters) and their readings (readings), '
    + 'what they measured, in Wh by day and in W for the load curve (consumption), your consents and their words (consents), what happened to them (consentEvents), the devices that are signed in (devices) and what was done (activity). '
    + 'Amounts are in cents. Times are in UTC, days are those of the place of supply.',
};

/** Of the contracts that the customer holds: what somebody lets them read is not theirs to take away. */
export const exportData: OperationHandler<'exportData'> = async (_input, context) => {
  const { db, utility, customerId, now, paymentTerms } = context;
  await countSending(db, [digestOf('exports of', utility.id, customerId)], now, EXPORTS);
  const { emailChange: _, ...profile } = await readProfile(context);
  const contracts: Told<'contracts'> = [];
  const invoices: Told<'invoices'> = [];
  const payments: Told<'payments'> = [];
  const paymentPlans: Told<'paymentPlans'> = [];
  const mandates: Told<'mandates'> = [];
  const disputes: Told<'disputes'> = [];
  const meters: Told<'meters'> = [];
  const consumption: Consumption[] = [];
  const readings: Told<'readings'> = [];
  const consents: Told<'consents'> = [];
  const history: Told<'consentEvents'> = [];
  for (const contractId of await contractsHeld(context)) {
    contracts.push(await getContract({ contractId }, context));
    const key = { utilityId: utility.id, contractId };
    const of = <T>(each: T) => ({ ...each, contractId });
    invoices.push(...(await allInvoices(contractId, context)));
    payments.push(...(await allPayments(contractId, context)));
    paymentPlans.push(...(await readPaymentMeans(db, key, paymentTerms, utility.timeZone)).plans.map(of));
    mandates.push(...(await readMandates(db, key, paymentTerms, utility.timeZone)).map(of));
    disputes.push(...(await readDisputes(db, key)).map(of));
    meters.push(...(await listMeters({ contractId }, context)).items);
  }
  // One after the other: no export holds more connections than a page does.
  for (const meter of meters) {
    for (const direction of meter.production ? (['consumption', 'production'] as const) : [undefined]) {
      for (const resolution of resolutionsOf(meter)) consumption.push(...(await measured({ meterId: meter.id, resolution, ...(direction && { direction }) }, context)));
    }
    for (const reading of (await listReadings({ meterId: meter.id }, context)).readings) readings.push({ ...reading, meterId: meter.id });
    for (const consent of await consentsGiven(meter.id, context)) consents.push({ ...consent, meterId: meter.id });
    for (const event of await allConsentEvents(meter.id, context)) history.push({ ...event, meterId: meter.id });
  }
  await noteEvent(context, { kind: 'data-downloaded', customerId });
  return {
    format: 'oya-data-export/1',
    madeAt: instant(now),
    utility: { id: utility.id, name: utility.name, legalName: utility.legalName },
    about: ABOUT,
    profile,
    contracts,
    meters,
    consumption,
    readings,
    consents,
    consentEvents: history,
    invoices,
    payments,
    paymentPlans,
    mandates,
    disputes,
    threads: await threadsOf(context),
    serviceRequests: await withSteps(db, await requestsOf(context)),
    attachments: await waitingAttachments(context),
    alerts: await readSettings(context),
    medicalConsents: await medicalConsentsOf(context),
    outageReports: await reportsOf(context),
    devices: await devicesOf(context),
    activity: await allActivity(context),
  };
};

/** Every day and the load curve; of a meter that is read by hand, what there is. */
function resolutionsOf({ resolutions }: Meter): Resolution[] {
  const wanted = (['half-hour', 'day'] as const).filter((resolution) => resolutions.includes(resolution));
  return wanted.length > 0 ? wanted : resolutions.slice(0, 1);
}

/** Everything there is, in as many pieces as one question may not exceed. */
async function measured(what: Pick<Input<'getConsumption'>, 'meterId' | 'resolution' | 'direction'>, context: CustomerContext): Promise<Consumption[]> {
  const ask = (from: string, to: string) => readConsumption({ ...what, from, to }, context);
  const { available } = await ask('1970-01-01', '1970-01-02');
  const { resolution } = what;
  const pieces: Consumption[] = [];
  for (let from = available?.from; available && from !== undefined && from < available.to; from = addDays(from, LONGEST_PERIOD_DAYS[resolution])) {
    const end = addDays(from, LONGEST_PERIOD_DAYS[resolution]);
    pieces.push(await ask(from, end < available.to ? end : available.to));
  }
  return pieces;
}
