import '@oya/elements/consumption.define';
import type { Meta } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { empty, failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Consumption', component: 'oya-consumption' } satisfies Meta;

export const Ready = ready();
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getConsumption');

/** A new customer: nothing measured yet. */
export const Empty = empty('emma');
/** A Linky meter without consent to half-hours. */
export const ConsentNeeded = ready('lucien');
/** Months, estimated between two readings. */
export const ReadByHand = ready('odette');
export const Gas = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas' } });
export const SeveralContracts = ready('nadia');
export const SeveralSites = ready('helene');
export const Sicae = story({ state: 'ready', persona: 'marc' }, { globals: { theme: 'sicae' } });

export const Year = story({ state: 'ready', persona: 'camille' }, { args: { view: 'year' } });

/** The half-hours of a day, opened by a click on its bar. */
export const DayOpened = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-consumption', 'oya-bar-chart', 'button:nth-of-type(18)')).click();
    await find(canvasElement, 'oya-consumption', 'oya-load-curve', 'canvas');
  },
});

/** The same values as a table. */
export const AsTable = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'oya-consumption', 'oya-bar-chart');
    (await find(canvasElement, 'oya-consumption', '.choice:last-of-type button:last-child')).click();
    await find(canvasElement, 'oya-consumption', 'table');
  },
});

/** The level that the host page's outline asks for. */
export const UnderAnotherHeading = story({ state: 'ready', persona: 'camille' }, { args: { 'heading-level': 4 } });
