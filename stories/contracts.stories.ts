import '@oya/elements/contracts.define';
import { findPersona, prospects } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Contracts', component: 'oya-contracts' } satisfies Meta;

const TAG = 'oya-contracts';
const HOUSE = 'helene-second-electricity';

/** Peak and off-peak hours that changed a month ago. */
export const Ready = ready('camille');
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getContract');

/** One price at any hour. */
export const Base = ready('lucien');
export const ReadByHand = ready('odette');
export const Gas = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas' } });
/** Gas and electricity at one address. */
export const SeveralContracts = ready('nadia');
export const SeveralSites = story({ state: 'ready', persona: 'helene' }, { globals: { theme: 'sicae' } });
export const Ended = story({ state: 'ready', persona: 'lea' }, { args: { contract: 'lea-electricity' } });
/** Somebody else's contract, shared to read until a day. */
export const SharedWithMe = ready('lea');
/** A utility that neither adds contracts nor lets others read them. */
export const ContractOnly = story({ state: 'ready', persona: 'camille', without: ['addContract', 'listAccess', 'inviteAccess', 'revokeAccess', 'acceptAccess'] });

export const EarlierPrices = acting('camille', {}, async (canvas) => {
  (await find(canvas, TAG, '.prices button')).click();
  await find(canvas, TAG, 'table');
});

export const AddWithInvoice = acting('camille', {}, async (canvas) => {
  (await find(canvas, TAG, '.open-add')).click();
  await find(canvas, TAG, 'form');
});

export const AddWithContract = acting('camille', {}, async (canvas) => {
  (await find(canvas, TAG, '.open-add')).click();
  (await find(canvas, TAG, 'input[value=contract]')).click();
  await find(canvas, TAG, 'input[name=deliveryPoint]');
});

export const NothingTyped = adding('', '');
export const ProofRefused = adding('EN1234567890', '86,40');
/** What a customer without an account has in hand is added to this account. */
export const Added = adding(invoiceOf('paul').number, invoiceOf('paul').total, {}, '.outcome');
/** The customer's own invoice: nothing to add. */
export const AlreadyThere = adding(invoiceOf('camille').number, invoiceOf('camille').total);
export const AddingUnavailable = adding('EN1234567890', '86,40', { faults: { addContract: 'unavailable' } });
export const AddingTooOften = adding('EN1234567890', '86,40', { faults: { addContract: 'rate-limited' } });
export const Adding = adding('EN1234567890', '86,40', { faults: { addContract: 'silent' } }, 'button[type=submit][aria-disabled=true]');

export const WhoSeesIt = acting('helene', {}, chooseHouse);

export const GiveAccess = acting('helene', {}, async (canvas) => {
  await chooseHouse(canvas);
  (await find(canvas, TAG, '.open-give')).click();
  (await find(canvas, TAG, 'input[value=dated]')).click();
  await find(canvas, TAG, 'input[type=date]');
});

export const Given = giving('louise@example.org', '.outcome');
export const GivenAlready = giving('lea.cazals@example.org', '.summary');

export const TakeBack = acting('helene', {}, async (canvas) => {
  await chooseHouse(canvas);
  (await find(canvas, TAG, '[data-grant=helene-to-lea] button')).click();
  await find(canvas, TAG, '.task');
});

export const TakenBack = acting('helene', {}, async (canvas) => {
  await chooseHouse(canvas);
  (await find(canvas, TAG, '[data-grant=helene-to-lea] button')).click();
  (await find(canvas, TAG, '.task .primary')).click();
  await find(canvas, TAG, '.outcome');
});

export const AccessListUnavailable = story({ state: 'ready', persona: 'camille', faults: { listAccess: 'unavailable' } });

/** The level that the host page's outline asks for. */
export const UnderAnotherHeading = story({ state: 'ready', persona: 'camille' }, { args: { 'heading-level': 4 } });

function acting(persona: string, portal: Portal, act: (canvas: HTMLElement) => Promise<void>): StoryObj {
  return story({ state: 'ready', persona, ...portal }, { play: ({ canvasElement }) => act(canvasElement) });
}

function adding(number: string, total: string, portal: Portal = {}, outcome = '.summary'): StoryObj {
  return acting('camille', portal, async (canvas) => {
    (await find(canvas, TAG, '.open-add')).click();
    (await find<HTMLInputElement>(canvas, TAG, 'input[name=number]')).value = number;
    (await find<HTMLInputElement>(canvas, TAG, 'input[name=total]')).value = total;
    (await find<HTMLFormElement>(canvas, TAG, 'form')).requestSubmit();
    await find(canvas, TAG, outcome);
  });
}

function giving(email: string, outcome: string): StoryObj {
  return acting('helene', {}, async (canvas) => {
    await chooseHouse(canvas);
    (await find(canvas, TAG, '.open-give')).click();
    (await find<HTMLInputElement>(canvas, TAG, 'input[name=email]')).value = email;
    (await find<HTMLFormElement>(canvas, TAG, 'form')).requestSubmit();
    await find(canvas, TAG, outcome);
  });
}

async function chooseHouse(canvas: HTMLElement): Promise<void> {
  (await find(canvas, TAG, `input[value=${HOUSE}]`)).click();
  await find(canvas, TAG, '[data-grant=helene-to-lea]');
}

/** As it stands on paper. */
function invoiceOf(id: string): { number: string; total: string } {
  const { invoice } = prospects.find((prospect) => prospect.id === id) ?? findPersona(id);
  return { number: invoice.number, total: String(invoice.totalCents / 100) };
}
