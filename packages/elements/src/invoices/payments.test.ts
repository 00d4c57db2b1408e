import { amendAdapter, describePayment, getPayment, listInvoices, PortalError, returnFromPayment, startPayment, type Departure, type Input, type PaymentOffer } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import './invoices.define.ts';
import type { OyaInvoices } from './invoices.ts';
import type { OyaInvoicesPay } from './pay.ts';
import type { OyaInvoicesPayment } from './payment.ts';

const CONTRACT = 'lucien-electricity';
const root = (element: Element) => element.shadowRoot as ShadowRoot;
const part = <E extends HTMLElement>(element: OyaInvoices, tag: string) => root(element).querySelector<E>(tag);

async function open(options: MountOptions = {}) {
  const mounted = await mount<OyaInvoices>('oya-invoices', { persona: 'lucien', ...options });
  await until(() => root(mounted.element).querySelector('[data-act=pay], oya-invoices-payment') !== null || mounted.element.state !== 'ready', 'what can be paid');
  return mounted;
}

/** Opens the look at what is paid. */
async function review(element: OyaInvoices, name: string | RegExp = /^Payer les 2 factures/): Promise<OyaInvoicesPay> {
  control(element, name).click();
  await until(() => part<OyaInvoicesPay>(element, 'oya-invoices-pay')?.state === 'ready', 'the review');
  const pay = part<OyaInvoicesPay>(element, 'oya-invoices-pay') as OyaInvoicesPay;
  await pay.updateComplete;
  return pay;
}

/** Where the browser would have gone, which would end the test. */
interface Left {
  readonly forms: { readonly method: string; readonly action: string; readonly fields: Record<string, string> }[];
  readonly asked: Input<'startPayment'>[];
  readonly keys: (string | undefined)[];
  readonly options: MountOptions;
}

function leaving(departure: Departure, refuse?: (tries: number) => PortalError | undefined): Left {
  const left: Left = {
    forms: [], asked: [], keys: [],
    options: {
      between: (sandbox) =>
        amendAdapter(sandbox, {
          startPayment: async (input, context) => {
            left.asked.push(input);
            left.keys.push(context.idempotencyKey);
            const refusal = refuse?.(left.asked.length);
            if (refusal) throw refusal;
            return { ...(await sandbox.perform(startPayment, input, context)), departure };
          },
        }),
    },
  };
  HTMLFormElement.prototype.submit = function keep(this: HTMLFormElement) {
    left.forms.push({ method: this.method, action: this.action, fields: Object.fromEntries([...new FormData(this)].map(([name, value]) => [name, String(value)])) });
  };
  return left;
}

const POST: Departure = { method: 'POST', url: 'https://provider.example/pay', fields: { vads_amount: '20831', signature: 'abc', submit: 'x' } };
const { submit } = HTMLFormElement.prototype;

