/** The accounts of the personas: how they are reached, where they are signed in, what was done with them. */
import { instant, type Activity, type ActivityKind, type ChangeRequest, type Device, type Instant, type NotificationChoice, type PostalAddress } from '@oya/contract';
import { findPersona, prospects } from './personas.ts';

export interface PersonaProfile {
  readonly phone: string | null;
  readonly address: PostalAddress | null;
  readonly language: string;
  /** What they have chosen; `notificationsOf` adds the rest. */
  readonly notifications: readonly NotificationChoice[];
  readonly passwordChangedAt: Instant | null;
  readonly requests: readonly ChangeRequest[];
  /** Beside the browser that a visitor of the demo signs in with. All are remembered, so that they are still there tomorrow. */
  readonly devices: readonly PersonaDevice[];
  /** The newest first. */
  readonly activity: readonly PersonaActivity[];
}

export type PersonaDevice = Pick<Device, 'id' | 'kind' | 'browser' | 'system' | 'way' | 'signedInAt' | 'lastUsedAt'>;

export interface PersonaActivity extends Pick<Activity, 'id' | 'at' | 'channel' | 'device' | 'contractId'> {
  readonly kind: ActivityKind;
  /** The customer; the utility's people; somebody unknown; or the persona, by id, who may read the contract. */
  readonly by: 'self' | 'utility' | 'unknown' | { readonly reader: string };
}

/** As written down here: ages instead of instants, so that the demo is as fresh as the day on which it is looked at. */
interface Described extends Pick<PersonaProfile, 'phone' | 'address'>, Partial<Pick<PersonaProfile, 'language' | 'notifications'>> {
  /** Days ago. */
  readonly passwordChanged?: number;
  readonly requests?: readonly { readonly id: string; readonly address: PostalAddress; readonly asked: number; readonly decided?: { readonly ago: number; readonly state: 'approved' | 'refused'; readonly reason?: string } }[];
  readonly devices: readonly (Pick<PersonaDevice, 'kind' | 'browser' | 'system'> & { readonly id: string; readonly signedIn: number; readonly lastUsed: number })[];
  readonly activity: readonly DescribedActivity[];
}

type DescribedActivity = readonly [ago: number, kind: ActivityKind, more?: Partial<Pick<PersonaActivity, 'by' | 'channel' | 'device' | 'contractId'>>];

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const FIREFOX = { kind: 'computer', browser: 'Firefox', system: 'Windows' } as const;
const EDGE = { kind: 'computer', browser: 'Microsoft Edge', system: 'Windows' } as const;
const MAC = { kind: 'computer', browser: 'Safari', system: 'macOS' } as const;
const ANDROID = { kind: 'phone', browser: 'Chrome', system: 'Android' } as const;
const IPHONE = { kind: 'phone', browser: 'Safari', system: 'iOS' } as const;
const IPAD = { kind: 'tablet', browser: 'Safari', system: 'iOS' } as const;

