import '@oya/elements/alert-settings.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOBODY, type Portal } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Alert settings', component: 'oya-alert-settings' } satisfies Meta;

const TAG = 'oya-alert-settings';

export const Ready = ready('camille');
/** Without an account: this device alone, by commune. */
export const Visitor = story({ state: 'ready', persona: NOBODY });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const Unsupported = unsupported('describeAlerts');

export const QuietAtNight = acting(async (canvas) => {
  (await find(canvas, TAG, '[name=is-quiet]')).click();
  await find(canvas, TAG, '[name=quiet-from]');
});

export const Saved = acting(async (canvas) => {
  (await find(canvas, TAG, '[name=works][value=sms]')).click();
  (await find(canvas, TAG, '[type=submit]')).click();
  await find(canvas, TAG, '.said');
});

export const SavingFails = acting(
  async (canvas) => {
    (await find(canvas, TAG, '[type=submit]')).click();
    await find(canvas, TAG, '.summary');
  },
  { faults: { updateAlertSettings: 'unavailable' } },
);

/** What is agreed to, in whole, before anything is kept. */
export const MedicalNeed = acting(async (canvas) => {
  (await find(canvas, TAG, '.part:last-of-type .buttons button')).click();
  await find(canvas, TAG, '.consent');
});

function acting(act: (canvas: HTMLElement) => Promise<void>, portal: Portal = {}): StoryObj {
  return { ...story({ state: 'ready', persona: 'camille', ...portal }), play: ({ canvasElement }) => act(canvasElement) };
}
