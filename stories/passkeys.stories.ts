import '@oya/elements/passkeys.define';
import { findPersona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { onDevice } from './passkey-device.ts';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

/** The device of these stories answers by itself, so that they are the same each time; take `beforeEach` away to try them with your own. */
export default { title: 'Elements/Passkeys', component: 'oya-passkeys', beforeEach: onDevice() } satisfies Meta;

export const None = story({ state: 'empty', persona: 'camille' });
export const List = story({ state: 'ready', persona: 'nadia' });
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listPasskeys');

/** The portal offers to list and remove them, but none can be added. */
export const NotToBeAdded = story({ state: 'ready', persona: 'nadia', without: ['startPasskey'] });

const { password } = findPersona('camille');

/** The form to add one, as far as it comes. */
function adding({ fails, portal = {}, typed = password, outcome }: { fails?: string; portal?: Portal; typed?: string | null; outcome: readonly string[] }): StoryObj {
  return story({ state: 'empty', persona: 'camille', ...portal }, {
    beforeEach: onDevice({ ...(fails !== undefined && { fails }) }),
    play: async ({ canvasElement }) => {
      (await find(canvasElement, 'oya-passkeys .add')).click();
      const field = await find(canvasElement, '[name=password]');
      if (typed !== null) {
        if (typed) await userEvent.type(field, typed);
        (await find<HTMLFormElement>(canvasElement, 'oya-passkey-add form')).requestSubmit();
      }
      for (const selector of outcome) await find(canvasElement, selector);
    },
  });
}

export const Adding = adding({ typed: null, outcome: ['[name=label]'] });
export const AskingTheDevice = adding({ fails: 'silent', outcome: ['[type=submit][aria-disabled=true]'] });
export const Added = adding({ portal: { state: 'ready' }, outcome: ['.outcome'] });
export const NothingTyped = adding({ typed: '', outcome: ['.summary'] });
export const WrongPassword = adding({ typed: 'Soleil-2026', outcome: ['.summary'] });
export const Cancelled = adding({ fails: 'NotAllowedError', outcome: ['.summary'] });
export const AlreadyOnThisDevice = adding({ fails: 'InvalidStateError', outcome: ['.summary'] });
export const DeviceCannot = adding({ fails: 'ConstraintError', outcome: ['.summary'] });
export const BrowserRefuses = adding({ fails: 'SecurityError', outcome: ['.summary'] });
export const Refused = adding({ portal: { faults: { addPasskey: 'invalid' } }, outcome: ['.summary'] });
export const AddingRateLimited = adding({ portal: { faults: { addPasskey: 'rate-limited' } }, outcome: ['.summary'] });

/** The question before one is removed, in its place. */
function removing(portal: Portal, then: (within: HTMLElement) => Promise<unknown>): StoryObj {
  return story({ state: 'ready', persona: 'nadia', ...portal }, {
    play: async ({ canvasElement }): Promise<void> => {
      (await find(canvasElement, 'li .button')).click();
      await find(canvasElement, '.sure');
      await then(canvasElement);
    },
  });
}

async function confirm(within: HTMLElement, outcome: string): Promise<void> {
  (await find(within, '.danger')).click();
  await find(within, outcome);
}

export const AskingBeforeRemoval = removing({}, () => Promise.resolve());
export const Removed = removing({}, (within) => confirm(within, '.outcome'));
export const NotRemoved = removing({ faults: { removePasskey: 'unavailable' } }, (within) => confirm(within, '.summary'));
