import '@oya/elements/signup.define';
import { prospects, type Persona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import { mailsOf, NOBODY, type Portal } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Signup', component: 'oya-signup', beforeEach: () => forgetDrafts() } satisfies Meta;

const paul = prospects.find(({ utility }) => utility === 'eneo') as Persona;
const [contract] = paul.contracts;

type Values = Readonly<Record<string, string>>;
const INVOICE: Values = { number: paul.invoice.number, total: (paul.invoice.totalCents / 100).toFixed(2).replace('.', ',') };
const CONTRACT: Values = { contractNumber: contract?.number ?? '', deliveryPoint: contract?.deliveryPoint ?? '', lastName: 'Vidal' };
const ACCOUNT: Values = { email: 'paul.vidal@example.org', emailAgain: 'paul.vidal@example.org', phone: '0612345678', identifier: 'paul.vidal', password: 'Verrerie-81', passwordAgain: 'Verrerie-81' };

type Play = (canvas: HTMLElement, storyId: string) => Promise<void>;

function playing(play: Play, portal: Portal & { persona?: string } = {}): StoryObj {
  return story({ state: 'ready', persona: NOBODY, ...portal }, { play: async ({ canvasElement, id }) => play(canvasElement, id) });
}

/** Sends the step that is shown with what somebody typed. */
async function send(canvas: HTMLElement, values: Values): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = await find<HTMLInputElement>(canvas, `oya-signup [name=${name}]`);
    await userEvent.clear(field);
    if (value !== '') await userEvent.type(field, value);
  }
  (await find<HTMLFormElement>(canvas, 'oya-signup form')).requestSubmit();
}

async function start(canvas: HTMLElement, kind: 'invoice' | 'contract' = 'invoice'): Promise<void> {
  await userEvent.click(await find(canvas, `input[value=${kind}]`));
  await userEvent.click(await find(canvas, 'input[name=terms]'));
  await send(canvas, {});
  await find(canvas, kind === 'invoice' ? 'input[name=number]' : 'input[name=contractNumber]');
}

async function prove(canvas: HTMLElement): Promise<void> {
  await start(canvas);
  await send(canvas, INVOICE);
  await find(canvas, 'input[name=identifier]');
}

async function submit(canvas: HTMLElement, values: Values = {}): Promise<void> {
  await prove(canvas);
  await send(canvas, { ...ACCOUNT, ...values });
  await find(canvas, 'input[name=code]');
}

const summary = async (canvas: HTMLElement): Promise<unknown> => find(canvas, '.summary');

/** What a story leaves behind is not the beginning of the next. */
function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith('oya-signup/')) sessionStorage.removeItem(key);
}

export const Start = ready(NOBODY);
export const SignedInAlready = ready('camille');
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const Unsupported = unsupported('describeAccess');

export const NothingChosen = playing(async (canvas) => {
  await find(canvas, 'oya-signup form');
  await send(canvas, {});
  await summary(canvas);
});

export const Invoice = playing(async (canvas) => start(canvas));
export const InvoiceUnreadable = playing(async (canvas) => {
  await start(canvas);
  await send(canvas, { number: '2610 000909', total: 'douze' });
  await summary(canvas);
});
export const InvoiceWrong = playing(async (canvas) => {
  await start(canvas);
  await send(canvas, { ...INVOICE, total: '12,00' });
  await summary(canvas);
});
export const InvoiceTooManyTries = playing(
  async (canvas) => {
    await start(canvas);
    await send(canvas, INVOICE);
    await summary(canvas);
  },
  { faults: { startSignUp: 'rate-limited' } },
);
export const InvoiceOffline = playing(
  async (canvas) => {
    await start(canvas);
    await send(canvas, INVOICE);
    await summary(canvas);
  },
  { faults: { startSignUp: 'offline' } },
);
export const InvoiceSending = playing(
  async (canvas) => {
    await start(canvas);
    await send(canvas, INVOICE);
    await find(canvas, 'button[type=submit][aria-disabled=true]');
  },
  { faults: { startSignUp: 'silent' } },
);

export const Contract = playing(async (canvas) => start(canvas, 'contract'));
export const ContractWrong = playing(async (canvas) => {
  await start(canvas, 'contract');
  await send(canvas, { ...CONTRACT, lastName: 'Durand' });
  await summary(canvas);
});

export const Account = playing(async (canvas) => {
  await prove(canvas);
  await find(canvas, '.robot.done');
});
export const AccountRobotChecked = playing(
  async (canvas) => {
    await prove(canvas);
    await find(canvas, '.robot.working');
  },
  { faults: { getChallenge: 'silent' } },
);
export const AccountRobotFailed = playing(
  async (canvas) => {
    await prove(canvas);
    await find(canvas, '.robot.failed');
  },
  { faults: { getChallenge: 'unavailable' } },
);
export const AccountIdentifierTaken = playing(async (canvas) => {
  await prove(canvas);
  await userEvent.type(await find(canvas, 'input[name=identifier]'), 'camille.durand');
  await find(canvas, '.live.taken');
});
export const AccountPasswordOnItsWay = playing(async (canvas) => {
  await prove(canvas);
  await userEvent.type(await find(canvas, 'input[name=identifier]'), ACCOUNT['identifier'] as string);
  await userEvent.type(await find(canvas, 'input[name=password]'), 'Verrerie');
  await find(canvas, '.live.free');
});
export const AccountMistakes = playing(async (canvas) => {
  await prove(canvas);
  await send(canvas, { ...ACCOUNT, emailAgain: 'paul@example.org', phone: '12', identifier: 'paul@example.org', password: 'soleil', passwordAgain: 'soleil2' });
  await summary(canvas);
});

export const Code = playing(async (canvas) => submit(canvas));
export const CodeWrong = playing(async (canvas, id) => {
  await submit(canvas);
  await send(canvas, { code: mailsOf(id).at(-1)?.code === '0000000' ? '1111111' : '0000000' });
  await summary(canvas);
});
export const CodeForAnAddressThatHasAnAccount = playing(async (canvas) => submit(canvas, { email: 'camille.durand@example.org', emailAgain: 'camille.durand@example.org' }));
export const CodeToAnotherAddress = playing(async (canvas) => {
  await submit(canvas);
  await userEvent.click(await find(canvas, '.help .button:last-child'));
  await find(canvas, 'input[name=newEmail]');
});
export const CodeToAnotherAddressTooSoon = playing(async (canvas) => {
  await submit(canvas);
  await userEvent.click(await find(canvas, '.help .button:last-child'));
  await send(canvas, { newEmail: 'vidal@example.org' });
  await summary(canvas);
});

export const Welcome = playing(async (canvas, id) => {
  await submit(canvas);
  await send(canvas, { code: mailsOf(id).at(-1)?.code ?? '' });
  await find(canvas, '.welcome');
});
