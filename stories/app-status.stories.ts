import '@oya/elements/app-status.define';
import '@oya/elements/contracts.define';
import { appUpdate } from '@oya/core/app-update';
import type { Meta } from '@storybook/web-components-vite';
import { html } from 'lit';
import { story } from './states.ts';

export default { title: 'Elements/App status', component: 'oya-app-status' } satisfies Meta;

const EVENING = '2026-11-23T17:30:00Z';
const beside = () => html`<oya-app-status></oya-app-status>
  <div><oya-contracts></oya-contracts></div>`;

/** The portal answers: nothing is said. */
export const Silent = story({ state: 'ready', persona: 'camille' });

/** What the contracts below show was kept on the device. */
export const Offline = story({ state: 'ready', persona: 'camille', keptSince: EVENING }, { render: beside, beforeEach: () => network(false) });

/** The customer has a network, and the portal does not answer. */
export const NotReached = story({ state: 'ready', persona: 'camille', keptSince: EVENING }, { render: beside });

/** Nothing of the customer's was kept. */
export const NothingKept = story({ state: 'ready', persona: 'camille', keptSince: EVENING }, { beforeEach: () => network(false) });

export const NewVersion = story(
  { state: 'ready', persona: 'camille' },
  {
    beforeEach() {
      appUpdate.set(() => appUpdate.set(undefined));
      return () => appUpdate.set(undefined);
    },
  },
);

function network(isOnline: boolean): () => void {
  Object.defineProperty(navigator, 'onLine', { value: isOnline, configurable: true });
  return () => void Reflect.deleteProperty(navigator, 'onLine');
}
