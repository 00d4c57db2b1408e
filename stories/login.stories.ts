import '@oya/elements/login.define';
import { findPersona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import { NOBODY, type Portal } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Login', component: 'oya-login' } satisfies Meta;

export const Form = ready(NOBODY);
export const SignedIn = ready('camille');
export const SessionExpired = story({ state: 'ready', persona: NOBODY, expired: true });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('whoAmI');

const { login, password } = findPersona('camille');

/** Sends the form with what somebody typed, and waits for what comes of it. */
function sending(login: string, password: string, portal: Portal = {}, outcome = '[role=alert]'): StoryObj {
  return story({ state: 'ready', persona: NOBODY, ...portal }, {
    play: async ({ canvasElement }) => {
      if (login) await userEvent.type(await find(canvasElement, 'input[name=login]'), login);
      if (password) await userEvent.type(await find(canvasElement, 'input[name=password]'), password);
      (await find<HTMLFormElement>(canvasElement, 'form')).requestSubmit();
      await find(canvasElement, outcome);
    },
  });
}

export const NothingTyped = sending('', '');
export const WrongPassword = sending(login, 'Soleil-2026');
export const Sending = sending(login, password, { faults: { signIn: 'silent' } }, 'button[type=submit][aria-disabled=true]');
export const SignInOffline = sending(login, password, { faults: { signIn: 'offline' } });
export const SignInUnavailable = sending(login, password, { faults: { signIn: 'unavailable' } });
export const SignInRateLimited = sending(login, password, { faults: { signIn: 'rate-limited' } });
