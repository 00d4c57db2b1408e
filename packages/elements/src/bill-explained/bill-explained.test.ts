import { OyaBarSelectEvent, type OyaBarChart, type OyaLoadCurve, type TimeWindow } from '@oya/charts';
import { amendAdapter, cents, getConsumption, getInvoice, listContracts, listInvoices, PortalError, type Contract, type Invoice, type InvoiceDetails, type PortalAdapter } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import './bill-explained.define.ts';
import type { OyaBillExplained } from './bill-explained.ts';

const open = (options: MountOptions = {}) => mount<OyaBillExplained>('oya-bill-explained', { routes: { login: '/connexion', contact: '/contact', consumption: '/consommation' }, ...options });
const within = <E extends Element = HTMLElement>({ element }: Pick<Mounted<OyaBillExplained>, 'element'>, selector: string) => element.renderRoot.querySelector<E>(selector);
const all = ({ element }: Pick<Mounted<OyaBillExplained>, 'element'>, selector: string) => [...element.renderRoot.querySelectorAll(selector)];
const words = (mounted: Pick<Mounted<OyaBillExplained>, 'element'>, selector: string) => textOf(within(mounted, selector));
/** `−12,34 €` as cents. */
const centsIn = (text: string) => Number(text.replaceAll(/[^\d−-]/g, '').replace('−', '-'));

async function compared(options: MountOptions = {}): Promise<Mounted<OyaBillExplained>> {
  const mounted = await open({ persona: 'camille', ...options });
  await until(() => within(mounted, '.compared .waterfall'), 'the comparison');
  return mounted;
}

/** Answers invoices that are other than the sandbox has them. */
const changing = (change: (details: InvoiceDetails) => InvoiceDetails) => (sandbox: PortalAdapter): PortalAdapter =>
  amendAdapter(sandbox, { getInvoice: async (input) => change(await sandbox.perform(getInvoice, input)) });

const contractsOf = async ({ adapter }: Pick<Mounted<OyaBillExplained>, 'adapter'>): Promise<Contract[]> => (await adapter.perform(listContracts, {})).items;
const invoicesOf = async ({ adapter }: Pick<Mounted<OyaBillExplained>, 'adapter'>, contractId = ''): Promise<Invoice[]> => (await adapter.perform(listInvoices, { contractId })).items;

async function curveOf(bill: Mounted<OyaBillExplained>): Promise<OyaLoadCurve> {
  await until(() => within(bill, 'oya-load-curve'), 'the half-hours');
  return within<OyaLoadCurve>(bill, 'oya-load-curve') ?? expect.fail('no curve');
}
const hours = (window: TimeWindow | null) => [window?.from, window?.to].map((instant) => new Date(instant ?? 0).toISOString().slice(0, 16)).join(' ');

