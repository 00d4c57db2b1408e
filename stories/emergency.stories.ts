import '@oya/elements/emergency.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { NOBODY } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Emergency', component: 'oya-emergency' } satisfies Meta;

/** As a page writes it: its numbers inside. */
const withNumbers = () => html`<oya-emergency><p>Odeur de gaz : <a href="tel:0536491030">05 36 49 10 30</a>. Panne d’électricité : <a href="tel:0536491020">05 36 49 10 20</a>.</p></oya-emergency>`;

export const Ready = ready(NOBODY);
export const GasAlone: StoryObj = { ...ready(NOBODY), args: { energy: 'gas' } };
/** Of somebody whose utility has electricity only. */
export const WithoutGas: StoryObj = { ...ready('marc'), args: { energy: 'gas' } };
export const English = story({ state: 'ready', persona: NOBODY }, { globals: { language: 'en' } });
export const Loading = loading();
/** The page's own numbers stay until those of the portal come. */
export const LoadingWithNumbers: StoryObj = { ...loading(), render: withNumbers };
export const Offline = failing('offline');
/** The page's own numbers stay. */
export const OfflineWithNumbers: StoryObj = { ...failing('offline'), render: withNumbers };
export const Unavailable = failing('unavailable');
export const Unsupported = unsupported('describeUtility');
