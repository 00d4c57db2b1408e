import '@oya/elements/alerts.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOBODY, type Portal } from './portal.ts';
import { failing, loading, story, unsupported } from './states.ts';

export default { title: 'Elements/Alerts', component: 'oya-alerts' } satisfies Meta;

/** A week without an outage: works to come, one that reaches the customer's address, and what was restored last night. */
export const OrdinaryWeek = at('ordinary', 'camille');
/** The customer's own street is cut, and the expected end has moved. */
export const YourAddress = at('outage', 'camille');
/** Everybody sees it, without an account. */
export const Public = at('outage', NOBODY);
/** Many outages at once, of which little is known yet. */
export const StormNight = at('storm', NOBODY);
export const StormNightSicae = at('storm', 'julien');
/** Nothing is cut and nothing is planned. */
export const Nothing = at('calm', NOBODY);
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getOutageBoard');

/** The end moved while the page was open. */
export const EndMoved = at('outage', 'camille', { prepare: ({ setOutages, tellOutage }) => (setOutages('outage'), tellOutage('eneo-acacias', { estimatedEnd: '2026-11-24T15:00:00Z', note: { fr: 'Une pièce doit être livrée.', en: 'A part has to be delivered.' } })) });
/** It was restored, and somebody is still without power. */
export const Restored = at('outage', 'camille', { prepare: ({ setOutages, tellOutage }) => (setOutages('outage'), tellOutage('eneo-acacias', { state: 'restored' })) });
/** The expected end has passed without a word. */
export const Overdue = at('outage', 'camille', { prepare: ({ setOutages, tellOutage }) => (setOutages('outage'), tellOutage('eneo-acacias', { estimatedEnd: '2026-11-24T07:00:00Z' })) });

export const Map = {
  ...at('storm', 'julien'),
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-alerts', '.choice button:last-child')).click();
    await find(canvasElement, 'oya-alerts', '.commune');
    (await find(canvasElement, 'oya-alerts', '.map summary')).click();
  },
} satisfies StoryObj;

/** The map has not been given: the list says all. */
export const WithoutMap = {
  ...at('outage', NOBODY, { without: ['getOutageMap'] }),
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-alerts', '.choice button:last-child')).click();
    await find(canvasElement, 'oya-alerts', 'p.notice');
  },
} satisfies StoryObj;

function at(outages: 'ordinary' | 'outage' | 'storm' | 'calm', persona: string, portal: Portal = {}): StoryObj {
  return story({ state: 'ready', persona, prepare: ({ setOutages }) => setOutages(outages), ...portal });
}
