import { amendAdapter, getOutageBoard, listContracts, PortalError, reportOutage, type Input } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaOutageReport } from './outage-report.ts';
import './outage-report.define.ts';

describe('<oya-outage-report>', () => {
  afterEach(unmountAll);

  it('asks first what happens, and does not go on without an answer', async () => {
    const { element } = await open();
    await expectAccessible(element);
    control(element, 'Continuer').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'what is missing');
    expectFocusOn(element.renderRoot.querySelector('.summary'));
  });

  for (const [situation, phone, words] of [['smell', '05 36 49 10 30', 'Odeur de gaz : appelez maintenant'], ['wire', '05 36 49 10 20', 'Danger : restez loin et appelez']] as const) {
    it(`tells who has ${situation === 'smell' ? 'a smell of gas' : 'a cable on the ground'} to call, and nothing else`, async () => {
      const { element } = await open();
      await choose(element, situation);
      expect(textOf(element)).to.contain(words).and.to.contain('114');
      expect(element.renderRoot.querySelector('.call')?.getAttribute('href')).to.equal(`tel:${phone.replaceAll(' ', '')}`);
      expect(element.renderRoot.querySelectorAll('input, select, textarea, form').length).to.equal(0);
      await expectAccessible(element);
    });
  }

  it('says who has no number that 112 is one', async () => {
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { getOutageBoard: async () => ({ ...(await sandbox.perform(getOutageBoard, {})), contacts: [] }) }) });
    await choose(element, 'smell');
    expect(element.renderRoot.querySelector('.call')?.getAttribute('href')).to.equal('tel:112');
  });

  it('sends nobody who smells gas to an electricity line', async () => {
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { async getOutageBoard() {
      const board = await sandbox.perform(getOutageBoard, {});
      return { ...board, contacts: board.contacts.filter(({ purpose }) => purpose !== 'gas-emergency') };
    } }) });
    await choose(element, 'smell');
    expect(element.renderRoot.querySelector('.call')?.getAttribute('href')).to.equal('tel:112');
  });

  it('tells who is in danger what to do while the portal does not answer, and who is not, what happened', async () => {
    const { element } = await mount<OyaOutageReport>('oya-outage-report', { between: (sandbox) => amendAdapter(sandbox, { getOutageBoard: () => Promise.reject(new PortalError('forbidden')) }) });
    await until(() => element.renderRoot.querySelector('.notice.error'), 'what happened');
    await expectAccessible(element);
    await choose(element, 'power');
    expect(element.renderRoot.querySelector('form') === null, 'no form that cannot be sent').to.equal(true);
    control(element, 'Autre chose se passe').click();
    await element.updateComplete;
    await choose(element, 'smell');
    expect(textOf(element)).to.contain('Odeur de gaz : appelez maintenant');
    expect(element.renderRoot.querySelector('.notice.error') === null).to.equal(true);
  });

  it('names each thing that is missing, and sends nothing', async () => {
    const sent: unknown[] = [];
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { reportOutage: async (input) => (sent.push(input), sandbox.perform(reportOutage, input)) }) });
    await choose(element, 'power');
    fill(element, 'since', '');
    fill(element, 'phone', '12');
    control(element, 'Signaler la coupure').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'the summary');
    expect([...element.renderRoot.querySelectorAll('.summary li')].map((item) => textOf(item)).length).to.equal(5);
    expect(sent).to.deep.equal([]);
    await expectAccessible(element);
  });

  it('refuses a time to come', async () => {
    const { element } = await open();
    await choose(element, 'power');
    fill(element, 'since', '2026-11-24T23:00');
    control(element, 'Signaler la coupure').click();
    await until(() => textOf(element).includes('Donnez un jour et une heure qui sont passés.'), 'that it is to come');
  });

  it('sends what a visitor wrote, by the clock of the installation', async () => {
    const sent: Input<'reportOutage'>[] = [];
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { reportOutage: async (input) => (sent.push(input), sandbox.perform(reportOutage, input)) }) });
    let events = 0;
    element.addEventListener('oya-outage-reported', () => events++);
    await choose(element, 'power');
    const commune = element.renderRoot.querySelector('select') as HTMLSelectElement;
    commune.value = '81060';
    commune.dispatchEvent(new Event('change'));
    fill(element, 'address', ' 12 rue de la Mine ');
    fill(element, 'since', '2026-11-24T08:15');
    fill(element, 'phone', '06 39 98 01 01');
    fill(element, 'words', 'Un arbre.');
    pick(element, 'extent', 'street');
    control(element, 'Signaler la coupure').click();
    await until(() => element.renderRoot.querySelector('.outcome'), 'it has arrived');
    expectFocusOn(element.renderRoot.querySelector('.outcome'));
    expect(sent).to.deep.equal([{ energy: 'electricity', commune: '81060', address: '12 rue de la Mine', extent: 'street', since: '2026-11-24T07:15:00Z', phone: '+33639980101', words: 'Un arbre.' }]);
    expect(textOf(element)).to.match(/Référence S-1001/);
    expect(events).to.equal(1);
    await expectAccessible(element);
  });

  it('knows the address of who is signed in, and what is known there already', async () => {
    const sent: Input<'reportOutage'>[] = [];
    const { element } = await open({ persona: 'camille', outages: 'outage', between: (sandbox) => amendAdapter(sandbox, { reportOutage: async (input) => (sent.push(input), sandbox.perform(reportOutage, input)) }) });
    await choose(element, 'power');
    await until(() => textOf(element).includes('12 rue des Acacias'), 'the address');
    expect(textOf(element)).to.contain('Une coupure est déjà connue à Carmaux.');
    pick(element, 'extent', 'unknown');
    control(element, 'Signaler la coupure').click();
    await until(() => element.renderRoot.querySelector('.outcome'), 'it has arrived');
    expect(sent[0]?.contractId).to.equal('camille-electricity');
    expect(sent[0]?.commune).to.equal('81060');
  });

  it('begins with that of several addresses which the outage reaches', async () => {
    const { element, adapter } = await open({
      persona: 'camille', outages: 'outage',
      between: (sandbox) => amendAdapter(sandbox, { async listContracts(input) {
        const { items } = await sandbox.perform(listContracts, input);
        const [first] = items;
        return { items: [...(first ? [{ ...first, id: 'barn', site: { ...first.site, label: 'Grange', address: '1 chemin du Puits', commune: 'Rosières', postcode: '81400' } }] : []), ...items] };
      } }),
    });
    const outage = (await adapter.perform(getOutageBoard, {})).items.find(({ state }) => state !== 'planned');
    element.outage = outage;
    await until(() => element.renderRoot.querySelector('[name=place]'), 'the addresses');
    expect([...element.renderRoot.querySelectorAll<HTMLInputElement>('[name=place]')].find(({ checked }) => checked)?.value).to.equal('camille-electricity');
  });

  it('keeps what was written when it does not go through, and sends it once under one key', async () => {
    const keys: (string | undefined)[] = [];
    let fails = true;
    const { element } = await open({
      persona: 'camille',
      between: (sandbox) => amendAdapter(sandbox, {
        reportOutage: async (input, context) => {
          keys.push(context?.idempotencyKey);
          if (fails) throw new PortalError('unavailable');
          return sandbox.perform(reportOutage, input, context);
        },
      }),
    });
    await choose(element, 'power');
    pick(element, 'extent', 'home');
    fill(element, 'words', 'Code 12A');
    control(element, 'Signaler la coupure').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'that it failed');
    expect((element.renderRoot.querySelector('textarea') as HTMLTextAreaElement).value).to.equal('Code 12A');
    fails = false;
    control(element, 'Signaler la coupure').click();
    await until(() => element.renderRoot.querySelector('.outcome'), 'it has arrived');
    expect(keys.length).to.equal(2);
    expect(keys[0]).to.equal(keys[1]);
  });
});

async function open(options: MountOptions = {}): Promise<Mounted<OyaOutageReport>> {
  const mounted = await mount<OyaOutageReport>('oya-outage-report', options);
  await until(() => mounted.element.state === 'ready', 'the question');
  return mounted;
}

async function choose(element: OyaOutageReport, situation: string): Promise<void> {
  pick(element, 'what', situation);
  control(element, 'Continuer').click();
  await until(() => !element.renderRoot.querySelector('[name=what]'), 'what follows');
}

function pick(element: OyaOutageReport, name: string, value: string): void {
  (element.renderRoot.querySelector(`[name='${name}'][value='${value}']`) as HTMLInputElement).click();
}

function fill(element: OyaOutageReport, name: string, value: string): void {
  const field = element.renderRoot.querySelector(`[name='${name}']`) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
