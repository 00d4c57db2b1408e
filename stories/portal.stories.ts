import '@oya/elements/consumption.define';
import '@oya/elements/dashboard.define';
import '@oya/elements/login.define';
import '@oya/elements/portal.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOBODY } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

/** The address is Storybook's: the portal leaves it alone. */
export default { title: 'Elements/Portal', component: 'oya-portal', args: { routing: 'none', 'title-template': 'none' } } satisfies Meta;

export const Ready = ready('camille');
/** The sign-in, in the place of the space. */
export const SignedOut = ready(NOBODY);
export const SessionExpired = story({ state: 'ready', persona: NOBODY, expired: true });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
/** Without sessions there is no customer space. */
export const Unsupported = unsupported('whoAmI');
/** The utility offers nothing that a section could show. */
export const NothingOffered = story({ state: 'ready', persona: 'camille', without: ['listContracts', 'signIn'] });
/** A section that the utility does not offer is not in the navigation. */
export const WithoutConsumption = story({ state: 'ready', persona: 'camille', without: ['getConsumption'] });

export const NewCustomer = ready('emma');
export const WithoutConsent = ready('lucien');
export const ReadByHand = ready('odette');
export const TwoSites = ready('helene');
export const ElectricityAndGas = ready('nadia');

/** Another section, by its link. */
export const Consumption = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'oya-portal', 'a[href="#/consumption"]')).click();
    await find(canvasElement, 'oya-portal', 'oya-consumption', 'oya-bar-chart');
  },
});

/** On a phone the navigation opens from a button. */
export const MenuOpen: StoryObj = story({ state: 'ready', persona: 'camille' }, {
  globals: { viewport: { value: 'phone', isRotated: false } },
  play: async ({ canvasElement }) => (await find(canvasElement, 'oya-portal', '.menu-button')).click(),
});
