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

/** A requested consent: what the network operator works on, in grey. */
export const ConsentRequested = ready('sofiane');
/** Panels on the roof: a choice between what is taken and what is given. */
export const Production = story({ state: 'ready', persona: 'ines' }, {
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'oya-consumption', 'oya-bar-chart');
    (await find(canvasElement, 'oya-consumption', '.ways:last-child .choice button:nth-child(2)')).click();
    await find(canvasElement, 'oya-consumption', 'oya-bar-chart.production');
  },
});
/** Days in three colours, and six prices. */
export const Tempo = story({ state: 'ready', persona: 'julien' }, { globals: { theme: 'sicae' } });

export const Year = story({ state: 'ready', persona: 'camille' }, { args: { view: 'year' } });
export const Years = story({ state: 'ready', persona: 'camille' }, { args: { view: 'years' } });
/** In money, with the standing charge apart. */
export const InMoney = story({ state: 'ready', persona: 'camille' }, { args: { show: 'cost' } });
export const GasInMoney = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas', show: 'cost' } });
export const EnergyOnly = story({ state: 'ready', persona: 'camille' }, { args: { show: 'measure' } });

/** The half-hours of a day, opened by a click on its bar. */
export const DayOpened = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    await openDay(canvasElement);
    await find(canvasElement, 'oya-consumption', 'oya-load-curve', 'canvas');
  },
});

/** The hours of a day in money, which add up to it. */
export const DayInMoney = story({ state: 'ready', persona: 'camille' }, {
  args: { show: 'cost' },
  play: async ({ canvasElement }) => {
    await openDay(canvasElement);
    await find(canvasElement, 'oya-consumption', '.day oya-bar-chart', 'svg');
  },
});

/** The same values as a table. */
export const AsTable = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    await find(canvasElement, 'oya-consumption', 'oya-bar-chart');
    (await find(canvasElement, 'oya-consumption', '.choice.icons button:last-child')).click();
    await find(canvasElement, 'oya-consumption', 'table');
  },
});

/** With the temperature as a line. */
export const WithTemperature = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => (await find(canvasElement, 'oya-consumption', '.compare [type=checkbox]')).click(),
});

/** The curve of all years, to zoom into. */
export const CurveOfYears = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-consumption', '.explore')).click();
    await find(canvasElement, 'oya-consumption', 'oya-consumption-curve oya-load-curve', 'canvas');
  },
});

/** What is shown, as files. */
export const FilesOffered = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-consumption', '.opener')).click();
    await find(canvasElement, 'oya-consumption', '.menu ul');
  },
});

/** A form that came back: each consent that is not ticked is named. */
export const ConsentNotTicked = story({ state: 'ready', persona: 'lucien' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-consumption', 'oya-consumption-consent [type=submit]')).click();
    await find(canvasElement, 'oya-consumption', '.summary');
  },
});

/** The level that the host page's outline asks for. */
export const UnderAnotherHeading = story({ state: 'ready', persona: 'camille' }, { args: { 'heading-level': 4 } });

async function openDay(canvasElement: HTMLElement): Promise<void> {
  (await find(canvasElement, 'oya-consumption', 'oya-bar-chart', 'button:nth-of-type(18)')).click();
}
