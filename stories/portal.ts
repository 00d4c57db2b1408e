/** What every story stands in: a page with an `<oya-provider>` whose client knows the sandbox and nothing else. */
import { sandboxAdapter, type SandboxAdapter, type SandboxMail, type SandboxOptions } from '@oya/adapters/sandbox';
import { amendAdapter, describeTariffs, getProfile, instant, listConsents, listMeters, listTempoDays, type Consent, type ConsentPurpose, type OperationName, type PortalAdapter, type Profile } from '@oya/contract';
import { PortalClient, type ElementState } from '@oya/core';
import { KEPT_AT, noteAnswer } from '@oya/core/kept-data';
import type { Decorator, StoryContext, WebComponentsRenderer } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { payingInParts, payingWith, refusingToPay, type Paid } from './payment.ts';
import type { ArgsStoryFn } from 'storybook/internal/csf';

/** The clock of all stories stands still here, so that a picture taken again is the same picture. */
export const NOW = '2026-11-24T07:30:00Z';

/** Names a meter that stands beside another. */
const SECOND = 'second-';

/** How long a session of the sandbox lasts. */
const SESSION_MS = 12 * 3_600_000;

/** In the toolbar: nobody is signed in. */
export const NOBODY = 'nobody';

/** What a story decides about its portal (`parameters.portal`); who is signed in is a global, so that the toolbar can change it. */
export interface Portal {
  /** The state that the element ends in, which the accessibility test waits for. */
  state?: ElementState;
  faults?: SandboxOptions['faults'];
  latencyMs?: number;
  /** Operations that this utility does not offer. */
  without?: readonly OperationName[];
  /** The session has just ended by itself. */
  expired?: boolean;
  /** The right password leads to an account whose e-mail address was never confirmed. */
  unconfirmed?: boolean;
  /** What is other in the account than the persona has it. */
  profile?: Partial<Profile>;
  /** What is other in the consents than the persona has them. */
  consents?: Partial<Record<ConsentPurpose, Partial<Consent>>>;
  /** The meter of each contract is shown twice, as if there were another beside it. */
  twoMeters?: boolean;
  /** What RTE tells, where that is other than the demo's weather has it. */
  signals?: SandboxOptions['signals'];
  /** The colours of Tempo days: none, or with a calendar to subscribe to; default: the demo's. */
  colours?: 'none' | 'with-calendar';
  /** What the utility says of the tariffs to compare under: none, or prices that hold from tomorrow on; default: the demo's. */
  tariffs?: 'none' | 'from-tomorrow';
  /** What has happened before the story begins. */
  prepare?: (controls: SandboxAdapter['controls']) => void;
  /** Where a payment stands whose customer comes back from the provider's page; the story's `beforeEach` is `comeBack`. */
  payment?: Paid;
  /** In how many parts what is overdue is paid. */
  parts?: number;
  /** Why no payment is begun. */
  refusesPayment?: Parameters<typeof refusingToPay>[0];
  /** The session ends in a minute. */
  nearlyOver?: boolean;
  /** The session ended in the middle of something. */
  interrupted?: boolean;
  /** Everything was kept on the device, since that instant. */
  keptSince?: string;
}

/** What the sandbox of each story would have mailed: whoever plays a story reads the codes here. */
const mails = new Map<string, SandboxMail[]>();

export function mailsOf(storyId: string): readonly SandboxMail[] {
  return mails.get(storyId) ?? [];
}

/** Whoever tries a story by hand reads them in the console. */
function noteMail(storyId: string, mail: SandboxMail): void {
  console.info('oya sandbox: mail', mail);
  mails.set(storyId, [...mailsOf(storyId), mail]);
}

type Globals = { readonly persona: string; readonly theme: string; readonly scheme: string; readonly language: string };
type Context = Pick<StoryContext, 'id' | 'globals' | 'parameters' | 'viewMode'>;

