import '@oya/elements/login.define';
import { findPersona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { onDevice } from './passkey-device.ts';
import { find } from './play.ts';
import { mailsOf, NOBODY, type Portal } from './portal.ts';
import type { DeviceOptions } from '../packages/elements/src/testing/passkey-device.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

/** Passkeys are those of a device that answers by itself, so that what is shown is the same on every machine. */
export default { title: 'Elements/Login', component: 'oya-login', beforeEach: onDevice({ platform: false, suggests: false }) } satisfies Meta;

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

/** The link to the page that makes accounts stands in for its address in the mail. */
export const Unconfirmed = story({ state: 'ready', persona: NOBODY, unconfirmed: true }, {
  play: async ({ canvasElement }) => {
    await userEvent.type(await find(canvasElement, 'input[name=login]'), login);
    await userEvent.type(await find(canvasElement, 'input[name=password]'), password);
    (await find<HTMLFormElement>(canvasElement, 'form')).requestSubmit();
    await find(canvasElement, '.summary');
  },
});

export const Remembered = story({ state: 'ready', persona: NOBODY }, {
  play: async ({ canvasElement }) => {
    (await find(canvasElement, 'input[name=remember]')).click();
    await userEvent.type(await find(canvasElement, 'input[name=login]'), login);
    await userEvent.type(await find(canvasElement, 'input[name=password]'), password);
    (await find<HTMLFormElement>(canvasElement, 'form')).requestSubmit();
    await find(canvasElement, '.card');
  },
});

/** The way back into the account, as far as one step of it. */
function recovering(after: (within: HTMLElement, mailedCode: () => string) => Promise<unknown>, portal: Portal = {}, view = 'forgotten-password'): StoryObj {
  return story({ state: 'ready', persona: NOBODY, ...portal }, {
    args: { view },
    play: async ({ canvasElement, id }): Promise<void> => void (await after(canvasElement, () => mailsOf(id).at(-1)?.code ?? '0000000')),
  });
}

async function fillIn(within: HTMLElement, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await userEvent.type(await find(within, `oya-login-recovery input[name=${name}]`), value);
}

async function submit(within: HTMLElement): Promise<void> {
  (await find<HTMLFormElement>(within, 'oya-login-recovery form')).requestSubmit();
}

async function toCode(within: HTMLElement): Promise<void> {
  await fillIn(within, { login });
  await submit(within);
  await find(within, 'input[name=code]');
}

const CHOSEN = 'Verrerie-de-Carmaux-81';

export const ForgottenPassword = recovering((within) => find(within, 'oya-login-recovery form'));
export const ForgottenPasswordNothingTyped = recovering(async (within) => {
  await find(within, 'oya-login-recovery form');
  await submit(within);
  await find(within, '.summary');
});
export const CodeOnItsWay = recovering(async (within) => {
  await toCode(within);
  await find(within, '.rules');
});
export const PasswordBeingTyped = recovering(async (within) => {
  await toCode(within);
  await find(within, '.rules');
  await fillIn(within, { password: 'verreries1' });
});
export const PasswordTooWeak = recovering(async (within) => {
  await toCode(within);
  await find(within, '.rules');
  await fillIn(within, { code: '12', password: 'soleil', repeat: 'soleils' });
  await submit(within);
  await find(within, '.summary');
});
export const CodeWrong = recovering(async (within, code) => {
  await toCode(within);
  await fillIn(within, { code: code() === '1111111' ? '2222222' : '1111111', password: CHOSEN, repeat: CHOSEN });
  await submit(within);
  await find(within, '.summary');
});
export const CodeEnded = recovering(async (within, code) => {
  await toCode(within);
  const wrong = code() === '1111111' ? '2222222' : '1111111';
  await fillIn(within, { code: wrong, password: CHOSEN, repeat: CHOSEN });
  for (let tries = 0; tries < 5; tries++) {
    await submit(within);
    await find(within, '.summary');
    await find(within, 'button[type=submit]:not([aria-disabled])');
  }
  await find(within, '.summary .as-link');
});
export const ResetRateLimited = recovering(async (within) => {
  await fillIn(within, { login });
  await submit(within);
  await find(within, '.summary');
}, { faults: { requestPasswordReset: 'rate-limited' } });
export const PasswordChanged = recovering(async (within, code) => {
  await toCode(within);
  await fillIn(within, { code: code(), password: CHOSEN, repeat: CHOSEN });
  await submit(within);
  await find(within, '.card');
});
export const ForgottenIdentifier = recovering((within) => find(within, 'input[name=email]'), {}, 'forgotten-identifier');
export const IdentifierOnItsWay = recovering(async (within) => {
  await fillIn(within, { email: 'camille.durand@example.org' });
  await submit(within);
  await find(within, 'oya-login-recovery .as-link:last-of-type');
}, {}, 'forgotten-identifier');

/** A passkey instead of the password, as far as it comes. */
function withPasskey(device: DeviceOptions, outcome: string, portal: Portal = {}): StoryObj {
  return story({ state: 'ready', persona: NOBODY, ...portal }, {
    beforeEach: onDevice({ suggests: false, ...device }),
    play: async ({ canvasElement }) => {
      (await find(canvasElement, 'oya-login-passkeys button')).click();
      await find(canvasElement, outcome);
    },
  });
}

export const PasskeyOffered = story({ state: 'ready', persona: NOBODY }, { play: async ({ canvasElement }): Promise<void> => void (await find(canvasElement, 'oya-login-passkeys button')) });
export const WithoutPasskeys = story({ state: 'ready', persona: NOBODY, without: ['startPasskeySignIn'] });
export const PasskeyAsked = withPasskey({ fails: 'silent' }, 'oya-login-passkeys [aria-disabled=true]');
export const PasskeyCancelled = withPasskey({ fails: 'NotAllowedError' }, '.summary');
export const PasskeyBlocked = withPasskey({ fails: 'SecurityError' }, '.summary');
export const PasskeyRefused = withPasskey({}, '.summary');
export const PasskeyUnavailable = withPasskey({}, '.summary', { faults: { startPasskeySignIn: 'unavailable' } });

/** On the card of whoever signed in with a password, and has no passkey yet. */
function offering(after: (within: HTMLElement) => Promise<unknown>): StoryObj {
  return story({ state: 'ready', persona: 'camille' }, {
    beforeEach: onDevice(),
    play: async ({ canvasElement }): Promise<void> => {
      await find(canvasElement, 'oya-login-passkey-offer .actions');
      await after(canvasElement);
    },
  });
}

export const NextTimeWithoutPassword = offering(() => Promise.resolve());
export const PasskeyBeingMade = offering(async (within) => {
  (await find(within, 'oya-login-passkey-offer .button')).click();
  await find(within, 'oya-passkey-add [name=password]');
});
export const PasskeyMade = offering(async (within) => {
  (await find(within, 'oya-login-passkey-offer .button')).click();
  await userEvent.type(await find(within, 'oya-passkey-add [name=password]'), password);
  (await find<HTMLFormElement>(within, 'oya-passkey-add form')).requestSubmit();
  await find(within, '.done');
});