/** Phone numbers are from the ranges that ARCEP keeps for fiction (06 39 98). */
const PROFILES: Readonly<Record<string, Described>> = {
  camille: {
    phone: '+33639980101',
    address: home('12 rue des Acacias', '81400', 'Carmaux'),
    notifications: [
      { topic: 'invoices', channels: ['email'] },
      { topic: 'readings', channels: ['email', 'sms'] },
      { topic: 'consumption', channels: ['email'] },
    ],
    passwordChanged: 41.37,
    devices: [
      { id: 'phone', ...ANDROID, signedIn: 12.42, lastUsed: 0.62 },
      { id: 'laptop', ...FIREFOX, signedIn: 20.18, lastUsed: 5.27 },
    ],
    activity: [
      [12.42, 'signed-in', { device: text(ANDROID) }],
      [20.18, 'signed-in', { device: text(FIREFOX) }],
      [20.21, 'sign-in-refused', { by: 'unknown', device: text(FIREFOX) }],
      [27.9, 'notifications-changed', { device: text(ANDROID) }],
      [41.37, 'password-changed', { device: text(FIREFOX) }],
      [41.38, 'signed-in', { device: text(FIREFOX) }],
      [60.2, 'phone-changed', { device: text(ANDROID) }],
      [95.61, 'email-changed', { device: text(FIREFOX) }],
      [95.62, 'email-change-asked', { device: text(FIREFOX) }],
      [180.4, 'address-changed', { by: 'utility', channel: 'phone' }],
      ...everySoOften(44, 9.3, 24, 'signed-in', { device: text(ANDROID) }),
      [402.7, 'account-created', { device: text(FIREFOX) }],
    ],
  },
  lucien: {
    phone: '+33639980202',
    address: home('3 place Jean-Jaurès', '81400', 'Carmaux'),
    passwordChanged: 610.1,
    requests: [
      { id: 'lucien-address', address: { lines: ['22 avenue de Rodez', 'Bâtiment B, porte 4'], postcode: '81400', city: 'Carmaux', country: 'FR' }, asked: 2.31 },
      { id: 'lucien-address-before', address: home('3 place Jaurès', '81400', 'Albi'), asked: 47.8, decided: { ago: 45.6, state: 'refused', reason: 'Le code postal et la ville ne vont pas ensemble : vérifiez votre adresse, puis envoyez-la de nouveau.' } },
    ],
    devices: [{ id: 'tablet', ...IPAD, signedIn: 2.33, lastUsed: 1.1 }],
    activity: [
      [2.31, 'address-change-asked', { device: text(IPAD) }],
      [2.33, 'signed-in', { device: text(IPAD) }],
      [45.6, 'address-change-refused', { by: 'utility', channel: 'counter' }],
      [47.8, 'address-change-asked', { device: text(IPAD) }],
      [47.82, 'signed-in', { device: text(IPAD) }],
    ],
  },
  odette: {
    phone: null,
    address: home('8 chemin de la Verrerie', '81400', 'Carmaux'),
    notifications: [{ topic: 'invoices', channels: ['letter'] }, { topic: 'readings', channels: ['letter'] }],
    devices: [{ id: 'computer', ...EDGE, signedIn: 8.29, lastUsed: 8.27 }],
    activity: [
      [8.29, 'signed-in', { device: text(EDGE) }],
      [63.12, 'password-reset', { device: text(EDGE) }],
      [63.13, 'sign-in-refused', { by: 'unknown', device: text(EDGE) }],
    ],
    passwordChanged: 63.12,
  },
  nadia: {
    phone: '+33639980404',
    address: home('41 rue de la Mine', '81400', 'Carmaux'),
    language: 'en',
    devices: [{ id: 'phone', ...IPHONE, signedIn: 16.74, lastUsed: 0.36 }],
    activity: [
      [16.74, 'signed-in', { device: text(IPHONE) }],
      [16.8, 'language-changed', { device: text(IPHONE) }],
      [120.5, 'data-downloaded', { device: text(MAC) }],
    ],
  },
  emma: {
    phone: '+33639980505',
    address: null,
    devices: [],
    activity: [[6.4, 'account-created', { device: text(IPHONE) }]],
  },
  sofiane: {
    phone: '+33639981111',
    address: home('14 boulevard Augustin-Malroux', '81400', 'Carmaux'),
    devices: [{ id: 'phone', ...ANDROID, signedIn: 4.02, lastUsed: 0.9 }],
    activity: [
      [4, 'consent-given', { device: text(ANDROID), contractId: 'sofiane-electricity' }],
      [4.02, 'signed-in', { device: text(ANDROID) }],
    ],
  },
  ines: {
    phone: '+33639981212',
    address: home('9 chemin du Candou', '81400', 'Carmaux'),
    devices: [{ id: 'phone', ...IPHONE, signedIn: 18.2, lastUsed: 0.4 }],
    activity: [[18.2, 'signed-in', { device: text(IPHONE) }]],
  },
  julien: {
    phone: '+33639981313',
    address: home('Lieu-dit Le Bruc', '81190', 'Pampelonne'),
    devices: [{ id: 'laptop', ...FIREFOX, signedIn: 7.3, lastUsed: 1.2 }],
    activity: [[7.3, 'signed-in', { device: text(FIREFOX) }]],
  },
  marc: {
    phone: '+33639980606',
    address: home('5 route du Viaur', '81190', 'Tanus'),
    devices: [{ id: 'laptop', ...MAC, signedIn: 3.55, lastUsed: 0.81 }],
    activity: [
      [3.55, 'signed-in', { device: text(MAC) }],
      [71.2, 'address-changed', { device: text(MAC) }],
    ],
  },
  helene: {
    phone: '+33639980707',
    address: home('18 rue de l\'Église', '81350', 'Valderiès'),
    notifications: [{ topic: 'consumption', channels: ['email'] }],
    passwordChanged: 300.4,
    devices: [
      { id: 'computer', ...FIREFOX, signedIn: 9.4, lastUsed: 0.48 },
      { id: 'tablet', ...IPAD, signedIn: 24.1, lastUsed: 11.9 },
    ],
    activity: [
      [3.02, 'access-given', { device: text(FIREFOX), contractId: 'helene-second-electricity' }],
      [9.4, 'signed-in', { device: text(FIREFOX) }],
      [24.1, 'signed-in', { device: text(IPAD) }],
      [155.8, 'access-accepted', { by: { reader: 'lea' }, device: text(ANDROID), contractId: 'helene-second-electricity' }],
      [156.7, 'access-given', { device: text(FIREFOX), contractId: 'helene-second-electricity' }],
    ],
  },
  lea: {
    phone: null,
    address: null,
    devices: [{ id: 'phone', ...ANDROID, signedIn: 5.9, lastUsed: 2.2 }],
    activity: [
      [5.9, 'signed-in', { device: text(ANDROID) }],
      [155.8, 'access-accepted', { device: text(ANDROID), contractId: 'helene-second-electricity' }],
    ],
  },
};