/** The sandbox as a story's globals and parameters ask for it. */
export function sandboxOf({ id, globals, parameters }: Pick<Context, 'globals' | 'parameters'> & { id?: string }): PortalAdapter {
  const { persona } = globals as Globals;
  const { faults = {}, latencyMs = 0, without = [], unconfirmed = false, profile, consents, prepare, tariffs, twoMeters = false, nearlyOver = false, interrupted = false, payment, parts, refusesPayment, signals = {}, colours } = (parameters['portal'] ?? {}) as Portal;
  const adapter = sandboxAdapter({ persona: persona === NOBODY ? null : persona, now: NOW, latencyMs, faults, signals, onMail: (mail) => noteMail(id ?? '', mail) });
  prepare?.(adapter.controls);
  if (nearlyOver) adapter.controls.setNow(instant(Date.parse(NOW) + SESSION_MS - 60_000));
  if (interrupted) adapter.controls.expireSession();
  return amendAdapter(adapter, {
    ...Object.fromEntries(without.map((name) => [name, undefined])),
    ...(profile && { getProfile: async () => ({ ...(await adapter.perform(getProfile, {}, {})), ...profile }) }),
    ...(tariffs && {
      describeTariffs: async () => ({
        tariffs: tariffs === 'none' ? [] : (await adapter.perform(describeTariffs, {}, {})).tariffs.map((tariff) => ({ ...tariff, powers: tariff.powers.map(({ kva, prices }) => ({ kva, prices: prices.filter(({ to }) => to === null).map((price) => ({ ...price, from: '2026-11-25' })) })) })),
      }),
    }),
    ...(colours && {
      listTempoDays: async (input) => ({ ...(colours === 'none' ? { items: [] } : await adapter.perform(listTempoDays, input, {})), calendar: 'https://api.sicae.example/sicae/v1/tempo.ics' }),
    }),
    ...(consents && {
      listConsents: async (input) => ({ items: (await adapter.perform(listConsents, input, {})).items.map((consent) => ({ ...consent, ...consents[consent.purpose] })) }),
    }),
    ...(twoMeters && {
      listMeters: async (input) => ({ items: (await adapter.perform(listMeters, input, {})).items.flatMap((meter) => [meter, { ...meter, id: SECOND + meter.id, serialNumber: `${meter.serialNumber}-2` }]) }),
      listConsents: ({ meterId }) => adapter.perform(listConsents, { meterId: meterId.replace(SECOND, '') }, {}),
    }),
    ...(payment && payingWith(adapter, payment, NOW)),
    ...(parts !== undefined && payingInParts(adapter, parts, NOW)),
    ...(refusesPayment && refusingToPay(refusesPayment)),
    ...(unconfirmed && { signIn: async () => ({ state: 'unconfirmed', signUpId: 's1' }) }),
  });
}

/** One client per story, kept while only its controls change, as a page keeps its own. */
const clients = new Map<string, { readonly settings: string; readonly client: PortalClient }>();

function clientOf(context: Context): PortalClient {
  const { persona, theme, language } = context.globals as Globals;
  const settings = JSON.stringify([persona, theme, language]);
  const kept = clients.get(context.id);
  if (kept?.settings === settings) return kept.client;
  const { keptSince } = (context.parameters['portal'] ?? {}) as Portal;
  const sandbox = sandboxOf(context);
  const client = new PortalClient({ adapter: keptSince === undefined ? sandbox : keeping(sandbox, keptSince), theme, lang: language });
  // A failure is shown at once rather than after three tries.
  client.queries.setDefaultOptions({ queries: { ...client.queries.getDefaultOptions().queries, retry: false } });
  const { expired = false, interrupted = false } = (context.parameters['portal'] ?? {}) as Portal;
  client.sessionExpired.set(expired || interrupted);
  if (interrupted) client.interrupted.set(persona);
  clients.set(context.id, { settings, client });
  return client;
}

/** As a service worker answers without a network. */
function keeping(adapter: PortalAdapter, since: string): PortalAdapter {
  return {
    offers: (operation) => adapter.offers(operation),
    async perform(operation, input, context) {
      const answer = await adapter.perform(operation, input, context);
      noteAnswer(operation, input, new Response(null, { headers: { [KEPT_AT]: since } }));
      return answer;
    },
  };
}

/** Stands every story in its page. */
export const inPortal: Decorator = (story, context) => {
  const { scheme, language } = context.globals as Globals;
  const { state } = (context.parameters['portal'] ?? {}) as Portal;
  if (context.viewMode === 'story') document.documentElement.lang = language;
  return html`<oya-provider .client=${clientOf(context)} lang=${language}>
    <div class="oya-story" data-oya-scheme=${scheme} data-state=${state ?? nothing} lang=${language}>${story()}</div>
  </oya-provider>`;
};

/** An element as a page writes it: what the manifest calls an attribute is one, the rest are properties. */
export const renderElement: ArgsStoryFn<WebComponentsRenderer> = (args, { component, argTypes }) => {
  const element = document.createElement(String(component));
  for (const [name, value] of Object.entries(args)) {
    if (argTypes[name]?.table?.category !== 'attributes') Object.assign(element, { [name]: value });
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, String(value));
  }
  return element;
};
