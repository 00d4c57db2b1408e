import { amendAdapter, getOutageBoard, PortalError } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaAlerts } from './alerts.ts';
import './alerts.define.ts';

const OUTAGE = 'eneo-acacias';

describe('<oya-alerts>', () => {
  afterEach(() => {
    unmountAll();
    sessionStorage.clear();
  });

  it('says to everybody what is cut, until when, how that changed, where, why and for how many', async () => {
    const { element } = await open({ outages: 'outage' });
    expect(textOf(at(element, '.title'))).to.equal('1 coupure en cours');
    const card = textOf(cardOf(element, OUTAGE));
    expect(card).to.match(/Coupure d’électricité\s*En réparation/);
    expect(card).to.match(/Retour prévu vers 12\s*h\s*00 Prévu d’abord aujourd’hui à 11\s*h\s*00\./);
    expect(card).to.match(/Carmaux rue des Acacias\s· avenue Albert-Thomas, du 1 au 45, côté impair\s· rue du Puits/);
    expect(card).to.match(/Depuis aujourd’hui à 7\s*h\s*30 · 64 foyers · panne d’un équipement/);
    expect(at(cardOf(element, OUTAGE), '[aria-current=step]').textContent).to.match(/En réparation/);
    expect(cardOf(element, OUTAGE).querySelector('.yours') === null).to.equal(true);
    await expectAccessible(element);
  });

  it('keeps all that was said, the last first', async () => {
    const { element } = await open({ outages: 'outage' });
    at<HTMLElement>(cardOf(element, OUTAGE), '.history summary').click();
    const said = [...cardOf(element, OUTAGE).querySelectorAll('.history li')].map((item) => textOf(item));
    expect(said.length).to.equal(4);
    expect(said[0]).to.match(/retour prévu .*12\s*h\s*00.*il faut ouvrir la chaussée/);
    expect(said[3]).to.match(/Signalée$/);
  });

  it('tells who is signed in that their address is concerned, and which comes first', async () => {
    const { element } = await open({ persona: 'camille', outages: 'storm' });
    await until(() => element.renderRoot.querySelector('.yours'), 'what concerns the customer');
    expect(textOf(at(element, '.title'))).to.equal('Votre adresse est concernée par une coupure');
    expect(textOf(at(element, '.card'))).to.contain('Concerne votre adresse : Maison');
    expect(at(element, '.card').getAttribute('data-outage')).to.equal(OUTAGE);
    // Of the rest of the town it is not sure.
    expect(textOf(element)).to.contain('Peut concerner votre adresse : Maison');
    await expectAccessible(element);
  });

  it('shows what is planned, and nothing where nothing is', async () => {
    const { element } = await open({ outages: 'ordinary' });
    expect(textOf(at(element, '.title'))).to.equal('Aucune coupure en cours');
    expect(textOf(cardOf(element, 'eneo-works-acacias'))).to.match(/dimanche 29 novembre, de 8\s*h\s*30 à 11\s*h\s*30 dans 5 jours Fin prévue d’abord dimanche 29 novembre à 12\s*h\s*00/);
    expect(textOf(element)).to.contain('toute la commune peut être concernée');
    unmountAll();
    const calm = await open({ outages: 'calm' });
    expect(textOf(calm.element)).to.contain('Rien n’est coupé en ce moment.').and.to.contain('Aucuns travaux ne sont prévus');
    await expectAccessible(calm.element);
  });

  it('shows one commune, and keeps it in this tab', async () => {
    const { element } = await open({ outages: 'ordinary' });
    choose(element, '81170');
    await element.updateComplete;
    expect(textOf(at(element, '.title'))).to.equal('Aucune coupure en cours à Monestiés');
    expect(names(element)).to.deep.equal(['eneo-works-gas']);
    unmountAll();
    const again = await open({ outages: 'ordinary' });
    expect(names(again.element)).to.deep.equal(['eneo-works-gas']);
    again.element.commune = '81060';
    await again.element.updateComplete;
    expect(names(again.element)).to.contain('eneo-works-acacias').and.not.to.contain('eneo-works-gas');
    again.element.removeAttribute('commune');
    await again.element.updateComplete;
    expect(names(again.element)).to.contain('eneo-works-acacias').and.to.contain('eneo-works-gas');
  });

  it('shows all communes where the page names one that is not served', async () => {
    const { element } = await open({ outages: 'ordinary', attributes: { commune: 'Carmaux' } });
    expect(names(element)).to.contain('eneo-works-acacias').and.to.contain('eneo-works-gas');
    expect(textOf(at(element, '.title'))).to.equal('Aucune coupure en cours');
  });

  it('says to who does not see it that works are called off', async () => {
    const { element, adapter } = await open({ persona: 'camille', outages: 'ordinary' });
    await until(() => element.renderRoot.querySelector('.yours'), 'what concerns the customer');
    await new Promise((resolve) => setTimeout(resolve, 200));
    adapter.controls.tellOutage('eneo-works-acacias', { state: 'cancelled' });
    await until(() => /Travaux sur le réseau d’électricité à Carmaux : annulés\./.test(textOf(at(element, '[role=status]'))), 'they are called off');
  });

  it('says where a calendar file cannot be made, and makes it the next time', async () => {
    const { element } = await open({ outages: 'ordinary' });
    const original = URL.createObjectURL.bind(URL);
    URL.createObjectURL = () => {
      throw new Error('no room');
    };
    control(cardOf(element, 'eneo-works-acacias'), 'Ajouter à mon agenda').click();
    await until(() => textOf(cardOf(element, 'eneo-works-acacias')).includes('Fichier indisponible'), 'that it failed');
    URL.createObjectURL = original;
    control(cardOf(element, 'eneo-works-acacias'), 'Ajouter à mon agenda').click();
    await until(() => !textOf(cardOf(element, 'eneo-works-acacias')).includes('Fichier indisponible'), 'that it is there');
  });

  it('draws the communes, with the same numbers in a table, and is used by keys', async () => {
    const { element } = await open({ persona: 'julien', outages: 'storm' });
    control(element, 'Carte').click();
    await until(() => element.renderRoot.querySelector('.commune'), 'the map');
    const drawn = [...element.renderRoot.querySelectorAll('.commune')].map((shape) => /^(.*)\s: (\d+) en cours, (\d+)/.exec(shape.getAttribute('aria-label') ?? '')?.slice(1));
    const rows = [...element.renderRoot.querySelectorAll('.map tbody tr')].map((row) => [...row.children].slice(0, 3).map((cell) => textOf(cell)));
    expect(drawn.length).to.equal(8);
    expect(drawn).to.deep.equal(rows);
    const sentence = textOf(at(element, '.map p'));
    expect(Number(/^(\d+) coupures/.exec(sentence)?.[1])).to.equal(element.renderRoot.querySelectorAll('.card.current').length);
    await expectAccessible(element);
    const tanus = [...element.renderRoot.querySelectorAll('.commune')].find((shape) => shape.getAttribute('aria-label')?.startsWith('Tanus')) as SVGElement;
    tanus.focus();
    tanus.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await element.updateComplete;
    expect(textOf(at(element, '.title'))).to.match(/à Tanus$/);
    expect(tanus.getAttribute('aria-pressed')).to.equal('true');
  });

  it('does without a map where the utility has none', async () => {
    const { element } = await open({ outages: 'outage', between: (sandbox) => amendAdapter(sandbox, { getOutageMap: undefined }) });
    control(element, 'Carte').click();
    await until(() => textOf(element).includes('La carte des communes n’est pas disponible ici.'), 'that there is none');
    expect(names(element)).to.contain(OUTAGE);
  });

  it('changes as the network tells, and says so to who does not see it', async () => {
    const { element, adapter } = await open({ persona: 'camille', outages: 'outage' });
    await until(() => element.renderRoot.querySelector('.yours'), 'what concerns the customer');
    await new Promise((resolve) => setTimeout(resolve, 200));
    adapter.controls.tellOutage(OUTAGE, { estimatedEnd: '2026-11-24T14:30:00Z' });
    await until(() => /Retour prévu vers 15\s*h\s*30/.test(textOf(cardOf(element, OUTAGE))), 'the end has moved, without a reload');
    expect(textOf(at(element, '[role=status]'))).to.match(/Coupure d’électricité à Carmaux : retour prévu aujourd’hui à 15\s*h\s*30\./);
    adapter.controls.tellOutage(OUTAGE, { state: 'restored' });
    await until(() => textOf(cardOf(element, OUTAGE)).includes('Rétablie aujourd’hui'), 'it is restored');
    expect(textOf(at(element, '[role=status]'))).to.contain('rétablie');
    expect(textOf(at(element, '.title'))).to.equal('Aucune coupure en cours');
  });

  it('leads who is still without power to the report of that outage, and remembers it', async () => {
    const { element, adapter } = await open({ persona: 'camille', outages: 'outage' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    adapter.controls.tellOutage(OUTAGE, { state: 'restored' });
    await until(() => cardOf(element, OUTAGE).querySelector('.doing button'), 'the way to say so');
    control(cardOf(element, OUTAGE), 'Je suis toujours sans courant').click();
    await until(() => element.renderRoot.querySelector('oya-outage-report')?.shadowRoot?.querySelector('[name=extent]'), 'the report');
    const report = element.renderRoot.querySelector('oya-outage-report') as Element;
    expect(textOf(report)).to.contain('Toujours sans courant').and.to.contain('12 rue des Acacias');
    at<HTMLInputElement>(report.shadowRoot as ShadowRoot, '[name=extent][value=home]').click();
    control(report, 'Signaler que rien n’est revenu').click();
    await until(() => report.shadowRoot?.querySelector('.outcome'), 'it has arrived');
    control(element, 'Retour aux coupures').click();
    await until(() => textOf(element).includes('Vous avez signalé aujourd’hui'), 'it stands on the board');
    await until(() => document.activeElement === element || element.matches(':focus-within'), 'the focus is in the element');
    expectFocusOn(at(element, '.title'));
  });

  it('opens the settings, and falls back on a view that is none', async () => {
    const { element } = await open({ outages: 'calm', attributes: { view: 'settings' } });
    await until(() => element.renderRoot.querySelector('oya-alert-settings'), 'the settings');
    element.view = 'nonsense' as never;
    await element.updateComplete;
    expect(element.view).to.equal('board');
  });

  it('puts works into a calendar file', async () => {
    const { element } = await open({ outages: 'ordinary' });
    const saved: Blob[] = [];
    const original = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => (saved.push(blob), original(blob));
    control(cardOf(element, 'eneo-works-acacias'), 'Ajouter à mon agenda').click();
    await until(() => saved.length > 0, 'a file');
    URL.createObjectURL = original;
    const text = (await saved[0]?.text())?.replaceAll(/\r\n /g, '') ?? '';
    expect(text).to.match(/DTSTART:20261129T073000Z\r\nDTEND:20261129T103000Z/);
    expect(text).to.contain('SUMMARY:Travaux sur le réseau d’électricité').and.to.contain('SEQUENCE:1').and.to.contain('UID:works-eneo-works-acacias@oya');
  });

  it('names the file of works by night by the day on which they begin here', async () => {
    const { element } = await open({
      outages: 'ordinary',
      between: (sandbox) => amendAdapter(sandbox, { getOutageBoard: async () => {
        const board = await sandbox.perform(getOutageBoard, {});
        return { ...board, items: board.items.map((outage) => ({ ...outage, startsAt: outage.id === 'eneo-works-acacias' ? '2026-12-01T23:30:00Z' : outage.startsAt })) };
      } }),
    });
    const names: string[] = [];
    const { click } = HTMLAnchorElement.prototype;
    HTMLAnchorElement.prototype.click = function () {
      names.push(this.download);
    };
    control(cardOf(element, 'eneo-works-acacias'), 'Ajouter à mon agenda').click();
    await until(() => names.length > 0, 'a file');
    HTMLAnchorElement.prototype.click = click;
    expect(names).to.deep.equal(['travaux-2026-12-02.ics']);
  });

  it('says what could not be read, and keeps the rest', async () => {
    const { element } = await open({
      outages: 'outage',
      between: (sandbox) => amendAdapter(sandbox, { getOutageBoard: async () => {
        const board = await sandbox.perform(getOutageBoard, {});
        return { ...board, items: [...board.items, { id: 'broken' } as never] };
      } }),
    });
    expect(textOf(element)).to.contain('1 coupure n’a pas pu être lue.');
    expect(names(element)).to.contain(OUTAGE);
  });

  it('shows an error with a next step', async () => {
    const { element } = await mount<OyaAlerts>('oya-alerts', { between: (sandbox) => amendAdapter(sandbox, { getOutageBoard: async () => Promise.reject(new PortalError('forbidden')) }) });
    await until(() => element.state === 'error', 'the error');
    expect(element.renderRoot.querySelector('.notice button') !== null).to.equal(true);
  });
});

async function open(options: MountOptions): Promise<Mounted<OyaAlerts>> {
  const mounted = await mount<OyaAlerts>('oya-alerts', options);
  await until(() => mounted.element.state === 'ready', 'the board');
  return mounted;
}

function at<T extends Element = HTMLElement>(within: OyaAlerts | Element | ShadowRoot, selector: string): T {
  const root = 'renderRoot' in within ? (within as OyaAlerts).renderRoot : within;
  return root.querySelector<T>(selector) ?? expect.fail(`nothing like ${selector}`);
}

function cardOf(element: OyaAlerts, id: string): HTMLElement {
  return at(element, `[data-outage='${id}']`);
}

function names(element: OyaAlerts): string[] {
  return [...element.renderRoot.querySelectorAll<HTMLElement>('.part:not(details) .card')].map((card) => card.dataset['outage'] ?? '');
}

function choose(element: OyaAlerts, code: string): void {
  const select = at<HTMLSelectElement>(element, 'select');
  select.value = code;
  select.dispatchEvent(new Event('change'));
}