describe('<oya-bill-explained>', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('begins with why the latest invoice is more or less, its amount, and that it is right', async () => {
    const bill = await compared();
    expect(words(bill, '.title')).to.match(/^\d+,\d\d € de (plus|moins) que la facture précédente, surtout /);
    expect(words(bill, '.number')).to.match(/€$/);
    expect(words(bill, '.verdict')).to.equal('Nous avons tout recalculé, index par index : le total est juste, au centime près.');
  });

  it('draws steps that add up to the total, and causes that add up to the difference', async () => {
    const bill = await compared();
    for (const picture of all(bill, '.waterfall')) {
      const rows = [...picture.querySelectorAll('li')].map((row) => ({ isTotal: row.classList.contains('total'), amount: centsIn(textOf(row.querySelector('.amount'))) }));
      const parts = rows.filter(({ isTotal }) => !isTotal).reduce((sum, { amount }) => sum + amount, 0);
      const start = rows[0]?.isTotal ? rows[0].amount : 0;
      expect(start + parts).to.equal(rows.at(-1)?.amount);
      expect(picture.querySelectorAll('svg rect').length).to.equal(rows.length);
    }
  });

  it('shows each line from its indexes to its amount', async () => {
    const bill = await compared();
    const lines = all(bill, '.group').map(textOf).join(' ');
    expect(lines).to.match(/Énergie, heures pleines .*relevé → .*relevé .*kWh 0,\d{4,5} € par kWh/);
    expect(lines).to.include('Qu’est-ce que le TURPE ?').and.to.include('Qu’est-ce que l’accise ?');
  });

  it('says where a line is not what its indexes come to, and by how much', async () => {
    const bill = await open({
      persona: 'camille',
      between: changing((details) => {
        const lines = details.bill.lines.map((line, index) => (index === 0 ? { ...line, net: cents(line.net + 500) } : line));
        return { ...details, total: cents(details.total + 600), bill: { ...details.bill, lines, totals: { ...details.bill.totals, total: cents(details.bill.totals.total + 600) } } };
      }),
    });
    await until(() => within(bill, '.wrong-total'), 'the warning');
    expect(words(bill, '.wrong-total')).to.match(/écart de 6,00 €/);
    expect(words(bill, '.group .wrong')).to.match(/Écart : 5,00 €/);
    expect(textOf(all(bill, '.waterfall li').find((row) => textOf(row).includes('n’explique pas')))).to.include('6,00 €');
  });

  it('labels nothing that is not there, where its tables become lists', async () => {
    const bill = await compared();
    bill.element.style.inlineSize = '320px';
    const cells = [...(all(bill, '.group table').at(-1)?.querySelectorAll<HTMLElement>('tbody tr:last-child td') ?? [])];
    expect(cells.map((cell) => getComputedStyle(cell).display)).to.deep.equal(['none', 'flex']);
  });

  it('compares with last year where it is asked to', async () => {
    const bill = await compared();
    const before = words(bill, '.compared figcaption');
    within<HTMLButtonElement>(bill, '.compared .choice button:last-child')?.click();
    await until(() => words(bill, '.compared figcaption') !== before, 'the other comparison');
    expect(words(bill, '.compared figcaption')).to.include('2025');
  });

  it('shows the invoice that the address names, of its contract', async () => {
    const first = await compared({ persona: 'helene' });
    const contracts = await contractsOf(first);
    const contract = contracts.at(-1) ?? expect.fail('no contract');
    const wanted = (await invoicesOf(first, contract.id)).at(1) ?? expect.fail('no invoice');
    unmountAll();
    history.replaceState(null, '', `#/bill?oya-invoice=${contract.id}/${wanted.id}`);
    const bill = await open({ persona: 'helene' });
    await until(() => words(bill, '.head').includes(wanted.number), 'the invoice of the address');
    expect(bill.element.client?.selectedContract.value).to.equal(contract.id);
  });

  it('explains a credit note as what it gives back, without an alarm', async () => {
    const probe = await open({ persona: 'ines' });
    const [contract] = await contractsOf(probe);
    const note = (await invoicesOf(probe, contract?.id)).find(({ kind }) => kind === 'credit-note') ?? expect.fail('no credit note');
    unmountAll();
    const bill = await open({ persona: 'ines', attributes: { invoice: note.id } });
    await until(() => words(bill, '.head').includes(note.number), 'the credit note');
    expect(words(bill, '.title')).to.match(/^Cet avoir vous rend \d+,\d\d €$/);
    expect(within(bill, '.wrong-total, .wrong') === null).to.equal(true);
    expect(words(bill, '.waterfall figcaption')).to.match(/^Sur \d.* rendus, .* d’abonnement/);
    await until(() => within(bill, '.measured'), 'the days');
    expect(words(bill, '.measured .measure')).not.to.include('La facture compte');
  });

  it('opens another invoice from the list', async () => {
    const bill = await compared();
    const select = within<HTMLSelectElement>(bill, 'select.invoice') ?? expect.fail('no choice');
    const id = select.options[2]?.value ?? '';
    select.value = id;
    select.dispatchEvent(new Event('change'));
    await until(() => words(bill, '.head').includes(id), 'that invoice');
  });

  it('reckons what a look at the meter says of an estimate, without sending it', async () => {
    const probe = await open({ persona: 'odette' });
    const [contract] = await contractsOf(probe);
    const estimated = (await invoicesOf(probe, contract?.id)).filter(({ isEstimated }) => isEstimated);
    unmountAll();
    for (const { id } of estimated) {
      const bill = await open({ persona: 'odette', attributes: { invoice: id } });
      await until(() => within(bill, '.estimate'), 'the estimate');
      const field = within<HTMLInputElement>(bill, '.check input');
      if (field) {
        field.value = '999999';
        field.dispatchEvent(new Event('input'));
        await bill.element.updateComplete;
        expect(words(bill, '.check .told')).to.match(/trop basse de .* ajoutera environ/);
        field.value = '1';
        field.dispatchEvent(new Event('input'));
        await bill.element.updateComplete;
        expect(words(bill, '.check .told')).to.match(/plus bas que le dernier relevé/);
      } else {
        expect(words(bill, '.estimate')).to.include('a été corrigée par la facture');
      }
      unmountAll();
    }
    expect(estimated.length).to.be.greaterThan(0);
  });

  it('keeps an eye on what is to come where there is anything to look at, and tells what instalments have paid', async () => {
    const bill = await open({ persona: 'marc' });
    await until(() => within(bill, 'oya-bill-watch')?.shadowRoot?.querySelector('.settlement'), 'the settlement');
    expect(all(bill, '.waterfall li').map(textOf).some((row) => row.startsWith('Mensualités déjà payées'))).to.equal(true);
  });

  it('says from which day on another meter counted', async () => {
    const bill = await open({ persona: 'yvette' });
    await until(() => within(bill, '.lines'), 'the lines');
    expect(words(bill, '.lines')).to.match(/20.298 relevé/).and.to.match(/0 relevé → 220 relevé autre compteur depuis le 15 septembre/);
    expect(words(bill, '.verdict')).to.include('au centime');
  });

  it('shows the days of the invoice, and is accessible', async () => {
    const bill = await compared();
    await until(() => within(bill, 'oya-bar-chart'), 'the days');
    expect(words(bill, '.measured .measure')).to.match(/mesurés du 1er octobre au 31 octobre/);
    await expectAccessible(bill.element);
  });

  it('has each value of the days in a table too', async () => {
    const bill = await compared();
    await until(() => within(bill, '.measured tbody'), 'the days');
    expect(all(bill, '.measured tbody tr').length).to.equal(31);
    expect(words(bill, '.measured tbody tr')).to.match(/^jeudi 1er octobre 2026 .* kWh ?réel$/);
  });

  it('shows the half-hours of the period in place, before its off-peak hours, in words and as a table', async () => {
    const bill = await compared();
    await until(() => within(bill, '.show-curve'), 'the way to the half-hours');
    within(bill, '.show-curve')?.click();
    const curve = await curveOf(bill);
    expectFocusOn(within(bill, '.curve-title'));
    expect(curve.curve).to.have.property('kind', 'curve');
    expect(curve.window).to.equal(null);
    // One of each night: that of the first day began before it.
    expect(curve.bands.length).to.be.within(31, 63);
    expect(curve.bands.every(({ tone, label }) => tone === 'off-peak' && label === 'Heures creuses')).to.equal(true);
    expect(words(bill, '.half-hours [role=status]')).to.match(/^Au plus fort : .* k?W, le .* octobre 2026, de .* à .*\.$/);
    expect(all(bill, '.half-hours tbody tr').length).to.equal(31);
    await expectAccessible(bill.element);
  });

  it('shows the half-hours of the day whose bar is touched, and goes on to the next, to all, and away', async () => {
    const bill = await compared();
    await until(() => within(bill, 'oya-bar-chart'), 'the days');
    within(bill, 'oya-bar-chart')?.dispatchEvent(new OyaBarSelectEvent(13));
    const curve = await curveOf(bill);
    expect(words(bill, '.curve-title')).to.equal('mercredi 14 octobre 2026');
    expect(within<OyaBarChart>(bill, 'oya-bar-chart')?.selected).to.equal(13);
    expect(hours(curve.window)).to.equal('2026-10-13T22:00 2026-10-14T22:00');
    expect(all(bill, '.half-hours tbody tr').length).to.equal(48);
    expect(words(bill, '.half-hours [role=status]')).to.match(/Au plus fort : .* Au plus bas : /);

    control(bill.element, 'Jour suivant').click();
    await until(() => words(bill, '.curve-title') === 'jeudi 15 octobre 2026', 'the next day');
    expect(hours(curve.window)).to.equal('2026-10-14T22:00 2026-10-15T22:00');
    control(bill.element, 'Toute la période').click();
    await until(() => curve.window === null, 'the whole period');
    expect(within<OyaBarChart>(bill, 'oya-bar-chart')?.selected).to.equal(null);
    control(bill.element, 'Fermer les demi-heures').click();
    await until(() => within(bill, '.show-curve'), 'the way back in');
    expectFocusOn(within(bill, '.show-curve'));
  });

  it('closes half-hours with the invoice that they belong to', async () => {
    const bill = await compared();
    await until(() => within(bill, 'oya-bar-chart'), 'the days');
    within(bill, 'oya-bar-chart')?.dispatchEvent(new OyaBarSelectEvent(2));
    await curveOf(bill);
    const select = within<HTMLSelectElement>(bill, 'select.invoice') ?? expect.fail('no choice');
    select.value = select.options[1]?.value ?? '';
    select.dispatchEvent(new Event('change'));
    await until(() => within(bill, '.show-curve'), 'half-hours that are closed');
  });

  it('says where half-hours are not collected, and leads to the consent', async () => {
    const bill = await compared({ persona: 'lucien', routes: { consents: '/accords' } });
    await until(() => within(bill, '.measured .offer'), 'the offer');
    expect(words(bill, '.measured .offer p')).to.equal('Vous voyez vos jours. Pour voir aussi chaque demi-heure, il faut votre accord.');
    expect(within<HTMLAnchorElement>(bill, '.measured .offer a')?.getAttribute('href')).to.equal('/accords');
    // Touching a day reads it: there is nothing more to open.
    within(bill, 'oya-bar-chart')?.dispatchEvent(new OyaBarSelectEvent(2));
    await bill.element.updateComplete;
    expect(within(bill, 'oya-bill-explained-half-hours') === null).to.equal(true);
  });

  it('says what failed of the half-hours, and asks again', async () => {
    let isDown = true;
    const bill = await compared({
      between: (sandbox) =>
        amendAdapter(sandbox, {
          getConsumption: (input) => {
            if (isDown && input.resolution === 'half-hour') throw new PortalError('unavailable');
            return sandbox.perform(getConsumption, input);
          },
        }),
    });
    await until(() => within(bill, '.show-curve'), 'the way to the half-hours');
    within(bill, '.show-curve')?.click();
    await until(() => within(bill, '.half-hours .error'), 'the error');
    isDown = false;
    within<HTMLButtonElement>(bill, '.half-hours .error button')?.click();
    await curveOf(bill);
  });

  it('has words where there is no invoice yet', async () => {
    const bill = await open({ persona: 'emma' });
    expect(bill.element.state).to.equal('empty');
    expect(words(bill, '.notice')).to.include('Aucune facture pour le moment');
  });
});
