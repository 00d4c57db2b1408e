/**
 * The households of demo, sandbox and tests, and the generator of what their meters measured.
 * Pure: the same meter and day give the same values everywhere and for ever.
 */
export { availability, freshness, measureDay, measuredDays, powerUnitOf, type MeasuredDay, type MeasuredFlow } from './generator/measure.ts';
export type { Household } from './generator/household.ts';
export { randomStream } from './generator/random.ts';
export { ECOWATT_MESSAGES, ecowattAt, isHardHour } from './generator/ecowatt.ts';
export { tempoCalendar, tempoColour, tempoDaysAt } from './generator/tempo.ts';
export { weatherOn } from './generator/weather.ts';
export { accessRules } from './access-rules.ts';
export { alertRules, type PersonaAlertRules } from './alert-rules.ts';
export { accountRulesOf, type PersonaAccountRules } from './account-rules.ts';
export { communeMap } from './commune-map.ts';
export { consentsOf, offeredConsents, type OfferedConsent } from './consents.ts';
export { billsOf, collectedReading, type PersonaBill } from './bills.ts';
export { instalmentPlanOf, invoicesOf, nextInvoiceOn, recordOf, type PersonaInvoice } from './invoices.ts';
export { findPersona, personas, prospects, type PaperInvoice, type Persona, type PersonaMeter } from './personas.ts';
export { OUTAGE_SCENARIOS, outagesOf, type OutageScenario } from './outages.ts';
export { offPeakOf, papersOf, registerPlanOf, tariffOf } from './papers.ts';
export { mandateOf, paymentTermsOf } from './payment-means.ts';
export { personaPasskeys } from './passkeys.ts';
export { profileOf, type PersonaActivity, type PersonaDevice, type PersonaProfile } from './profiles.ts';
export { personaGrants, type PersonaGrant } from './sharing.ts';
export { pricesNote, pricesOf, referenceTariffs } from './tariffs.ts';
export { threadsOfPersona, type PersonaThread } from './threads.ts';
export { territory } from './territory.ts';
export { requestsOfPersona, type PersonaRequest } from './requests.ts';
export { findUtility, utilities } from './utilities.ts';
