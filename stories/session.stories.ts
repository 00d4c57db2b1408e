import '@oya/elements/login.define';
import '@oya/elements/session.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import { NOBODY, type Portal } from './portal.ts';
import { story } from './states.ts';

export default { title: 'Elements/Session', component: 'oya-session' } satisfies Meta;

/** A session that is far from its end: nothing is said. */
export const Silent = story({ state: 'ready', persona: 'camille' });

/** The notice at the foot of the page, a minute before the end. */
export const NearlyOver = telling({ persona: 'camille', nearlyOver: true }, 'section');
export const NotProlonged = telling({ persona: 'camille', nearlyOver: true, faults: { extendSession: 'unavailable' } }, 'section', async (within) => {
  await userEvent.click(await find(within, 'section .primary'));
  await find(within, '[role=alert]');
});
export const CannotBeProlonged = telling({ persona: 'camille', nearlyOver: true, without: ['extendSession'] }, 'section');

/** The time ran out, and nobody was in the middle of anything. */
export const Ended = telling({ persona: NOBODY, expired: true }, 'section');

/** The session ended in the middle of something: the sign-in comes over whatever is open. */
export const SignInOver = telling({ persona: 'camille', interrupted: true }, 'dialog[open] oya-login form');

function telling(portal: Portal & { persona: string }, outcome: string, then: (within: HTMLElement) => Promise<unknown> = () => Promise.resolve()): StoryObj {
  return story({ state: 'ready', ...portal }, {
    play: async ({ canvasElement }) => {
      await find(canvasElement, outcome);
      await then(canvasElement);
    },
  });
}
