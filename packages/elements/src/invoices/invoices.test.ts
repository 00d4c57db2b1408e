import { amendAdapter, archiveInvoices, contestInvoice, createInvoiceLink, getInvoice, listInvoices, PortalError, requestPaymentPlan, type InvoiceList, type PortalAdapter } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import '../portal/portal.define.ts';
import type { OyaPortal } from '../portal/portal.ts';
import './invoices.define.ts';
import type { OyaInvoices } from './invoices.ts';
import type { OyaInvoicesOne } from './one.ts';

const open = (options: MountOptions = {}) => mount<OyaInvoices>('oya-invoices', { persona: 'lucien', routes: { contact: '/contact', bill: '/espace#/bill' }, ...options });
const root = (element: OyaInvoices | OyaInvoicesOne) => element.shadowRoot as ShadowRoot;
const rows = (element: OyaInvoices) => [...root(element).querySelectorAll<HTMLElement>('.invoice')];
const names = (element: OyaInvoices) => rows(element).map((row) => textOf(row.querySelector('.name')));
const one = (element: OyaInvoices) => root(element).querySelector<OyaInvoicesOne>('oya-invoices-one');
const within = <E extends HTMLElement = HTMLElement>(element: OyaInvoices | OyaInvoicesOne, selector: string) => root(element).querySelector<E>(selector) ?? expect.fail(`nothing like ${selector} in ${textOf(element)}`);

async function openFirst(element: OyaInvoices, index = 0): Promise<OyaInvoicesOne> {
  (rows(element)[index]?.querySelector<HTMLElement>('.name') ?? expect.fail('no such row')).click();
  await until(() => one(element)?.state === 'ready', 'the invoice');
  await one(element)?.updateComplete;
  return one(element) as OyaInvoicesOne;
}

