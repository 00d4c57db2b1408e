/** The customer's own account: its data, its devices, what was done, its end. */
import * as z from 'zod/mini';
import { Code, CodeSent, confirmation, EmailAddress, Identifier, NewPassword, PhoneNumber } from '../access.ts';
import { page } from '../page.ts';
import { Id, LanguageTag, Session } from '../portal.ts';
import { Activity, ActivityGroup, DataExport, Device, NotificationChoice, NOTIFICATION_TOPICS, PostalAddress, Profile } from '../profile.ts';
import { operation } from './operation.ts';

const nothing = z.object({});

export const getProfile = operation({
  name: 'getProfile',
  summary: 'The account and its customer: logins, ways to reach them, what they want to be told of, changes that wait.',
  method: 'GET',
  path: '/profile',
  auth: 'customer',
  input: nothing,
  output: Profile,
  errors: [],
});

export const updateProfile = operation({
  name: 'updateProfile',
  summary: 'Changes what holds at once: phone, language, notifications. What is absent stays.',
  method: 'PATCH',
  path: '/profile',
  auth: 'customer',
  input: z.object({
    phone: z.optional(z.nullable(PhoneNumber)),
    language: z.optional(LanguageTag),
    notifications: z.optional(z.array(NotificationChoice).check(z.maxLength(NOTIFICATION_TOPICS.length))),
  }),
  output: Profile,
  // `invalid` with fields: `phone` `invalid`; `language` `unknown`; `notifications` `phone-needed` for SMS without a phone, `unknown-channel`.
  errors: ['invalid'],
});

export const changeIdentifier = operation({
  name: 'changeIdentifier',
  summary: 'Gives the account another identifier.',
  method: 'PUT',
  path: '/profile/identifier',
  auth: 'customer',
  input: z.object({ identifier: Identifier, ...confirmation }),
  output: Profile,
  // `invalid` on `identifier` with `taken`.
  errors: ['invalid', 'forbidden', 'rate-limited'],
});

export const changePassword = operation({
  name: 'changePassword',
  summary: 'Sets a new password and ends all other sessions.',
  method: 'PUT',
  path: '/profile/password',
  auth: 'customer',
  input: z.object({ password: NewPassword, ...confirmation }),
  output: Profile,
  // `invalid` on `password` with each `PasswordFault`.
  errors: ['invalid', 'forbidden', 'rate-limited'],
});

export const startEmailChange = operation({
  name: 'startEmailChange',
  summary: 'Sends a code to the new e-mail address, and word of it to the old. The same answer where another account has the address.',
  method: 'POST',
  path: '/profile/email',
  auth: 'customer',
  input: z.object({ email: EmailAddress, ...confirmation }),
  output: CodeSent,
  // `invalid` on `email` with `same`.
  errors: ['invalid', 'forbidden', 'rate-limited'],
});

export const confirmEmailChange = operation({
  name: 'confirmEmailChange',
  summary: 'The code from the new address: from now on it is that of the account.',
  method: 'POST',
  path: '/profile/email/confirmation',
  auth: 'customer',
  input: z.object({ code: Code }),
  output: Profile,
  // `invalid` on the field `code` as in `confirmSignUp`.
  errors: ['invalid', 'rate-limited'],
});

export const cancelEmailChange = operation({
  name: 'cancelEmailChange',
  summary: 'The address stays as it is; the code that was sent ends.',
  method: 'DELETE',
  path: '/profile/email',
  auth: 'customer',
  input: nothing,
  output: Profile,
  errors: [],
});

export const changeAddress = operation({
  name: 'changeAddress',
  summary: 'Gives another postal address: at once, or once the utility has approved it.',
  method: 'PUT',
  path: '/profile/address',
  auth: 'customer',
  input: z.object({ address: PostalAddress }),
  output: Profile,
  // `conflict`: another address waits for approval already; withdraw it first.
  errors: ['invalid', 'conflict', 'rate-limited'],
});

export const withdrawRequest = operation({
  name: 'withdrawRequest',
  summary: 'Takes back a change that waits for approval.',
  method: 'DELETE',
  path: '/profile/requests/{requestId}',
  auth: 'customer',
  input: z.object({ requestId: Id }),
  output: Profile,
  // `conflict`: the utility has decided meanwhile.
  errors: ['not-found', 'conflict'],
});

export const listDevices = operation({
  name: 'listDevices',
  summary: 'Where the account is signed in, the asking browser first.',
  method: 'GET',
  path: '/profile/devices',
  auth: 'customer',
  input: nothing,
  output: page(Device),
  errors: [],
});

export const endDevice = operation({
  name: 'endDevice',
  summary: 'Signs out one device; answers those that are left.',
  method: 'DELETE',
  path: '/profile/devices/{deviceId}',
  auth: 'customer',
  input: z.object({ deviceId: Id }),
  output: page(Device),
  // `conflict`: the asking browser itself, which signs out instead.
  errors: ['not-found', 'conflict'],
});

export const endOtherDevices = operation({
  name: 'endOtherDevices',
  summary: 'Signs out all devices but the asking one.',
  method: 'DELETE',
  path: '/profile/devices',
  auth: 'customer',
  input: nothing,
  output: page(Device),
  errors: [],
});

export const listActivity = operation({
  name: 'listActivity',
  summary: 'What was done with the account and its contracts: who, when, by which channel; the newest first.',
  method: 'GET',
  path: '/profile/activity',
  auth: 'customer',
  input: z.object({ group: z.optional(ActivityGroup), cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(200))) }),
  output: page(Activity),
  errors: ['invalid'],
});

export const exportData = operation({
  name: 'exportData',
  summary: 'Everything that the portal holds of the customer, to take away.',
  method: 'POST',
  path: '/profile/exports',
  auth: 'customer',
  input: nothing,
  output: DataExport,
  errors: ['rate-limited'],
});

export const closeAccount = operation({
  name: 'closeAccount',
  summary: 'Ends the account, its sessions and the accesses it gave; contracts and supply go on.',
  method: 'POST',
  path: '/profile/closure',
  auth: 'customer',
  input: z.object({ ...confirmation }),
  output: Session,
  errors: ['invalid', 'forbidden', 'rate-limited'],
});
