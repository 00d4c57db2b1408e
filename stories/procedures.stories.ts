import '@oya/elements/procedures.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { NOBODY } from './portal.ts';
import { failing, loading, sessionExpired, story, unsupported } from './states.ts';

export default { title: 'Elements/Procedures', component: 'oya-procedures' } satisfies Meta;

const PROCEDURES = 'oya-procedures';
const FORM = 'oya-procedures-form';

/** Where one ends without an address that remembers it from another story. */
const beforeEach = () => {
  sessionStorage.clear();
  history.replaceState(null, '', location.pathname + location.search);
};

/** What one may want, and a request under way. */
export const Ready = story({ state: 'ready', persona: 'camille' }, { beforeEach, play: async ({ canvasElement }) => void (await find(canvasElement, PROCEDURES, '.request')) });
/** Something is asked of the customer: it comes first. */
export const Asked = story({ state: 'ready', persona: 'lucien' }, { beforeEach, play: async ({ canvasElement }) => void (await find(canvasElement, PROCEDURES, '.requests.waiting')) });
/** Nothing was asked for yet. */
export const NoRequests = story({ state: 'ready', persona: 'odette' }, { beforeEach, play: async ({ canvasElement }) => void (await find(canvasElement, PROCEDURES, '.list')) });
/** Nobody is signed in: what there is, and what to have at hand. */
export const Visitor = story({ state: 'ready', persona: NOBODY }, { beforeEach });
export const VisitorMoving = opening(NOBODY, '[data-id=demenager]', '.have');
export const Moving = opening('camille', '[data-id=demenager]', FORM, '.choice');
/** With a meter that is read by hand. */
export const Leaving = typing('odette', '[data-id=demenager]', async (form) => {
  (await find<HTMLInputElement>(form, '[name=moves][value=both]')).click();
  (await find<HTMLButtonElement>(form, 'button[type=submit]')).click();
  await find(form, '[name=leaving-on]');
});
/** Electricity and gas of one home. */
export const LeavingTwo = typing('nadia', '[data-id=demenager]', async (form) => {
  (await find<HTMLInputElement>(form, '[name=moves][value=out]')).click();
  (await find<HTMLButtonElement>(form, 'button[type=submit]')).click();
  (await find<HTMLButtonElement>(form, 'button[type=submit]')).click();
  await find(form, '.summary');
});
export const Power = opening('camille', '[data-id=puissance-ou-tarif]', FORM, '[name=powerKva]');
export const Connection = opening('camille', '[data-id=raccordement]', FORM, '[name=work]');
export const Claim = opening('camille', '[data-id=reclamation]', FORM, 'textarea');
export const Documents = opening('camille', '[data-id=documents]', FORM, '.add');
/** Everything once more before it is sent. */
export const Check = typing('camille', '[data-id=puissance-ou-tarif]', toCheck);
/** Its number, and what follows. */
export const Sent = typing('camille', '[data-id=puissance-ou-tarif]', async (form, canvas) => {
  await toCheck(form);
  (await find<HTMLButtonElement>(form, 'button[type=submit]')).click();
  await find(canvas, PROCEDURES, 'oya-procedures-request', '.sent');
});
export const InProgress = opening('camille', '.request.in-progress', 'oya-procedures-request', '.steps');
export const Waiting = opening('lucien', '.request', 'oya-procedures-request', '.answer');
export const Done = opening('camille', '.request.done', 'oya-procedures-request', '.steps');
export const Refused = opening('marc', '.request', 'oya-procedures-request', '.steps');
export const SessionExpired: StoryObj = { ...sessionExpired(), ...story({ state: 'ready', persona: NOBODY, expired: true }, { beforeEach }) };
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const Unsupported = unsupported('describeUtility');
/** The utility has no requests: its procedures lead to people. */
export const WithoutRequests = story({ state: 'ready', persona: 'camille', without: ['listServiceRequests', 'sendServiceRequest'] }, { beforeEach });

function opening(persona: string, selector: string, ...settled: string[]): StoryObj {
  return story({ state: 'ready', persona }, {
    beforeEach,
    play: async ({ canvasElement }) => {
      (await find(canvasElement, PROCEDURES, selector)).click();
      await find(canvasElement, PROCEDURES, ...settled);
    },
  });
}

function typing(persona: string, selector: string, type: (form: HTMLElement, canvas: HTMLElement) => Promise<void>): StoryObj {
  return story({ state: 'ready', persona }, {
    beforeEach,
    play: async ({ canvasElement }) => {
      (await find(canvasElement, PROCEDURES, selector)).click();
      const form = await find(canvasElement, PROCEDURES, FORM);
      await find(form, 'form');
      await type(form, canvasElement);
    },
  });
}

async function toCheck(form: HTMLElement): Promise<void> {
  const power = await find<HTMLSelectElement>(form, '[name=powerKva]');
  power.value = '12';
  power.dispatchEvent(new Event('change', { bubbles: true }));
  (await find<HTMLButtonElement>(form, 'button[type=submit]')).click();
  await find(form, '.told');
}
