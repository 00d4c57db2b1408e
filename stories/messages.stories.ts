import '@oya/elements/messages.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Messages', component: 'oya-messages' } satisfies Meta;

const MESSAGES = 'oya-messages';

/** An answer waits to be read. */
export const Ready = story({ state: 'ready', persona: 'lucien' }, { play: async ({ canvasElement }) => void (await find(canvasElement, MESSAGES, '.badge')) });
/** The thread, with what was answered. */
export const Thread = opening('lucien', '.thread', '.message.utility');
/** One that is done. */
export const Closed = opening('camille', '.thread', '.message.utility');
/** Nothing was written yet. */
export const None = story({ state: 'ready', persona: 'odette' }, { play: async ({ canvasElement }) => void (await find(canvasElement, MESSAGES, '.list')) });
/** About one of the invoices. */
export const Writing = opening('camille', '.top .button', 'form');
/** Nothing was written before it was sent. */
export const Nothing: StoryObj = story({ state: 'ready', persona: 'camille' }, {
  play: async ({ canvasElement }) => {
    (await find<HTMLButtonElement>(canvasElement, MESSAGES, '.top .button')).click();
    (await find<HTMLButtonElement>(canvasElement, MESSAGES, 'button[type=submit]')).click();
    await find(canvasElement, MESSAGES, '.summary');
  },
});
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listThreads');

function opening(persona: string, selector: string, settled: string): StoryObj {
  return story({ state: 'ready', persona }, {
    play: async ({ canvasElement }) => {
      (await find<HTMLButtonElement>(canvasElement, MESSAGES, selector)).click();
      await find(canvasElement, MESSAGES, settled);
    },
  });
}
