import '@oya/elements/outage-report.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOBODY, type Portal } from './portal.ts';
import { failing, loading, story, unsupported } from './states.ts';

export default { title: 'Elements/Outage report', component: 'oya-outage-report' } satisfies Meta;

const TAG = 'oya-outage-report';

export const Ready = story({ state: 'ready', persona: NOBODY });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const Unsupported = unsupported('getOutageBoard');

/** Nothing to fill in: call. */
export const SmellOfGas = chosen('smell', NOBODY);
export const CableDown = chosen('wire', NOBODY);
export const NoPower = chosen('power', NOBODY);
/** The customer's own address stands there. */
export const NoPowerAtHome = chosen('power', 'camille', { prepare: ({ setOutages }) => setOutages('outage') });
export const NoGas = chosen('gas-none', NOBODY);

export const Missing = {
  ...chosen('power', NOBODY),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'power');
    (await find(canvasElement, TAG, 'form [type=submit]')).click();
    await find(canvasElement, TAG, '.summary');
  },
} satisfies StoryObj;

export const Reported = {
  ...chosen('power', 'camille'),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'power');
    (await find(canvasElement, TAG, '[name=extent][value=street]')).click();
    (await find(canvasElement, TAG, 'form [type=submit]')).click();
    await find(canvasElement, TAG, '.outcome');
  },
} satisfies StoryObj;

export const SendingFails = {
  ...chosen('power', 'camille', { faults: { reportOutage: 'unavailable' } }),
  play: async ({ canvasElement }) => {
    await choose(canvasElement, 'power');
    (await find(canvasElement, TAG, '[name=extent][value=street]')).click();
    (await find(canvasElement, TAG, 'form [type=submit]')).click();
    await find(canvasElement, TAG, '.summary');
  },
} satisfies StoryObj;

async function choose(canvas: HTMLElement, situation: string): Promise<void> {
  (await find(canvas, TAG, `[name=what][value=${situation}]`)).click();
  (await find(canvas, TAG, 'form [type=submit]')).click();
}

function chosen(situation: string, persona: string, portal: Portal = {}): StoryObj {
  return { ...story({ state: 'ready', persona, ...portal }), play: ({ canvasElement }) => choose(canvasElement, situation) };
}