async function choose(element: OyaInvoices, name: string, value: string): Promise<void> {
  const field = within<HTMLSelectElement>(element, `[name=${name}]`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
  await element.updateComplete;
  await until(() => root(element).querySelector('.found[aria-busy=false], .notice button'), 'the answer');
}

/** Keeps what is handed to the browser to save. */
function downloads(): { readonly names: string[]; readonly end: () => void } {
  const saved: string[] = [];
  const { click } = HTMLAnchorElement.prototype;
  HTMLAnchorElement.prototype.click = function keep(this: HTMLAnchorElement) {
    if (this.download === '') click.call(this);
    else saved.push(this.download);
  };
  return { names: saved, end: () => void (HTMLAnchorElement.prototype.click = click) };
}

/** Answers lists with so many invoices like the first. */
function many(count: number): NonNullable<MountOptions['between']> {
  return (sandbox: PortalAdapter) =>
    amendAdapter(sandbox, {
      listInvoices: async (input) => {
        const answer = await sandbox.perform(listInvoices, { contractId: input.contractId }, {});
        const [first] = answer.items;
        const start = input.after === undefined ? 0 : Number(input.after) + 1;
        const items = Array.from({ length: Math.min(50, count - start) }, (_, index) => ({ ...first, id: String(start + index), number: `EN${start + index}` }));
        return { ...answer, items, count, years: [{ year: '2026', count }], ...(start + 50 < count ? { next: String(start + 49) } : { next: undefined }) } as InvoiceList;
      },
    });
}

describe('<oya-invoices>', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
  });

  describe('the list', () => {
    it('says first what is to be paid, since when it is late, and when the next one comes', async () => {
      const { element } = await open();
      const lead = textOf(within(element, '.lead'));
      expect(lead).to.match(/^\d+,\d\d\s€ à payer/u);
      expect(lead).to.match(/passé depuis le \d+ \p{L}+ 2026/u).and.to.match(/Prochaine facture vers le \d/u);
      const links = [...(element.shadowRoot?.querySelectorAll('.lead a') ?? [])].map((link) => [textOf(link), link.getAttribute('href')]);
      expect(links).to.deep.equal([['Demander à payer en plusieurs fois', '/mon-espace#/payment'], ['Nous contacter', '/contact']]);
    });

    it('shows by year each with its state in words and form, number, day and amount', async () => {
      const { element } = await open();
      expect([...root(element).querySelectorAll('.year h3')].map(textOf).slice(0, 2)).to.deep.equal(['2026', '2025']);
      const [first] = rows(element);
      expect(textOf(first)).to.match(/Octobre 2026/).and.to.match(/n°\s?EN2611\d+, du \d+ novembre 2026/u);
      const badges = [...root(element).querySelectorAll('.badge')];
      expect(badges.every((badge) => badge.querySelector('svg') !== null && textOf(badge) !== '')).to.equal(true);
      expect(badges.slice(0, 3).map(textOf)).to.deep.equal(['À payer', 'En retard', 'Payée']);
      await expectAccessible(element);
    });

    it('tells what is paid by a plan as that, once it is accepted, and when the next part is due', async () => {
      const { element, adapter } = await open();
      const contractId = 'lucien-electricity';
      const [next, late] = (await adapter.perform(listInvoices, { contractId })).items;
      if (next?.state !== 'open' || late?.state !== 'overdue') return expect.fail('one is late, and one is not');
      const { plans: [plan] } = await adapter.perform(requestPaymentPlan, { contractId, invoiceIds: [late.id], parts: 2, words: '' });
      adapter.controls.answerPaymentPlan(plan?.id ?? '', 'accepted');
      await element.client?.queries.invalidateQueries();
      await until(() => rows(element).map(textOf).join('').includes('Échéancier en cours'), 'the state of the invoice');
      expect(textOf(rows(element)[1])).to.match(/Échéancier en cours\s?prochaine part avant le 9 décembre 2026 inclus/);
      const lead = textOf(within(element, '.lead'));
      expect(lead).to.include('La prochaine échéance est le 27 novembre 2026.').and.not.to.include('délai de paiement');
      expect(lead).to.match(/Dont \d+,\d\d\s€ par votre échéancier : prochaine part de \d+,\d\d\s€ avant le 9 décembre 2026 inclus\. Voir mon échéancier/u);
      expect(textOf(within(element, '.lead [data-act=pay]'))).to.match(new RegExp(`^Payer ${(next.balance / 100).toFixed(2).replace('.', ',')}\\s€$`, 'u'), 'what the plan pays is not asked for at once');
      const opened = await openFirst(element, 1);
      expect(textOf(opened.shadowRoot?.querySelector('.head'))).to.match(/prochaine part de \d+,\d\d\s€ avant le 9 décembre 2026 inclus, dernière part le 9 janvier 2027\./u);
      expect(opened.shadowRoot?.querySelector('.head a')?.getAttribute('href')).to.equal('/mon-espace#/payment');
      await expectAccessible(element);
    });

    it('is narrowed to a year and a state, sorted, and searched by number or amount', async () => {
      const { element, adapter } = await open();
      await choose(element, 'year', '2025');
      expect([...root(element).querySelectorAll('.year h3')].map(textOf)).to.deep.equal(['2025']);
      await choose(element, 'show', 'to-pay');
      expect(textOf(element)).to.include('Aucune facture ne correspond');
      control(element, 'Voir toutes les factures').click();
      await until(() => rows(element).length > 0, 'all again');
      await choose(element, 'show', 'to-pay');
      expect(rows(element)).to.have.length(2);
      await choose(element, 'show', '');
      await choose(element, 'order', 'highest');
      const amounts = rows(element).map((row) => Number(textOf(row.querySelector('.amount .strong')).replace(/[^\d]/g, '')));
      expect(amounts).to.deep.equal(amounts.toSorted((a, b) => b - a));
      const { items } = await adapter.perform(listInvoices, { contractId: 'lucien-electricity' }, {});
      const search = within<HTMLInputElement>(element, '[name=search]');
      search.value = items[4]?.number ?? '';
      search.dispatchEvent(new Event('input'));
      await until(() => rows(element).length === 1, 'the one that was searched');
    });

    it('brings the next ones on demand, each once, with the focus on the first of them', async () => {
      const { element } = await open({ between: many(120) });
      expect(rows(element)).to.have.length(50);
      control(element, 'Voir les suivantes').click();
      await until(() => rows(element).length === 100, 'the second page');
      await element.updateComplete;
      expectFocusOn(rows(element)[50]?.querySelector('a'));
      control(element, 'Voir les suivantes').click();
      await until(() => rows(element).length === 120, 'the last page');
      expect(new Set(rows(element).map((row) => row.querySelector('a')?.dataset['invoice'])).size).to.equal(120);
      expect(textOf(element).includes('Voir les suivantes')).to.equal(false);
    });

    it('keeps a selection as one ZIP', async () => {
      const asked: string[][] = [];
      const { element } = await open({
        between: (sandbox) => amendAdapter(sandbox, { archiveInvoices: (input) => (asked.push(input.invoiceIds), sandbox.perform(archiveInvoices, input, {})) }),
      });
      for (const row of rows(element).slice(0, 2)) row.querySelector<HTMLInputElement>('input')?.click();
      await element.updateComplete;
      expect(textOf(within(element, '.chosen'))).to.include('2 factures choisies');
      const saved = downloads();
      control(element, 'Télécharger en ZIP').click();
      await until(() => saved.names.length > 0, 'the file');
      saved.end();
      expect(saved.names[0]).to.match(/^factures-.+\.zip$/);
      expect(asked[0]).to.have.length(2);
    });

    it('says why a selection could not be kept, and leaves it chosen', async () => {
      const { element } = await open({ faults: { archiveInvoices: 'unavailable' } });
      rows(element)[0]?.querySelector<HTMLInputElement>('input')?.click();
      await element.updateComplete;
      control(element, 'Télécharger en ZIP').click();
      await until(() => root(element).querySelector('.summary'), 'the words');
      expect(textOf(within(element, '.summary'))).to.include('Le fichier n’a pas pu être préparé');
      expect(root(element).querySelector('.chosen') !== null).to.equal(true);
    });
  });

  describe('what else there is to say', () => {
    it('tells a new customer when the first one comes', async () => {
      const { element } = await open({ persona: 'emma' });
      expect(element.state).to.equal('empty');
      expect(textOf(element)).to.include('Aucune facture pour le moment').and.to.match(/arrivera vers le \d/);
    });

    it('tells instalments: the next one, and the settlement to come', async () => {
      const { element } = await open({ persona: 'marc' });
      expect(textOf(within(element, '.plan'))).to.match(/facture annuelle qui les régularise arrive vers le \d/).and.to.include('Voir les 10 mensualités');
    });

    it('tells what the utility owes', async () => {
      const between: MountOptions['between'] = (sandbox) => amendAdapter(sandbox, { listInvoices: async (input) => ({ ...(await sandbox.perform(listInvoices, input, {})), credit: 1234 as never, toPay: 0 as never, overdueSince: null }) });
      const { element } = await open({ between });
      expect(textOf(within(element, '.lead'))).to.include('Rien à payer').and.to.match(/Nous vous devons 12,34\s€/u);
    });

    it('tells whoever only reads a contract whose its invoices are', async () => {
      const { element } = await open({ persona: 'lea', attributes: { contract: 'helene-second-electricity' } });
      expect(element.state).to.equal('empty');
      expect(textOf(element)).to.include('Les factures restent à leur titulaire');
    });

    it('follows the contract that is chosen', async () => {
      const { element } = await open({ persona: 'nadia' });
      const before = rows(element)[0]?.querySelector('a')?.dataset['invoice'];
      const select = within<HTMLSelectElement>(element, '.which select');
      select.value = 'nadia-gas';
      select.dispatchEvent(new Event('change'));
      await until(() => rows(element)[0]?.querySelector('a')?.dataset['invoice'] !== before && textOf(element).includes('Contestée'), 'the other contract');
    });
  });

  describe('one invoice', () => {
    it('opens in place, says all that it charges, and adds up', async () => {
      const { element, adapter } = await open();
      const sheet = await openFirst(element);
      const { items } = await adapter.perform(listInvoices, { contractId: 'lucien-electricity' }, {});
      const details = await adapter.perform(getInvoice, { contractId: 'lucien-electricity', invoiceId: items[0]?.id ?? '' }, {});
      expect(location.hash).to.equal(`#oya-invoice=lucien-electricity/${details.id}`);
      const cents = (text: string) => Number(text.replaceAll('−', '-').replaceAll(/[^\d-]/g, ''));
      const nets = [...root(sheet).querySelectorAll('.net')].map((net) => cents(textOf(net)));
      expect(nets).to.have.length(details.bill.lines.length + details.bill.givenBack.length);
      expect(nets.reduce((sum, net) => sum + net, 0)).to.equal(details.bill.totals.net);
      expect(textOf(sheet)).to.match(/index [\d\s]+ \(relevé\) à [\d\s]+ \((relevé|estimé|calculé)\)/u).and.to.match(/TURPE/).and.to.match(/TVA à 20\s%/u);
      expectFocusOn(root(sheet).querySelector('.title'));
      await expectAccessible(element);
      location.hash = '';
      await until(() => rows(element).length > 0, 'the list again');
      await element.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 30));
      expectFocusOn(rows(element)[0]?.querySelector('a'));
    });

    it('counts what a gas meter that has rolled over counted, and nothing below zero', async () => {
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          getInvoice: async (input) => {
            const details = await sandbox.perform(getInvoice, input, {});
            const lines = details.bill.lines.map((line) => (line.what === 'energy' ? { ...line, index: { ...line.index, start: 99_990, end: 12 } } : line));
            return { ...details, bill: { ...details.bill, lines } };
          },
        });
      const { adapter } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      const { items } = await adapter.perform(listInvoices, { contractId: 'nadia-gas' }, {});
      unmountAll();
      location.hash = `#oya-invoice=nadia-gas/${items[1]?.id}`;
      const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' }, between });
      await until(() => one(element)?.state === 'ready', 'the invoice of the address');
      expect(textOf(one(element))).to.match(/22\sm³ à [\d,]+\skWh/u);
    });

    it('opens from the address alone, for the contract that it names', async () => {
      const { adapter, element: list } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas' } });
      const { items } = await adapter.perform(listInvoices, { contractId: 'nadia-gas' }, {});
      expect(rows(list).length).to.be.greaterThan(1);
      unmountAll();
      location.hash = `#oya-invoice=nadia-gas/${items[1]?.id}`;
      const { element } = await open({ persona: 'nadia' });
      await until(() => one(element)?.state === 'ready', 'the invoice of the address');
      expect(textOf(one(element))).to.include('Vous contestez cette facture').and.to.include('chauffage était coupé').and.to.match(/m³ à [\d,]+\skWh/u);
    });

    it('says so where the address names none, and leads back', async () => {
      location.hash = '#oya-invoice=lucien-electricity/none';
      const { element } = await open();
      await until(() => one(element)?.state === 'error', 'the answer');
      expect(textOf(one(element))).to.include('Cette facture n’est pas dans votre espace').and.to.include('Toutes vos factures');
    });

    it('has what people come for before its lines, and the rest of what can be done behind one button where there is no room for a row', async () => {
      const { element, provider } = await open({ persona: 'odette' });
      const sheet = await openFirst(element, rows(element).findIndex((row) => row.querySelector('.estimated')));
      const before = (first: Element, second: Element) => (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
      expect(before(control(sheet, 'Comprendre cette facture'), within(sheet, '.aside'))).to.equal(true);
      expect(before(within(sheet, '.aside'), within(sheet, '.lines'))).to.equal(true);
      const acts = () => [...root(sheet).querySelectorAll<HTMLElement>('.others button')];
      const seen = () => acts().filter((each) => each.checkVisibility()).map((each) => each.dataset['act']);
      const all = ['open', 'pdf', 'xml', 'print', 'contest'];
      expect(seen()).to.deep.equal(all);
      expect(within(sheet, '.more').checkVisibility()).to.equal(false);

      provider.style.cssText = 'display: block; inline-size: 320px';
      expect(seen()).to.deep.equal([]);
      const more = control(sheet, 'Télécharger, imprimer, contester');
      expect(more.getAttribute('aria-expanded')).to.equal('false');
      more.click();
      await sheet.updateComplete;
      expect(more.getAttribute('aria-expanded')).to.equal('true');
      expect(seen()).to.deep.equal(all);
      for (const each of [more, ...acts()]) expect(each.getBoundingClientRect().height).to.be.at.least(44);
      await expectAccessible(element);
      more.click();
      await sheet.updateComplete;
      expect(seen()).to.deep.equal([]);
    });

    it('needs no such button where the portal gives no files', async () => {
      const { element, provider } = await open({ between: (sandbox) => amendAdapter(sandbox, { getInvoiceFile: undefined, createInvoiceLink: undefined }) });
      provider.style.cssText = 'display: block; inline-size: 320px';
      const sheet = await openFirst(element);
      expect(root(sheet).querySelector('.more')).to.equal(null);
      for (const name of ['Imprimer ce résumé', 'Contester cette facture']) expect(control(sheet, name).checkVisibility()).to.equal(true);
    });

    it('leads to its explanation, wherever the site has it', async () => {
      const { element } = await open();
      const sheet = await openFirst(element);
      expect(control<HTMLAnchorElement>(sheet, 'Comprendre cette facture').getAttribute('href')).to.match(/^\/espace#\/bill\?oya-invoice=lucien-electricity\/EN\d+$/);
    });

    it('opens its PDF in a tab that the click itself opened, and offers a link where the browser did not', async () => {
      const { open: original } = window;
      const went: string[] = [];
      const tab = { closed: false, opener: window as unknown, location: { replace: (url: string) => void went.push(url) }, close: () => {} };
      let answer: unknown = tab;
      window.open = () => answer as Window;
      try {
        const { element } = await open();
        const sheet = await openFirst(element);
        control(sheet, /Ouvrir le PDF/).click();
        await until(() => went.length > 0, 'the address');
        expect(went[0]).to.match(/^blob:/);
        expect(tab.opener === null).to.equal(true);
        await sheet.updateComplete;
        answer = null;
        control(sheet, /Ouvrir le PDF/).click();
        await until(() => root(sheet).querySelector('.blocked a'), 'the link');
        expect(within<HTMLAnchorElement>(sheet, '.blocked a').href).to.match(/^blob:/);
      } finally {
        window.open = original;
      }
    });

    it('closes the tab again where there is no address for it', async () => {
      const { open: original } = window;
      let closed = 0;
      window.open = () => ({ closed: false, close: () => closed++ }) as unknown as Window;
      try {
        const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { createInvoiceLink: () => Promise.reject(new PortalError('unavailable')) }) });
        const sheet = await openFirst(element);
        control(sheet, /Ouvrir le PDF/).click();
        await until(() => root(sheet).querySelector('.summary'), 'the words');
        expect(closed).to.equal(1);
        expect(textOf(sheet)).to.include('Le PDF n’a pas pu être ouvert');
      } finally {
        window.open = original;
      }
      expect(createInvoiceLink.method).to.equal('POST');
    });

    it('is saved as PDF and as XML', async () => {
      const { element } = await open();
      const sheet = await openFirst(element);
      const saved = downloads();
      control(sheet, 'Télécharger le PDF').click();
      await until(() => saved.names.length === 1, 'the PDF');
      await sheet.updateComplete;
      control(sheet, /XML/).click();
      await until(() => saved.names.length === 2, 'the XML');
      saved.end();
      expect(saved.names.map((name) => name.split('.').at(-1))).to.deep.equal(['pdf', 'xml']);
    });
  });

  describe('contesting', () => {
    it('takes what was written along to a claim file, and names the files that went with it', async () => {
      const { element, provider } = await open();
      provider.style.cssText = 'display: block; inline-size: 320px';
      const sheet = await openFirst(element);
      control(sheet, 'Télécharger, imprimer, contester').click();
      await sheet.updateComplete;
      control(sheet, 'Contester cette facture').click();
      await sheet.updateComplete;
      const field = within<HTMLTextAreaElement>(sheet, 'textarea');
      field.value = 'L’index est faux.';
      field.dispatchEvent(new Event('input'));
      control(sheet, 'Joindre des photos et mes mesures').click();
      await until(() => root(sheet).querySelector('oya-claim')?.renderRoot.querySelector('form'), 'the claim');
      const claim = root(sheet).querySelector('oya-claim') ?? expect.fail();
      expect(claim.renderRoot.querySelector('textarea')?.value).to.equal('L’index est faux.');
      await claim.addFiles([new File(['%PDF-1.4\n%%EOF\n'], 'Courrier.pdf', { type: 'application/pdf' })]);
      await until(() => claim.renderRoot.querySelector('.file'), 'the file');
      control(claim, 'Contester avec ce dossier').click();
      await until(() => textOf(sheet).includes('Vos fichiers : Courrier.pdf'), 'the names of its files');
      // Shut meanwhile: the focus finds its place all the same.
      within(sheet, '.more').click();
      control(sheet, 'Fermer le dossier').click();
      await until(() => !root(sheet).querySelector('oya-claim'), 'the claim to go');
      expectFocusOn(control(sheet, 'Imprimer ce résumé'));
    });

    async function contest(element: OyaInvoices, words: string): Promise<OyaInvoicesOne> {
      const sheet = await openFirst(element);
      control(sheet, 'Contester cette facture').click();
      await sheet.updateComplete;
      const field = within<HTMLTextAreaElement>(sheet, 'textarea');
      field.value = words;
      field.dispatchEvent(new Event('input'));
      control(sheet, 'Envoyer ma contestation').click();
      return sheet;
    }

    it('sends the customer’s words, and shows them with what follows, in the list too', async () => {
      const { element } = await open();
      const sheet = await contest(element, 'L’index est faux.');
      await until(() => textOf(sheet).includes('Votre contestation est enregistrée.'), 'the outcome');
      expect(textOf(within(sheet, '.aside'))).to.include('L’index est faux.').and.to.include('vous n’avez pas à la payer');
      expect(textOf(within(sheet, '.badge'))).to.equal('Contestée');
      location.hash = '';
      await until(() => textOf(rows(element)[0]).includes('Contestée'), 'the list');
    });

    it('asks for words where there are none', async () => {
      const { element } = await open();
      const sheet = await contest(element, '  ');
      await until(() => root(sheet).querySelector('.summary'), 'the summary');
      expect(within(sheet, 'textarea').getAttribute('aria-invalid')).to.equal('true');
      await expectAccessible(element);
    });

    it('loses nothing that was written when it cannot be sent, nor when one looks elsewhere meanwhile', async () => {
      const { element } = await open({ faults: { contestInvoice: 'unavailable' } });
      const sheet = await contest(element, 'Mes mots');
      await until(() => root(sheet).querySelector('.summary'), 'the refusal');
      expect(within<HTMLTextAreaElement>(sheet, 'textarea').value).to.equal('Mes mots');
      location.hash = '';
      await until(() => rows(element).length > 0, 'the list');
      const again = await openFirst(element);
      control(again, 'Contester cette facture').click();
      await again.updateComplete;
      expect(within<HTMLTextAreaElement>(again, 'textarea').value).to.equal('Mes mots');
    });

    it('sends the same words again under the same key', async () => {
      const keys: (string | undefined)[] = [];
      const between: MountOptions['between'] = (sandbox) =>
        amendAdapter(sandbox, {
          contestInvoice: (input, context) => {
            keys.push(context.idempotencyKey);
            return keys.length === 1 ? Promise.reject(new PortalError('timeout')) : sandbox.perform(contestInvoice, input, context);
          },
        });
      const { element }: Mounted<OyaInvoices> = await open({ between });
      const sheet = await contest(element, 'Mes mots');
      await until(() => root(sheet).querySelector('.summary'), 'the refusal');
      control(sheet, 'Envoyer ma contestation').click();
      await until(() => textOf(sheet).includes('Votre contestation est enregistrée.'), 'the outcome');
      expect(keys).to.have.length(2);
      expect(keys[0]).to.equal(keys[1]);
    });
  });

  it('stands in a portal: an invoice has its address there, and the way back leads to the list whatever the portal did with the address', async () => {
    history.replaceState(null, '', `${location.pathname}#/invoices`);
    const { element: portal } = await mount<OyaPortal>('oya-portal', { persona: 'lucien' });
    const list = () => portal.querySelector<OyaInvoices>('oya-invoices');
    await until(() => list()?.state === 'ready', 'the list');
    const element = list() as OyaInvoices;
    await element.updateComplete;
    await openFirst(element);
    expect(location.hash).to.match(/^#\/invoices\?oya-invoice=lucien-electricity\/EN\d+$/);
    // A section of the navigation, and back to this one: the portal writes both addresses itself.
    const link = [...portal.querySelectorAll<HTMLAnchorElement>('nav a')].find((each) => textOf(each) === 'Factures') ?? expect.fail('no link');
    history.pushState(null, '', '#/dashboard');
    link.click();
    await portal.updateComplete;
    history.replaceState(null, '', '#/invoices');
    await (one(element) as OyaInvoicesOne).updateComplete;
    one(element)?.requestUpdate();
    await one(element)?.updateComplete;
    control<HTMLAnchorElement>(one(element) as OyaInvoicesOne, 'Toutes vos factures').click();
    await until(() => rows(element).length > 0, 'the list again');
  });

  it('speaks English with the same care', async () => {
    const { element } = await open({ lang: 'en' });
    expect(textOf(element)).to.include('Your bills').and.to.include('Overdue');
    expect(names(element)[0]).to.equal('October 2026');
  });
});
