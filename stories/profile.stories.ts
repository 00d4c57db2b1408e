import '@oya/elements/profile.define';
import { findPersona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import { mailsOf, type Portal } from './portal.ts';
import { failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Profile', component: 'oya-profile', beforeEach: () => forgetDrafts() } satisfies Meta;

const PASSWORD = findPersona('camille').password;

type Values = Readonly<Record<string, string>>;
const ADDRESS: Values = { line1: '22 avenue de Rodez', line2: 'Bâtiment B, porte 4', postcode: '81400', city: 'Carmaux' };

/** A family: a phone, choices, two other devices, two years of activity. */
export const Ready = ready('camille');
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getProfile');

/** A change of address waits, after one that was refused. */
export const RequestPending = ready('lucien');
export const RequestRefused = story({
  state: 'ready',
  persona: 'camille',
  profile: {
    requests: [
      {
        id: 'refused',
        what: 'address',
        address: { lines: ['3 place Jaurès'], postcode: '81400', city: 'Albi', country: 'FR' },
        askedAt: '2026-11-03T10:00:00Z',
        state: 'refused',
        decidedAt: '2026-11-05T10:00:00Z',
        reason: 'Le code postal et la ville ne vont pas ensemble.',
      },
    ],
  },
});
export const NoPhone = ready('odette');
/** A new customer: no address, hardly any activity. */
export const NewCustomer = ready('emma');
/** Somebody who reads a contract of another. */
export const Reader = ready('lea');
/** Changes of address hold at once; no SMS. */
export const OtherUtility = story({ state: 'ready', persona: 'helene' }, { globals: { theme: 'sicae' } });
export const WithoutPassword = story({ state: 'ready', persona: 'camille', profile: { password: null } });
/** A portal that shows the account and changes nothing. */
export const ReadOnly = story({
  state: 'ready',
  persona: 'camille',
  without: ['updateProfile', 'changeIdentifier', 'changePassword', 'startEmailChange', 'changeAddress', 'withdrawRequest', 'endDevice', 'endOtherDevices', 'listDevices', 'listActivity', 'exportData', 'closeAccount', 'listPasskeys'],
});

export const Email = opening('email');
export const EmailNothingTyped = sending('email', {});
export const EmailSame = sending('email', { email: findPersona('camille').email, currentPassword: PASSWORD });
export const EmailWrongPassword = sending('email', { email: 'camille@example.org', currentPassword: 'Cascade-81000' });
export const EmailNeedsSignIn = sending('email', { email: 'camille@example.org' }, { profile: { password: null } });
export const EmailCode = playing(async (canvas) => askForCode(canvas));
export const EmailCodeWrong = playing(async (canvas) => {
  await askForCode(canvas);
  await send(canvas, 'code', { code: '0000000' });
  await find(canvas, '.summary');
});
/** Closed for later: the line says that an address waits. */
export const EmailWaits = playing(async (canvas) => {
  await askForCode(canvas);
  await userEvent.click(await find(canvas, 'form.code .button:not(.primary)'));
  await find(canvas, '.open-email');
});
export const EmailChanged = playing(async (canvas, id) => {
  await askForCode(canvas);
  await send(canvas, 'code', { code: mailsOf(id).findLast(({ code }) => code !== undefined)?.code ?? '' });
  await find(canvas, '.outcome');
});

export const Phone = opening('phone');
export const PhoneInvalid = sending('phone', { phone: '12' });
export const PhoneChanged = sending('phone', { phone: '06 39 98 12 34' }, {}, '.outcome');
export const PhoneUnavailable = sending('phone', { phone: '06 39 98 12 34' }, { faults: { updateProfile: 'unavailable' } });
export const PhoneTooOften = sending('phone', { phone: '06 39 98 12 34' }, { faults: { updateProfile: 'rate-limited' } });
export const PhoneSending = sending('phone', { phone: '06 39 98 12 34' }, { faults: { updateProfile: 'silent' } }, 'button[type=submit][aria-disabled=true]');

export const Address = opening('address');
export const AddressIncomplete = sending('address', { line1: '', postcode: '814', city: '' });
export const AddressAsked = sending('address', ADDRESS, {}, '.request');
export const AddressConflict = sending('address', ADDRESS, { faults: { changeAddress: 'conflict' } });
export const Withdraw = playing(async (canvas) => {
  await userEvent.click(await find(canvas, '.open-withdrawal'));
  await find(canvas, 'form.withdrawal');
}, { persona: 'lucien' });

export const Identifier = opening('identifier');
export const IdentifierTaken = playing(async (canvas) => {
  await open(canvas, 'identifier');
  await type(canvas, 'identifier', { identifier: findPersona('lucien').login });
  await find(canvas, '.live.taken');
});
export const IdentifierChanged = sending('identifier', { identifier: 'camille.carmaux', currentPassword: PASSWORD }, {}, '.outcome');

export const Password = playing(async (canvas) => {
  await open(canvas, 'password');
  await type(canvas, 'password', { password: 'Verrerie' });
  await find(canvas, '.rules .kept');
});
export const PasswordWeak = sending('password', { currentPassword: PASSWORD, password: 'camille', repeat: 'camile' });
export const PasswordChanged = sending('password', { currentPassword: PASSWORD, password: 'Verrerie-de-Carmaux-81', repeat: 'Verrerie-de-Carmaux-81' }, {}, '.outcome');

export const Language = opening('language');
export const Notifications = opening('notifications');
/** An SMS asks for a phone. */
export const NotificationsBySms = playing(async (canvas) => {
  await open(canvas, 'notifications');
  await userEvent.click(await find(canvas, `input[name='readings.sms']`));
  (await find<HTMLFormElement>(canvas, 'form.notifications')).requestSubmit();
  await find(canvas, '.summary');
}, { persona: 'odette' });
export const NotificationsChanged = sending('notifications', {}, {}, '.outcome');

export const EndDevice = playing(async (canvas) => {
  await userEvent.click(await find(canvas, '[data-device=camille-phone]'));
  await find(canvas, 'oya-profile-devices .task');
});
export const EndOtherDevices = playing(async (canvas) => {
  await userEvent.click(await find(canvas, '.ask-others'));
  await userEvent.click(await find(canvas, 'oya-profile-devices .task .primary'));
  await find(canvas, 'oya-profile-devices .outcome');
});
export const EndDeviceUnavailable = playing(async (canvas) => {
  await userEvent.click(await find(canvas, '[data-device=camille-phone]'));
  await userEvent.click(await find(canvas, 'oya-profile-devices .task .primary'));
  await find(canvas, '.summary');
}, { faults: { endDevice: 'unavailable' } });
export const DevicesUnavailable = playing(async (canvas) => find(canvas, 'oya-profile-devices .notice'), { faults: { listDevices: 'unavailable' } });

/** All that was read on, of one group and then of all. */
export const ManyActivities = playing(async (canvas) => {
  const more = async () => userEvent.click(await find(canvas, '.more'));
  await more();
  await more();
  await find(canvas, 'oya-profile-activity li:nth-child(1)');
});
export const ActivityOfContracts = playing(async (canvas) => {
  await userEvent.selectOptions(await find(canvas, 'oya-profile-activity select'), 'contracts');
  await find(canvas, '.days:not(.stale)');
}, { persona: 'helene' });
export const NoSuchActivity = playing(async (canvas) => {
  await userEvent.selectOptions(await find(canvas, 'oya-profile-activity select'), 'contracts');
  await find(canvas, '.days > p');
});
export const ActivityUnavailable = playing(async (canvas) => find(canvas, 'oya-profile-activity .notice'), { faults: { listActivity: 'unavailable' } });

export const Export = opening('export');
export const Close = opening('closure');
export const CloseWrongPassword = sending('closure', { currentPassword: 'Cascade-81000' });
export const Closed = playing(async (canvas) => {
  await open(canvas, 'closure');
  await send(canvas, 'closure', { currentPassword: PASSWORD });
  await find(canvas, '.farewell');
}, { state: 'signed-out' });

/** The level that the host page's outline asks for. */
export const UnderAnotherHeading = story({ state: 'ready', persona: 'camille' }, { args: { 'heading-level': 3 } });

function playing(play: (canvas: HTMLElement, storyId: string) => Promise<unknown>, portal: Portal & { persona?: string } = {}): StoryObj {
  return story({ state: 'ready', persona: 'camille', ...portal }, { play: async ({ canvasElement, id }) => void (await play(canvasElement, id)) });
}

function opening(change: string): StoryObj {
  return playing(async (canvas) => open(canvas, change));
}

function sending(change: string, values: Values, portal: Portal = {}, outcome = '.summary'): StoryObj {
  return playing(async (canvas) => {
    await open(canvas, change);
    await send(canvas, change, values);
    await find(canvas, outcome);
  }, portal);
}

async function open(canvas: HTMLElement, change: string): Promise<void> {
  await userEvent.click(await find(canvas, `.open-${change}`));
  await find(canvas, `form.${change}`);
}

async function type(canvas: HTMLElement, form: string, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = await find<HTMLInputElement>(canvas, `form.${form} [name=${name}]`);
    await userEvent.clear(field);
    if (value !== '') await userEvent.type(field, value);
  }
}

async function send(canvas: HTMLElement, form: string, values: Values): Promise<void> {
  await type(canvas, form, values);
  (await find<HTMLFormElement>(canvas, `form.${form}`)).requestSubmit();
}

async function askForCode(canvas: HTMLElement): Promise<void> {
  await open(canvas, 'email');
  await send(canvas, 'email', { email: 'camille@example.org', currentPassword: PASSWORD });
  await find(canvas, 'form.code');
}

/** What a story leaves behind is not the beginning of the next. */
function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('oya-profile/')) sessionStorage.removeItem(key);
}
