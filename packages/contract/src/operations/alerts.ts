/** What customers, and those without an account, are told of by the portal's own accord. */
import * as z from 'zod/mini';
import { PhoneNumber } from '../access.ts';
import { AlertChoice, AlertService, AlertSettings, Following, PushSubscription, QuietHours } from '../alerts.ts';
import { Id } from '../portal.ts';
import { operation } from './operation.ts';

export const describeAlerts = operation({
  name: 'describeAlerts',
  summary: 'Of what and by which ways the utility tells, and what programs subscribe to.',
  method: 'GET',
  path: '/alerts',
  auth: 'public',
  input: z.object({}),
  output: AlertService,
  errors: [],
});

export const getAlertSettings = operation({
  name: 'getAlertSettings',
  summary: 'What the customer is told of, where and how.',
  method: 'GET',
  path: '/alerts/settings',
  auth: 'customer',
  input: z.object({}),
  output: AlertSettings,
  errors: [],
});

export const updateAlertSettings = operation({
  name: 'updateAlertSettings',
  summary: 'Changes what is named; what is absent stays.',
  method: 'PATCH',
  path: '/alerts/settings',
  auth: 'customer',
  input: z.object({
    choices: z.optional(z.array(AlertChoice).check(z.maxLength(10))),
    mutedContracts: z.optional(z.array(Id).check(z.maxLength(100))),
    communes: z.optional(Following.shape.communes),
    quietHours: z.optional(z.nullable(QuietHours)),
  }),
  output: AlertSettings,
  // `invalid`: `choices` with `unknown-channel` or `phone-needed`, `communes` with `unknown`.
  errors: ['invalid'],
});

export const addPushDevice = operation({
  name: 'addPushDevice',
  summary: 'Has this browser told as well; one that was added before keeps its place.',
  method: 'POST',
  path: '/alerts/devices',
  auth: 'customer',
  input: z.object({ subscription: PushSubscription }),
  output: AlertSettings,
  errors: ['invalid', 'unsupported'],
});

export const removePushDevice = operation({
  name: 'removePushDevice',
  summary: 'Has a browser no longer told.',
  method: 'DELETE',
  path: '/alerts/devices/{deviceId}',
  auth: 'customer',
  input: z.object({ deviceId: Id }),
  output: AlertSettings,
  errors: ['not-found'],
});

export const followAlerts = operation({
  name: 'followAlerts',
  summary: 'Has a browser told without an account; asked again, it replaces what was chosen.',
  method: 'POST',
  path: '/alerts/followers',
  auth: 'public',
  input: z.extend(Following, { subscription: PushSubscription }),
  output: Following,
  // `rate-limited` for who adds browser after browser.
  errors: ['invalid', 'unsupported', 'rate-limited'],
});

export const unfollowAlerts = operation({
  name: 'unfollowAlerts',
  summary: 'Has a browser without an account no longer told. Its endpoint is known to nobody else.',
  method: 'POST',
  path: '/alerts/followers/end',
  auth: 'public',
  input: z.object({ endpoint: PushSubscription.shape.endpoint }),
  output: z.object({}),
  errors: [],
});

export const giveMedicalNeed = operation({
  name: 'giveMedicalNeed',
  summary: 'Consents to the utility’s knowing that equipment at this address is needed for somebody’s health, to be called before planned works.',
  method: 'POST',
  path: '/contracts/{contractId}/medical-need',
  auth: 'customer',
  input: z.object({ contractId: Id, phone: PhoneNumber, textVersion: z.string().check(z.minLength(1), z.maxLength(40)), language: z.string().check(z.minLength(2), z.maxLength(35)) }),
  output: AlertSettings,
  // `conflict` where the text has changed since it was shown.
  errors: ['invalid', 'not-found', 'forbidden', 'conflict', 'unsupported'],
});

export const withdrawMedicalNeed = operation({
  name: 'withdrawMedicalNeed',
  summary: 'Takes that consent back: the number is erased, the proof of the consent stays.',
  method: 'DELETE',
  path: '/contracts/{contractId}/medical-need',
  auth: 'customer',
  input: z.object({ contractId: Id }),
  output: AlertSettings,
  errors: ['not-found', 'forbidden'],
});
