import '@oya/elements/dashboard.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Dashboard', component: 'oya-dashboard' } satisfies Meta;

export const Ready = ready();
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listContracts');

/** A new customer: what is there, what comes next, and when. */
export const FirstVisit = ready('emma');
/** A Linky meter without consent to half-hours. */
export const ConsentPossible = ready('lucien');
/** What was late is paid in parts: one of them is due soon. */
export const InParts = story({ state: 'ready', persona: 'lucien', parts: 3 });
/** Months, where the meter is read by hand. */
export const ReadByHand = ready('odette');
export const ElectricityAndGas = ready('nadia');
export const Gas = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas' } });
export const SeveralSites = ready('helene');
export const Sicae: StoryObj = story({ state: 'ready', persona: 'marc' }, { globals: { theme: 'sicae' } });

/** A part that fails says so in its own place. */
export const ConsumptionFails = story({ state: 'ready', faults: { getConsumption: 'unavailable' } });
/** What the utility does not offer leaves no hole. */
export const WithoutConsumption = story({ state: 'ready', without: ['getConsumption'] });
