import { addDays, amendAdapter, describeTariffs, PortalError, type LocalDay, type PortalAdapter } from '@oya/contract';
import { findPersona, measureDay, type PersonaMeter } from '@oya/personas';
import { expect } from 'chai';
import { customerCsv, enedisV5Daily } from '../../../formats/src/testing.ts';
import { control, expectAccessible, expectFocusOn, focused, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaTariffTwinResult } from './result.ts';
import './tariff-twin.define.ts';
import type { OyaTariffTwin } from './tariff-twin.ts';

const CAMILLE = findPersona('camille').meters[0] as PersonaMeter;
const POINT = '00000000000000';

interface Compared extends Mounted<OyaTariffTwin> {
  readonly result: OyaTariffTwinResult;
}

const root = (element: OyaTariffTwin) => element.shadowRoot as ShadowRoot;
const within = <E extends HTMLElement = HTMLElement>({ element }: Pick<Mounted<OyaTariffTwin>, 'element'>, selector: string) => root(element).querySelector<E>(selector);
const words = (mounted: Pick<Mounted<OyaTariffTwin>, 'element'>, selector: string) => textOf(within(mounted, selector));
const card = (mounted: Pick<Mounted<OyaTariffTwin>, 'element'>, tariff: string) => words(mounted, `[data-tariff=${tariff}]`);

function open(options: MountOptions = {}): Promise<Mounted<OyaTariffTwin>> {
  return mount<OyaTariffTwin>('oya-tariff-twin', { routes: { login: '/connexion', consents: '/accords' }, ...options });
}

async function compared(options: MountOptions = {}): Promise<Compared> {
  const mounted = await open({ persona: 'camille', ...options });
  await until(() => within(mounted, '.finding'), 'the comparison');
  return { ...mounted, result: within<OyaTariffTwinResult>(mounted, 'oya-tariff-twin-result') as OyaTariffTwinResult };
}

/** What the network operator exports of Camille's meter. */
function halfHours(from: LocalDay, days: number, deliveryPoint = POINT): File {
  const segments = Array.from({ length: days }, (_, index) => measureDay(CAMILLE, addDays(from, index))).flatMap(({ curve }) => curve);
  return fileOf(customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone: 'Europe/Paris', deliveryPoint }), `mesures-${deliveryPoint}.csv`);
}

function fileOf(content: Uint8Array | string, name: string): File {
  return new File([content as BlobPart], name);
}

async function drop(mounted: Mounted<OyaTariffTwin>, ...files: File[]): Promise<void> {
  await until(() => within(mounted, '.drop'), 'a place to drop');
  const dataTransfer = new DataTransfer();
  for (const file of files) dataTransfer.items.add(file);
  within(mounted, '.drop')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  await until(() => within(mounted, '.told > :not(p), .told .read'), 'what came of the files');
}

async function choose(mounted: Mounted<OyaTariffTwin>, id: string, value: string): Promise<void> {
  const field = within<HTMLSelectElement>(mounted, `#${id}`) ?? expect.fail(`no field ${id}`);
  field.value = value;
  expect(field.value, `${id} offers it`).to.equal(value);
  field.dispatchEvent(new Event('change'));
  await mounted.element.updateComplete;
  await until(() => within(mounted, '.finding'), 'what comes of it');
  await within<OyaTariffTwinResult>(mounted, 'oya-tariff-twin-result')?.updateComplete;
}

