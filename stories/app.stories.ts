import '@oya/elements/alerts.define';
import '@oya/elements/app-status.define';
import '@oya/elements/app.define';
import '@oya/elements/consumption.define';
import '@oya/elements/dashboard.define';
import '@oya/elements/ecowatt.define';
import '@oya/elements/emergency.define';
import '@oya/elements/install.define';
import '@oya/elements/login.define';
import '@oya/elements/portal.define';
import '@oya/elements/procedures.define';
import '@oya/elements/tempo.define';
import type { Meta } from '@storybook/web-components-vite';
import { NOBODY } from './portal.ts';
import { story } from './states.ts';

export default { title: 'Elements/App', component: 'oya-app', parameters: { layout: 'fullscreen' } } satisfies Meta;

/** The tabs whose elements the page has. */
export const Ready = story({ state: 'ready', persona: 'camille' });
export const Visitor = story({ state: 'ready', persona: NOBODY });
export const Sicae = story({ state: 'ready', persona: 'camille' }, { globals: { theme: 'sicae' } });
/** What is on view was kept on the device. */
export const Offline = story({ state: 'ready', persona: 'camille', keptSince: '2026-11-23T17:30:00Z' });
