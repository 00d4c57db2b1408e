import { OyaBarSelectEvent } from '@oya/charts';
import { instant, restsOnEstimates } from '@oya/contract';
import '@oya/elements/bill-explained.define';
import { findPersona, invoicesOf, type PersonaInvoice } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOW } from './portal.ts';
import { empty, failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Bill explained', component: 'oya-bill-explained' } satisfies Meta;

const BILL = 'oya-bill-explained';

/** Peak and off-peak hours, half-hours, weather: every cause is told. */
export const Ready = showing('camille', '.compared .waterfall');
/** Read by hand: what had been estimated is given back, and reckoned anew. */
export const EstimateCorrected = showing('odette', '.compared .waterfall');
/** A year of instalments, and what the one to come will settle. */
export const Settlement = showing('marc', 'oya-bill-watch');
/** Another meter took its place within the year: each with its own indexes, and what stands out since. */
export const AnotherMeter = showing('yvette', 'oya-bill-watch');
/** m³ of gas, with their coefficient; the invoice is contested. */
export const Gas = showing('nadia', '.compared .waterfall');
export const SeveralContracts = showing('helene', '.compared .waterfall', { theme: 'sicae' });
/** A year with new prices and taxes on 1 August 2025, and others on 1 February 2026. */
export const SeveralPrices = explaining('marc', ({ bill }) => bill.lines.filter(({ what }) => what === 'excise').length > 1);
export const CreditNote = explaining('ines', ({ kind }) => kind === 'credit-note');
/** Contested, and not to be paid until it is answered. */
export const Disputed = explaining('nadia', ({ dispute }) => dispute !== null);
export const Overdue = explaining('lucien', ({ payments, dueOn }) => payments.length === 0 && dueOn !== null);
/** It ends with a supposed index, which a later one has corrected. */
export const Estimated = explaining('odette', ({ bill }) => restsOnEstimates(bill));
/** The one that gives back what had been estimated. */
export const Corrected = explaining('odette', ({ bill }) => bill.givenBack.length > 0);
export const WithLastYear = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => (await find<HTMLButtonElement>(canvasElement, BILL, '.compared .choice button:last-child')).click(),
});
/** The load curve of the period, before the off-peak hours of the contract. */
export const HalfHours = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find<HTMLButtonElement>(canvasElement, BILL, '.show-curve')).click();
    await find(canvasElement, BILL, 'oya-load-curve');
  },
});
/** A bar leads to the half-hours of its day. */
export const HalfHoursOfADay = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, BILL, 'oya-bar-chart')).dispatchEvent(new OyaBarSelectEvent(13));
    await find(canvasElement, BILL, 'oya-load-curve');
  },
});
/** Days, and the way to half-hours: a consent. */
export const HalfHoursNeedConsent = showing('lucien', '.measured .offer');
export const HalfHoursRequested = showing('sofiane', '.measured .offer');
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Empty = empty('emma');
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getInvoice');

/** The latest invoice of a persona that is of a kind, whichever contract it is of. */
function explaining(persona: string, isWanted: (invoice: PersonaInvoice) => boolean): StoryObj {
  const of = findPersona(persona);
  const wanted = of.contracts.flatMap((contract) => invoicesOf(of, contract, instant(Date.parse(NOW)))).findLast(isWanted);
  if (!wanted) throw new Error(`The demo has no such invoice of ${persona} any more: give this story another persona.`);
  return story({ state: 'ready', persona }, { args: { contract: wanted.contractId, invoice: wanted.number }, play: async ({ canvasElement }) => void (await find(canvasElement, BILL, '.bill .lines')) });
}

function showing(persona: string, settled: string, globals: StoryObj['globals'] = {}): StoryObj {
  return story({ state: 'ready', persona }, { globals, play: async ({ canvasElement }) => void (await find(canvasElement, BILL, settled)) });
}