/**
 * The account of a persona at a moment; of a prospect, one that is new.
 * @throws RangeError when there is no such persona
 */
export function profileOf(personaId: string, now: Instant): PersonaProfile {
  const id = prospects.some((prospect) => prospect.id === personaId) ? personaId : findPersona(personaId).id;
  const described = PROFILES[id] ?? { phone: null, address: null, devices: [], activity: [] };
  const { phone, address, language = 'fr', notifications = [], passwordChanged } = described;
  const ago = (days: number): Instant => instant(Date.parse(now) - Math.round((days * DAY_MS) / MINUTE_MS) * MINUTE_MS);
  return {
    phone,
    address,
    language,
    notifications,
    passwordChangedAt: passwordChanged === undefined ? null : ago(passwordChanged),
    requests: (described.requests ?? []).map(({ id: requestId, address: asked, asked: days, decided }) => ({
      id: requestId,
      what: 'address',
      address: asked,
      askedAt: ago(days),
      state: decided?.state ?? 'pending',
      decidedAt: decided ? ago(decided.ago) : null,
      reason: decided?.reason ?? null,
    })),
    devices: described.devices.map(({ id: name, kind, browser, system, signedIn, lastUsed }) => ({ id: `${id}-${name}`, kind, browser, system, way: 'password', signedInAt: ago(signedIn), lastUsedAt: ago(lastUsed) })),
    activity: described.activity
      .map(([days, kind, more], place): PersonaActivity => ({ id: `${id}-activity-${place + 1}`, at: ago(days), kind, by: 'self', channel: 'web', device: null, contractId: null, ...more }))
      .toSorted((left, right) => (left.at < right.at ? 1 : -1)),
  };
}

function home(line: string, postcode: string, city: string): PostalAddress {
  return { lines: [line], postcode, city, country: 'FR' };
}

function text({ browser, system }: { readonly browser: string; readonly system: string }): string {
  return `${browser}, ${system}`;
}

/** Days ago: from the first on, each a little irregularly before the one. */
function everySoOften(first: number, days: number, times: number, kind: ActivityKind, more: NonNullable<DescribedActivity[2]>): DescribedActivity[] {
  return Array.from({ length: times }, (_, index) => [first + index * days + ((index * 37) % 19) / 24, kind, more] as const);
}
