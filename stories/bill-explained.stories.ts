import { OyaBarSelectEvent } from '@oya/charts';
import '@oya/elements/bill-explained.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { empty, failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Bill explained', component: 'oya-bill-explained' } satisfies Meta;

const BILL = 'oya-bill-explained';

/** Peak and off-peak hours, half-hours, weather: every cause is told. */
export const Ready = showing('camille', '.compared .waterfall');
/** Read by hand: what had been estimated is given back, and reckoned anew. */
export const EstimateCorrected = showing('odette', '.compared .waterfall');
/** A year of instalments, and the one to come. */
export const Settlement = showing('marc', '.settlement');
/** m³ of gas, with their coefficient; the invoice is contested. */
export const Gas = showing('nadia', '.compared .waterfall');
export const SeveralContracts = showing('helene', '.compared .waterfall', { theme: 'sicae' });
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

function showing(persona: string, settled: string, globals: StoryObj['globals'] = {}): StoryObj {
  return story({ state: 'ready', persona }, { globals, play: async ({ canvasElement }) => void (await find(canvasElement, BILL, settled)) });
}