describe('<oya-tariff-twin>', () => {
  afterEach(unmountAll);

  describe('from the account', () => {
    it('tells which tariff would have cost least, by how much, over which days', async () => {
      const twin = await compared();
      expect(words(twin, '.finding')).to.match(/^Le tarif Tempo vous aurait coûté moins cher 67,10 € de moins que votre tarif Du 1er novembre 2025 au 31 octobre 2026, sur 365 jours\.$/);
      expect(card(twin, 'peak-off-peak')).to.include('Votre tarif');
      expect(card(twin, 'tempo')).to.include('Le moins cher');
      expect(card(twin, 'base')).to.match(/^Base 2 374,15 € Énergie ?2 139,40 € Abonnement ?234,75 € 57,66 € de plus que votre tarif$/);
      await expectAccessible(twin.element);
    });

    it('fills in power and off-peak hours from the contract, and follows what is chosen instead', async () => {
      const twin = await compared();
      expect(within<HTMLSelectElement>(twin, '#power')?.value).to.equal('9');
      expect(words(twin, '#hours-hint')).to.include('Celles de votre contrat');
      const before = card(twin, 'peak-off-peak');
      await choose(twin, 'power', '12');
      expect(card(twin, 'peak-off-peak')).not.to.equal(before);
      await choose(twin, 'power', '3');
      expect(card(twin, 'peak-off-peak')).to.include('Ce tarif n’existe pas pour 3 kVA.');
    });

    it('says what each month cost, in picture and table, which add up', async () => {
      const twin = await compared();
      const chart = within(twin, 'oya-bar-chart');
      await until(() => chart?.shadowRoot?.querySelectorAll('button').length === 12, 'twelve bars');
      expect(chart?.shadowRoot?.querySelector('button')?.getAttribute('aria-label')).to.match(/^Novembre 2025\s: [\d,]+\s€, Heures pleines et creuses\s: [\d,]+\s€$/);
      const rows = [...(within(twin, '.months table')?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map(textOf));
      expect(rows.length).to.equal(13);
      const cents = (amount = '') => Math.round(Number(amount.replaceAll(/[\s€]/g, '').replace(',', '.')) * 100);
      for (const column of [1, 2, 3]) {
        const months = rows.slice(0, 12).reduce((total, row) => total + cents(row[column]), 0);
        // Twelve amounts that are rounded one by one.
        expect(Math.abs(months - cents(rows[12]?.[column]))).to.be.lessThan(7);
      }
      control(twin.result, 'Base').click();
      await twin.result.updateComplete;
      expect(within(twin, 'oya-bar-chart')?.getAttribute('label') ?? (within(twin, 'oya-bar-chart') as unknown as { label: string }).label).to.include('Base');
    });

    it('tells what moving the water heater would change, and what of it can be moved', async () => {
      const twin = await compared();
      expect(words(twin, '[data-moved=tempo]')).to.match(/^Tempo : [\d,]+ € de moins, soit .* déplacés\)\.$/);
      const field = within<HTMLInputElement>(twin, '#heater') as HTMLInputElement;
      const told = words(twin, '[data-moved=tempo]');
      field.value = '1.5';
      field.dispatchEvent(new Event('change'));
      await twin.result.updateComplete;
      expect(words(twin, '[data-moved=tempo]')).not.to.equal(told);
      field.value = '';
      field.dispatchEvent(new Event('change'));
      await twin.result.updateComplete;
      expect(within(twin, '.moves')).to.equal(null);
    });

    it('shows the dated prices that it used', async () => {
      const twin = await compared();
      const dates = [...(within(twin, '.price-list')?.querySelectorAll('tbody th') ?? [])].map(textOf);
      expect(dates).to.deep.equal(['1er août 2025', '1er février 2026', '1er août 2026']);
      expect(words(twin, '.prices')).to.include('Prix d’exemple');
    });

    it('says that days alone tell no hours, and leads to the consent', async () => {
      const twin = await compared({ persona: 'lucien' });
      expect(words(twin, '.finding')).to.include('Seul le tarif Base peut être calculé');
      expect(card(twin, 'tempo')).to.include('à quelles heures');
      expect(within(twin, '[data-tariff=tempo] a')?.getAttribute('href')).to.equal('/accords');
      expect(words(twin, '[data-gap=not-measured]')).to.equal('2 jours du 21 janvier 2026 au 22 janvier 2026 : rien n’a été mesuré.');
    });

    it('calls no tariff the customer’s own whose prices they do not pay', async () => {
      const twin = await compared({ persona: 'ines' });
      expect(card(twin, 'base')).to.include('Comme votre compteur');
      expect(words(twin, '.tariffs')).not.to.include('Votre tarif');
    });

    it('compares without colours what needs none', async () => {
      const twin = await compared({ between: (sandbox) => amendAdapter(sandbox, { listTempoDays: undefined }) });
      expect(card(twin, 'tempo')).to.include('Les couleurs de ces jours ne sont pas connues ici.');
      expect(words(twin, '.finding')).to.include('Votre tarif, Heures pleines et creuses, coûte le moins');
    });

    it('says that no price is known, rather than taking another', async () => {
      const twin = await compared({ between: (sandbox) => amendAdapter(sandbox, { describeTariffs: async () => withPricesFrom(sandbox, '2027-01-01') }) });
      expect(words(twin, '.finding')).to.include('Aucun tarif ne peut être calculé');
      expect(card(twin, 'base')).to.include('Les prix de ces jours ne sont pas connus ici.');
      expect(within(twin, 'oya-bar-chart')).to.equal(null);
    });

    it('offers a file where the meter measures no days, has measured nothing, or cannot be asked', async () => {
      for (const [persona, title] of [['odette', 'Votre compteur ne mesure pas chaque jour'], ['emma', 'Rien n’a encore été mesuré']] as const) {
        const twin = await open({ persona });
        await until(() => within(twin, '.notice'), title);
        expect(words(twin, '.notice')).to.include(title);
        control(twin.element, 'Partir d’un fichier').click();
        await until(() => within(twin, '.drop'), 'a place to drop');
        unmountAll();
      }
      const broken = await open({ persona: 'camille', faults: { getConsumption: 'unavailable' } });
      await until(() => within(broken, '.notice.error'), 'the error');
      expect(broken.element.state).to.equal('ready');
      control(broken.element, 'Un fichier').click();
      await until(() => within(broken, '.drop'), 'a place to drop');
    });
  });

  describe('from files', () => {
    it('works without an account: reads, asks for what no file tells, compares', async () => {
      const twin = await open({ persona: null });
      await drop(twin, halfHours('2026-01-01', 31));
      await until(() => within(twin, '.finding'), 'what is asked');
      expect(words(twin, '.finding')).to.include('Indiquez votre puissance souscrite');
      expect(within(twin, '.card')).to.equal(null);
      await choose(twin, 'power', '9');
      expect(card(twin, 'peak-off-peak')).to.include('Il faut vos heures creuses');
      expect(card(twin, 'base')).to.include('€');
      await choose(twin, 'hours', 'usual-0');
      expect(card(twin, 'peak-off-peak')).to.include('€');
      expect(words(twin, '.finding')).to.include('Du 1er janvier 2026 au 31 janvier 2026, sur 31 jours.');
      await expectAccessible(twin.element);
    });

    it('costs what the account costs, from the same days', async () => {
      const account = await compared();
      const told = ['base', 'peak-off-peak', 'tempo'].map((tariff) => within(account, `[data-tariff=${tariff}] .total`)?.textContent);
      control(account.element, 'Un fichier').click();
      await drop(account, halfHours('2025-11-01', 365));
      await until(() => within(account, '#power'), 'the fields');
      await choose(account, 'power', '9');
      await choose(account, 'hours', 'usual-0');
      const own = ['base', 'tempo'].map((tariff) => within(account, `[data-tariff=${tariff}] .total`)?.textContent);
      expect(own).to.deep.equal([told[0], told[2]]);
    });

    it('sends nothing anywhere', async () => {
      const asked: string[] = [];
      const twin = await open({ persona: null, between: (sandbox) => watching(sandbox, asked) });
      await until(() => within(twin, '.ready'), 'all that may be needed');
      const before = asked.length;
      const requests = performance.getEntriesByType('resource').length;
      const [fetchBefore, sendBefore] = [window.fetch, XMLHttpRequest.prototype.send];
      const sent: unknown[] = [];
      window.fetch = (...given) => (sent.push(given), fetchBefore(...given));
      XMLHttpRequest.prototype.send = function send(...given) {
        sent.push(given);
        return sendBefore.apply(this, given);
      };
      try {
        await drop(twin, halfHours('2026-01-01', 10));
        await until(() => within(twin, '#power'), 'the fields');
        await choose(twin, 'power', '6');
        expect(card(twin, 'base')).to.include('€');
      } finally {
        window.fetch = fetchBefore;
        XMLHttpRequest.prototype.send = sendBefore;
      }
      expect(asked.slice(before)).to.deep.equal([]);
      expect(sent).to.deep.equal([]);
      expect(performance.getEntriesByType('resource').slice(requests).map(({ name }) => name)).to.deep.equal([]);
    });

    it('asks which meter is meant, where there are several', async () => {
      const twin = await open({ persona: null });
      await drop(twin, halfHours('2026-01-01', 5), halfHours('2026-02-01', 5, '00000000000001'));
      expect(words(twin, '.meters')).to.match(/2 compteurs : lequel comparer \?.*00000000000000 du 1er janvier 2026 au 5 janvier 2026.*00000000000001/);
      expect(within(twin, '#power')).to.equal(null);
      root(twin.element).querySelectorAll<HTMLInputElement>('.meters input')[1]?.click();
      await until(() => within(twin, '#power'), 'the fields');
      await choose(twin, 'power', '6');
      expect(words(twin, '.finding')).to.include('Du 1er février 2026 au 5 février 2026');
    });

    it('says of a file that it cannot use what to do, and keeps what was read before', async () => {
      const twin = await open({ persona: null });
      await drop(twin, halfHours('2026-01-01', 5));
      await until(() => within(twin, '#power'), 'the fields');
      await choose(twin, 'power', '6');
      for (const [file, trouble, said] of [
        [fileOf('Bonjour', '<b>lettre</b>.txt'), 'unknown', /^<b>lettre<\/b>\.txt .*tel que vous l’avez téléchargé/],
        [fileOf('', 'vide.csv'), 'nothing-in-it', /vide/],
        [fileOf('Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n', 'tronque.csv'), 'broken', /Téléchargez-le à nouveau/],
      ] as const) {
        await drop(twin, file);
        await until(() => within(twin, `[data-trouble=${trouble}]`), trouble);
        expect(words(twin, `[data-trouble=${trouble}]`)).to.match(said);
        expect(card(twin, 'base'), 'what was compared before').to.include('€');
      }
    });

    it('reckons days without hours under the single rate alone', async () => {
      const twin = await open({ persona: null });
      const days = enedisV5Daily({ kind: 'energy', unit: 'Wh', step: 'day', from: '2026-01-01', values: [10_000, null, 12_000], quality: 'rmr' }, { timeZone: 'Europe/Paris', deliveryPoint: POINT });
      await drop(twin, fileOf(days, 'jours.json'));
      await until(() => within(twin, '#power'), 'the fields');
      await choose(twin, 'power', '6');
      expect(words(twin, '.finding')).to.match(/Seul le tarif Base peut être calculé .* sur 2 jours comptés de 3\./);
      expect(words(twin, '[data-gap=not-measured]')).to.include('1 jour le 2 janvier 2026');
    });

    it('takes off-peak hours that are typed', async () => {
      const twin = await open({ persona: null });
      await drop(twin, halfHours('2026-01-01', 5));
      await until(() => within(twin, '#power'), 'the fields');
      await choose(twin, 'power', '6');
      await choose(twin, 'hours', 'other');
      const [from, to] = root(twin.element).querySelectorAll<HTMLInputElement>('.typed input');
      for (const [field, time] of [[from, '01:34'], [to, '07:34']] as const) {
        if (!field) expect.fail('a field is missing');
        field.value = time;
        field.dispatchEvent(new Event('change'));
      }
      await until(() => card(twin, 'peak-off-peak').includes('€'), 'a cost');
      await expectAccessible(twin.element);
    });

    it('is operated by the keyboard, and keeps the focus where it was', async () => {
      const twin = await open({ persona: null });
      await until(() => within(twin, '.drop'), 'a place to drop');
      const button = control(twin.element, 'Choisir un fichier');
      let opened = 0;
      within<HTMLInputElement>(twin, 'input[type=file]')?.addEventListener('click', (event) => (event.preventDefault(), opened++));
      button.focus();
      button.click();
      expect(opened).to.equal(1);
      await drop(twin, halfHours('2026-01-01', 3));
      expectFocusOn(button);
      within<HTMLSelectElement>(twin, '#power')?.focus();
      await choose(twin, 'power', '6');
      expect(focused()?.id).to.equal('power');
    });
  });

  describe('in its other states', () => {
    it('says to whoever is not signed in how to come to the own measures', async () => {
      const twin = await open({ persona: null });
      await until(() => within(twin, '.drop'), 'a place to drop');
      control(twin.element, 'Mon compteur').click();
      await twin.element.updateComplete;
      expect(within(twin, '.notice a')?.getAttribute('href')).to.equal('/connexion');
    });

    it('offers files alone where there are no accounts', async () => {
      const twin = await open({ persona: null, between: (sandbox) => amendAdapter(sandbox, { whoAmI: undefined, listContracts: undefined }) });
      await until(() => within(twin, '.drop'), 'a place to drop');
      expect(within(twin, '.choice')).to.equal(null);
    });

    it('is empty without tariffs, unsupported without the operation, and tries again after an error', async () => {
      const empty = await open({ persona: null, between: (sandbox) => amendAdapter(sandbox, { describeTariffs: async () => ({ tariffs: [] }) }) });
      expect(empty.element.state).to.equal('empty');
      const unsupported = await open({ persona: null, between: (sandbox) => amendAdapter(sandbox, { describeTariffs: undefined }) });
      expect(unsupported.element.state).to.equal('unsupported');
      let fails = true;
      const failing = await open({ persona: null, between: (sandbox) => amendAdapter(sandbox, { describeTariffs: async () => { if (fails) throw new PortalError('not-found'); return sandbox.perform(describeTariffs, {}); } }) });
      await until(() => failing.element.state === 'error', 'the error');
      fails = false;
      control(failing.element, 'Réessayer').click();
      await until(() => failing.element.state === 'ready', 'the second try');
    });

    it('speaks English', async () => {
      const twin = await compared({ lang: 'en' });
      expect(words(twin, '.finding')).to.match(/^Tempo would have cost you less €67\.10 less than your tariff From November 1, 2025/);
    });
  });
});

async function withPricesFrom(adapter: PortalAdapter, from: LocalDay) {
  const told = await adapter.perform(describeTariffs, {});
  return { ...told, tariffs: told.tariffs.map((tariff) => ({ ...tariff, powers: tariff.powers.map(({ kva, prices }) => ({ kva, prices: prices.filter(({ to }) => to === null).map((price) => ({ ...price, from })) })) })) };
}

/** Notes every operation that is asked for. */
function watching(adapter: PortalAdapter, asked: string[]): PortalAdapter {
  return {
    ...adapter,
    offers: (operation) => adapter.offers(operation),
    perform: (operation, input, context) => {
      asked.push(operation.name);
      return adapter.perform(operation, input, context);
    },
  };
}