describe('<oya-invoices> and payments', () => {
  afterEach(() => {
    unmountAll();
    HTMLFormElement.prototype.submit = submit;
    history.replaceState(null, '', location.pathname);
  });

  describe('before leaving', () => {
    it('says what is paid, how much, and that one leaves for the provider’s page; there is no card field', async () => {
      const { element, adapter } = await open();
      const pay = await review(element);
      const { items, toPay } = await adapter.perform(listInvoices, { contractId: CONTRACT }, {});
      for (const { number } of items.slice(0, 2)) expect(textOf(pay)).to.include(number);
      expect(textOf(root(pay).querySelector('.sum'))).to.include((toPay / 100).toFixed(2).replace('.', ','));
      expect(textOf(pay)).to.include('Vous allez quitter cette page').and.to.include('PayZen').and.to.include('aucun argent n’est débité');
      expectFocusOn(root(pay).querySelector('.title'));
      expect([...root(pay).querySelectorAll('input')].every(({ autocomplete }) => !autocomplete.startsWith('cc-'))).to.equal(true);
      await expectAccessible(element);
    });

    it('leaves by a form of the document with the provider’s fields, once, and says so to the page', async () => {
      const left = leaving(POST);
      const { element } = await open(left.options);
      let told = 0;
      document.body.addEventListener('oya-payment-started', () => told++, { once: true });
      const pay = await review(element);
      const button = root(pay).querySelector<HTMLButtonElement>('[type=submit]') as HTMLButtonElement;
      button.click();
      button.click();
      await until(() => left.forms.length > 0, 'the way out');
      expect(left.forms).to.deep.equal([{ method: 'post', action: 'https://provider.example/pay', fields: { vads_amount: '20831', signature: 'abc', submit: 'x' } }]);
      expect(left.asked).to.have.length(1);
      expect(told).to.equal(1);
      expect(document.querySelectorAll('body > form')).to.have.length(0);
      const back = new URL(left.asked[0]?.returnUrl ?? '');
      expect([back.origin, back.searchParams.get('oya-payment-contract')]).to.deep.equal([location.origin, CONTRACT]);
    });

    it('leaves by an address where the provider has one', async () => {
      const left = leaving({ method: 'GET', url: `${location.origin}${location.pathname}#provider` });
      const { element } = await open(left.options);
      (root(await review(element)).querySelector('[type=submit]') as HTMLButtonElement).click();
      await until(() => location.hash === '#provider', 'the way out');
    });

    it('does not follow an address that is none of a page', async () => {
      const left = leaving({ method: 'POST', url: 'javascript:alert(1)', fields: {} });
      const { element } = await open(left.options);
      const pay = await review(element);
      (root(pay).querySelector('[type=submit]') as HTMLButtonElement).click();
      await until(() => root(pay).querySelector('.summary') !== null, 'the words');
      expect(left.forms).to.have.length(0);
      expect(textOf(pay)).to.include('Rien n’a été débité');
    });

    it('pays a part where the utility allows it, within what it allows', async () => {
      const left = leaving(POST);
      const { element } = await open(left.options);
      const pay = await review(element);
      (root(pay).querySelector('[value=part]') as HTMLInputElement).click();
      await pay.updateComplete;
      const type = async (amount: string) => {
        const field = root(pay).querySelector('[name=amount]') as HTMLInputElement;
        field.value = amount;
        field.dispatchEvent(new Event('input'));
        await pay.updateComplete;
        (root(pay).querySelector('[type=submit]') as HTMLButtonElement).click();
        await pay.updateComplete;
      };
      for (const [typed, words] of [['', 'Écrivez un montant'], ['5', 'Payez au moins 10,00'], ['9999', 'Payez au plus']] as const) {
        await type(typed);
        await until(() => textOf(root(pay).querySelector('.field-error')).includes(words), words);
      }
      expect(left.asked).to.have.length(0);
      await type('40,50 €');
      await until(() => left.forms.length > 0, 'the way out');
      expect(left.asked[0]?.amount).to.equal(4050);
    });

    it('offers no part where the utility takes only the whole', async () => {
      const between: MountOptions['between'] = (sandbox) => amendAdapter(sandbox, { describePayment: async (input) => ({ ...(await sandbox.perform(describePayment, input, {})), partial: null }) });
      const { element } = await open({ between });
      expect(root(await review(element)).querySelectorAll('[type=radio]')).to.have.length(0);
    });

    it('pays those that were chosen, and one that is open', async () => {
      const { element } = await open();
      (root(element).querySelectorAll<HTMLInputElement>('.pick input')[1] as HTMLInputElement).click();
      await element.updateComplete;
      const number = textOf(root(element).querySelectorAll('.invoice')[1]).match(/EN\d+/)?.[0] ?? '';
      (root(element).querySelector('[data-act=pay-selected]') as HTMLElement).click();
      await until(() => part<OyaInvoicesPay>(element, 'oya-invoices-pay')?.state === 'ready', 'the review');
      const pay = part<OyaInvoicesPay>(element, 'oya-invoices-pay') as OyaInvoicesPay;
      await pay.updateComplete;
      expect(textOf(pay)).to.include(number);
      expect(root(pay).querySelectorAll('.what li')).to.have.length(1);
    });

    it('says why it could not begin, and that nothing was taken', async () => {
      for (const [code, words] of [['under-way', 'déjà en cours'], ['amount-changed', 'vient de changer'], ['not-payable', 'n’est plus à payer']] as const) {
        const left = leaving(POST, () => new PortalError('conflict', { code }));
        const { element } = await open(left.options);
        const pay = await review(element);
        (root(pay).querySelector('[type=submit]') as HTMLButtonElement).click();
        await until(() => root(pay).querySelector('.summary') !== null, 'the words');
        expect(textOf(root(pay).querySelector('.summary'))).to.include(words).and.to.include('Rien n’a été débité');
        expect(left.forms).to.have.length(0);
        unmountAll();
      }
    });

    it('begins the same payment again under the same key, where nobody knows whether it arrived', async () => {
      const left = leaving(POST, (tries) => (tries === 1 ? new PortalError('timeout') : undefined));
      const { element } = await open(left.options);
      const pay = await review(element);
      (root(pay).querySelector('[type=submit]') as HTMLButtonElement).click();
      await until(() => root(pay).querySelector('.summary') !== null, 'the words');
      (root(pay).querySelector('[type=submit]') as HTMLButtonElement).click();
      await until(() => left.forms.length > 0, 'the way out');
      expect(left.keys[0]).to.equal(left.keys[1]);
    });

    it('is not offered where the utility has no provider, nor for what is paid', async () => {
      const { element } = await mount<OyaInvoices>('oya-invoices', { persona: 'lucien', between: (sandbox) => amendAdapter(sandbox, { describePayment: () => Promise.reject(new PortalError('unsupported')) }) });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(root(element).querySelectorAll('[data-act=pay]')).to.have.length(0);
      unmountAll();
      const paid = await mount<OyaInvoices>('oya-invoices', { persona: 'camille' });
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(root(paid.element).querySelectorAll('[data-act=pay]')).to.have.length(0);
    });
  });

  describe('coming back', () => {
    /** A payment was started, and the customer comes back to the page that its address names. */
    async function comeBack(outcome: Parameters<Awaited<ReturnType<typeof open>>['adapter']['controls']['setPaymentOutcome']>[0], options: MountOptions = {}) {
      const mounted = await open(options);
      mounted.adapter.controls.setPaymentOutcome(outcome);
      const offer: PaymentOffer = await mounted.adapter.perform(describePayment, { contractId: CONTRACT }, {});
      const open_ = offer.invoices.reduce((total, invoice) => total + invoice.open, 0) as never;
      const started = await mounted.adapter.perform(startPayment, { contractId: CONTRACT, invoiceIds: offer.invoices.map(({ invoiceId }) => invoiceId), open: open_, amount: open_, returnUrl: location.href }, { idempotencyKey: 'k' });
      const paymentId = started.payment.id;
      history.replaceState(null, '', `?oya-payment=${paymentId}&oya-payment-contract=${CONTRACT}`);
      // The page is loaded anew, over the same portal.
      mounted.element.remove();
      const element = document.createElement('oya-invoices');
      mounted.provider.append(element);
      await until(() => part<OyaInvoicesPayment>(element, 'oya-invoices-payment')?.state === 'ready', 'what became of it');
      return { ...mounted, element, paymentId, payment: part<OyaInvoicesPayment>(element, 'oya-invoices-payment') as OyaInvoicesPayment };
    }

    it('says that it is paid only once the provider has said so, with the receipt, and the list says so too', async () => {
      const { element, payment, paymentId, adapter } = await comeBack(null);
      await until(() => textOf(payment).includes('en cours de confirmation'), 'that it is being confirmed');
      expect(textOf(payment)).to.include('Ne payez pas une seconde fois');
      await until(() => textOf(root(element).querySelector('.badge')).includes('en cours de confirmation'), 'the list');
      expect(root(element).querySelectorAll('[data-act=pay]')).to.have.length(0);
      expect(textOf(root(element).querySelector('.number'))).to.include('en cours de confirmation');
      adapter.controls.notifyPayment(paymentId, 'paid');
      await until(() => textOf(payment).includes('est confirmé'), 'that it is paid');
      expect(textOf(payment)).to.include('Référence').and.to.include('Le reçu est envoyé à');
      await until(() => textOf(root(element).querySelector('.badge')) === 'Payée', 'the list');
      expect((await adapter.perform(getPayment, { contractId: CONTRACT, paymentId }, {})).state).to.equal('paid');
      control(payment, 'Fermer ce message').click();
      await until(() => part(element, 'oya-invoices-payment') === null, 'the end of the message');
      expect(location.search).to.equal('');
    });

    it('says what to do after a refusal, and begins again with the same invoices', async () => {
      const { element, payment } = await comeBack('refused');
      await until(() => textOf(payment).includes('n’a pas été accepté'), 'the refusal');
      expect(textOf(payment)).to.include('Rien n’a été débité');
      await expectAccessible(element);
      control(payment, 'Essayer à nouveau').click();
      await until(() => part<OyaInvoicesPay>(element, 'oya-invoices-pay')?.state === 'ready', 'the review');
      expect(root(part(element, 'oya-invoices-pay') as Element).querySelectorAll('.what li')).to.have.length(2);
    });

    it('says again that one is back where that did not get through, and tells nobody to cancel what may be paid', async () => {
      let tries = 0;
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, { returnFromPayment: (input, context) => (++tries === 1 ? Promise.reject(new PortalError('offline')) : sandbox.perform(returnFromPayment, input, context)) });
      const { payment } = await comeBack('paid', { between });
      expect(textOf(payment)).to.include('en cours de confirmation').and.not.to.include('Annuler');
      await until(() => textOf(payment).includes('est confirmé'), 'that it is paid');
      expect(tries).to.equal(2);
    });

    it('says that nothing was taken where the payment was left', async () => {
      const { payment } = await comeBack('abandoned');
      await until(() => textOf(payment).includes('Vous n’avez pas terminé ce paiement'), 'the words');
      expect(textOf(payment)).to.include('Reprendre le paiement');
    });

    it('shows one that was started and left open, and cancels it', async () => {
      const { element, adapter } = await open();
      const offer = await adapter.perform(describePayment, { contractId: CONTRACT }, {});
      const [first] = offer.invoices;
      await adapter.perform(startPayment, { contractId: CONTRACT, invoiceIds: [first?.invoiceId ?? ''], open: first?.open as never, amount: first?.open as never, returnUrl: location.href }, { idempotencyKey: 'k' });
      // As whoever comes back to the page a while later.
      await element.client?.queries.invalidateQueries();
      await until(() => part<OyaInvoicesPayment>(element, 'oya-invoices-payment')?.state === 'ready', 'what is under way');
      const payment = part<OyaInvoicesPayment>(element, 'oya-invoices-payment') as OyaInvoicesPayment;
      expect(textOf(payment)).to.include('est commencé');
      control(payment, 'Annuler ce paiement').click();
      await until(() => /^Payer les 2 factures/.test(textOf(root(element).querySelector('[data-act=pay]'))), 'both can be paid again');
    });

    it('says nothing where the address names no payment of this customer', async () => {
      history.replaceState(null, '', '?oya-payment=none');
      const { element } = await open();
      await new Promise((resolve) => setTimeout(resolve, 50));
      const payment = part<OyaInvoicesPayment>(element, 'oya-invoices-payment');
      expect(payment === null || textOf(payment) === '').to.equal(true);
    });
  });
});
