import type { PaymentState } from '@oya/contract';
import '@oya/elements/invoices.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { comeBack, type Paid } from './payment.ts';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { empty, failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default {
  title: 'Elements/Invoices',
  component: 'oya-invoices',
  // Which invoice is open stands in the address: a story begins with none, whatever the one before has opened.
  beforeEach: () => history.replaceState(null, '', location.pathname + location.search),
} satisfies Meta;

const ONE = ['oya-invoices', 'oya-invoices-one'] as const;
const PAY = ['oya-invoices', 'oya-invoices-pay'] as const;

/** All paid, by direct debit. */
export const Ready = ready('camille');
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listInvoices');

/** A new customer: when the first one comes. */
export const First = empty('emma');
/** Two are to be paid, one of them late. */
export const Overdue = ready('lucien');
/** What was late is paid in parts, as was agreed. */
export const InParts = story({ state: 'ready', persona: 'lucien', parts: 3 });
export const OneInParts = acting('lucien', { parts: 3 }, async (canvas) => {
  (await find(canvas, 'oya-invoices', '.invoice:nth-child(2) .name')).click();
  await find(canvas, ...ONE, '.totals');
});
/** The standing charge of a day without power was given back. */
export const Credit = ready('ines');
/** One is contested. */
export const Disputed = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas' } });
/** Settled once a year. */
export const Instalments = ready('marc');
/** Every other month, by an index that is sometimes estimated. */
export const Estimated = ready('odette');
export const SeveralContracts = story({ state: 'ready', persona: 'helene' }, { globals: { theme: 'sicae' } });
/** Somebody else's contract: its invoices are not shown. */
export const Reader = story({ state: 'empty', persona: 'lea' }, { args: { contract: 'helene-second-electricity' } });
/** A utility that lists them and no more. */
export const ReadOnly = story({ state: 'ready', persona: 'lucien', without: ['archiveInvoices', 'getInvoiceFile', 'createInvoiceLink', 'contestInvoice'] });

export const Chosen = acting('lucien', {}, async (canvas) => {
  for (const index of [1, 2, 3]) (await find(canvas, 'oya-invoices', `.invoice:nth-child(${index}) input`)).click();
  await find(canvas, 'oya-invoices', '.chosen');
});

export const NothingFound = acting('lucien', {}, async (canvas) => {
  const field = await find<HTMLInputElement>(canvas, 'oya-invoices', '[name=search]');
  field.value = 'une autre';
  field.dispatchEvent(new Event('input'));
  await find(canvas, 'oya-invoices', '.notice button');
});

/** One of them, with its lines. */
export const One = acting('lucien', {}, open);

/** On a phone, with all that can be done with it. */
export const OneWithAll = acting('lucien', {}, async (canvas) => {
  await open(canvas);
  (await find(canvas, ...ONE, '.more')).click();
  await find(canvas, ...ONE, '.more[aria-expanded=true]');
});

/** A register whose index is estimated, or what was given back of it. */
export const OneDisputed = acting('nadia', {}, async (canvas) => {
  (await find(canvas, 'oya-invoices', '.invoice:nth-child(2) .name')).click();
  await find(canvas, ...ONE, '.aside');
}, { contract: 'nadia-gas' });

export const Contesting = acting('lucien', {}, async (canvas) => {
  await open(canvas);
  (await find(canvas, ...ONE, '[data-act=contest]')).click();
  await find(canvas, ...ONE, 'textarea');
});

export const ContestingUnavailable = acting('lucien', { faults: { contestInvoice: 'unavailable' } }, async (canvas) => {
  await open(canvas);
  (await find(canvas, ...ONE, '[data-act=contest]')).click();
  const field = await find<HTMLTextAreaElement>(canvas, ...ONE, 'textarea');
  field.value = 'L’index n’est pas celui de mon compteur.';
  field.dispatchEvent(new Event('input'));
  (await find(canvas, ...ONE, '.contest .primary')).click();
  await find(canvas, ...ONE, '.summary');
});

/** Before one leaves for the provider's page. */
export const Paying = acting('lucien', {}, review);

export const PayingAPart = acting('lucien', {}, async (canvas) => {
  await review(canvas);
  (await find(canvas, ...PAY, '[value=part]')).click();
  const field = await find<HTMLInputElement>(canvas, ...PAY, '[name=amount]');
  field.value = '5';
  field.dispatchEvent(new Event('input'));
  (await find(canvas, ...PAY, '[type=submit]')).click();
  await find(canvas, ...PAY, '.field-error');
});

/** Another tab was first. */
export const PayingTwice = refused('under-way');
/** Somebody has paid a part by transfer since the page was loaded. */
export const PayingAfterChange = refused('amount-changed');
export const PayingWhatIsPaid = refused('not-payable');
export const PayingProviderUnreachable = refused('provider-busy');

/** Back from the provider's page, which says nothing itself: its notice does. */
export const ReturnPaid = back({ outcomes: ['paid'] }, 'paid');
export const ReturnBeingConfirmed = back({ outcomes: [] }, 'confirming');
/** The bank takes days, as with a transfer. */
export const ReturnPending = back({ outcomes: ['pending'], minutesAgo: 600 }, 'confirming');
export const ReturnRefused = back({ outcomes: ['refused'] }, 'refused');
export const ReturnAbandoned = back({ outcomes: ['abandoned'] }, 'abandoned');
/** No notice has come for longer than one takes. */
export const ReturnWithoutNotice = back({ outcomes: [], minutesAgo: 120 }, 'lapsed');
/** The notice came after all, when nobody waited for it any more. */
export const ReturnPaidLate = back({ outcomes: ['refused', 'paid'], minutesAgo: 120 }, 'paid');
/** The provider's page was left by its window: one may go on there, or cancel. */
export const PayingUnderWay = acting('lucien', { payment: { outcomes: [], isAway: true } }, async (canvas) => void (await find(canvas, 'oya-invoices', 'oya-invoices-payment', '[data-payment=started]')));
export const ReturnGivenBack = back({ outcomes: ['paid', 'credited'] }, 'given-back');

/** A utility without a payment provider. */
export const WithoutPayment = story({ state: 'ready', persona: 'lucien', without: ['describePayment', 'startPayment'] });

function refused(refusesPayment: NonNullable<Portal['refusesPayment']>): StoryObj {
  return acting('lucien', { refusesPayment }, async (canvas) => {
    await review(canvas);
    (await find(canvas, ...PAY, '[type=submit]')).click();
    await find(canvas, ...PAY, '.summary');
  });
}

function back(payment: Paid, stands: PaymentState): StoryObj {
  return { ...acting('lucien', { payment }, async (canvas) => void (await find(canvas, 'oya-invoices', 'oya-invoices-payment', `[data-payment=${stands}]`))), beforeEach: comeBack };
}

async function review(canvas: HTMLElement): Promise<void> {
  (await find(canvas, 'oya-invoices', '[data-act=pay]')).click();
  await find(canvas, ...PAY, '[type=submit]');
}

async function open(canvas: HTMLElement): Promise<void> {
  (await find(canvas, 'oya-invoices', '.name')).click();
  await find(canvas, ...ONE, '.totals');
}

function acting(persona: string, portal: Portal, act: (canvas: HTMLElement) => Promise<void>, args: Record<string, string> = {}): StoryObj {
  return story({ state: 'ready', persona, ...portal }, { args, play: ({ canvasElement }) => act(canvasElement) });
}
