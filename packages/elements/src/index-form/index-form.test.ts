import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { amendAdapter, getContract, listReadings, PortalError, sendReading, type Input, type MeterReading } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaIndexForm } from './index-form.ts';
import './index-form.define.ts';

const ROUTES = { invoices: '/factures', messages: '/messages', contact: '/contact' };

describe('<oya-index-form>', () => {
  afterEach(() => {
    unmountAll();
    for (const key of Object.keys(localStorage)) if (key.startsWith('oya-readings:')) localStorage.removeItem(key);
  });

  it('shows the display, the last real reading and what is expected before anybody types', async () => {
    const { element } = await open({ persona: 'odette' });
    expect(textOf(at(element, '.window'))).to.equal('Jusqu’au 6 décembre, votre relevé compte pour votre prochaine facture.');
    expect(at(element, '.outlook p:nth-of-type(1)').textContent).to.match(/^Dernier relevé réel.: 37.414.kWh, le 1er octobre 2026\.$/);
    expect(textOf(at(element, '.outlook'))).to.match(/Attendu à cette date.: entre 37.66\d et 38.1\d\d\..*Accepté sans question.: de 37.414 à 38.4\d\d/);
    expect(fields(element)).to.have.length(1);
    expect(at(element, '.decimals').children).to.have.length(1);
    await expectAccessible(element);
  });

  it('counts and prices as somebody types', async () => {
    const { element } = await open({ persona: 'odette' });
    await type(element, '37900,7');
    expect(textOf(at(element, '.since'))).to.match(/^486.kWh depuis le 1er octobre, environ 9\d,\d\d.€ Comme attendu Les chiffres après la virgule sont laissés de côté\.$/);
    await type(element, '37 300');
    expect(textOf(at(element, '.since'))).to.match(/Moins que le dernier relevé réel/);
  });

  it('sends a reading, says what happens now, and shows it among the others', async () => {
    const { element, adapter } = await open({ persona: 'odette' });
    let events = 0;
    element.addEventListener('oya-reading-submitted', () => events++);
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.done'), 'the receipt');
    expect(textOf(at(element, '.done'))).to.match(/^Votre relevé est transmis 37.900.kWh, relevé le 24 novembre 2026\. Il servira à votre prochaine facture\./);
    expectFocusOn(element.renderRoot.querySelector('.done'));
    await until(() => rows(element)[0]?.includes('Transmis'), 'the history');
    expect(rows(element)[0]).to.match(/^24 novembre 2026 37.900 kWh\s?Transmis par vous$/);
    expect(events).to.equal(1);
    expect((await ofMeter(adapter, 'odette-meter'))[0]?.indexes).to.deep.equal([{ register: 'BASE', index: 37_900 }]);
    await expectAccessible(element);
  });

  it('corrects what was sent, which keeps its place as replaced', async () => {
    const { element, adapter } = await open({ persona: 'odette' });
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.done'), 'the receipt');
    control(element, 'Corriger ce relevé').click();
    await until(() => fields(element)[0]?.value === '37900', 'what was sent, to be corrected');
    expectFocusOn(fields(element)[0]);
    await type(element, '37905');
    control(element, 'Corriger mon relevé').click();
    await until(() => textOf(element).includes('37 905') || /37.905.kWh, relevé/.test(textOf(element)), 'the correction');
    const [first, second] = (await ofMeter(adapter, 'odette-meter')).filter(({ source }) => source === 'customer').toSorted((a, b) => a.state.localeCompare(b.state));
    expect([first?.state, first?.indexes[0]?.index, second?.state, second?.indexes[0]?.index]).to.deep.equal(['corrected', 37_900, 'transmitted', 37_905]);
  });

  it('asks about what is far above, and takes it with the reason', async () => {
    const { element, adapter } = await open({ persona: 'odette' });
    await type(element, '39999');
    submit(element);
    const question = await asked(element);
    expect(textOf(question.querySelector('legend'))).to.match(/^Index : 2.585.kWh depuis le 1er octobre, c’est beaucoup plus que d’habitude/);
    expectFocusOn(question);
    submit(element);
    await until(() => question.querySelector('.field-error'), 'a reason is needed');
    await expectAccessible(element);
    choose(element, 'Oui, c’est bien ce que montre mon compteur');
    control(element, 'Transmettre ainsi').click();
    await until(() => element.renderRoot.querySelector('.done'), 'the receipt');
    expect(textOf(at(element, '.done'))).to.match(/^Votre relevé est transmis, nous le vérifions .* Une personne le regarde/);
    expect((await ofMeter(adapter, 'odette-meter'))[0]?.indexes).to.deep.equal([{ register: 'BASE', index: 39_999, doubt: 'far-above', reason: 'confirmed' }]);
  });

  it('offers what was perhaps meant', async () => {
    const { element } = await open({ persona: 'odette' });
    await type(element, '73900');
    submit(element);
    const question = await asked(element);
    control(question, /Deux chiffres inversés/).click();
    await element.updateComplete;
    expect(fields(element)[0]?.value).to.equal('37900');
    expectFocusOn(fields(element)[0]);
    expect(Boolean(element.renderRoot.querySelector('.question'))).to.equal(false);
  });

  it('asks what makes an index lower, and names each way', async () => {
    const { element } = await open({ persona: 'odette' });
    await type(element, '120');
    submit(element);
    const question = await asked(element);
    expect([...question.querySelectorAll('.reason')].map(textOf)).to.deep.equal([
      'Je pense que le dernier index était faux', 'Mon compteur a été remplacé', 'Mon compteur est reparti de zéro', 'C’est bien ce que montre mon compteur, je ne sais pas pourquoi',
    ]);
  });

  it('needs each register, and leads to the one that is missing', async () => {
    const { element } = await open({ persona: 'bernard' });
    await type(element, '36800', 0);
    submit(element);
    await until(() => element.renderRoot.querySelector('.summary'), 'what is missing');
    expect(textOf(at(element, '.summary'))).to.equal('Regardez encore ceci Heures creuses : saisissez les chiffres de votre compteur.');
    (at(element, '.summary a') as HTMLAnchorElement).click();
    expectFocusOn(fields(element)[1]);
    await type(element, '123456', 1);
    submit(element);
    await until(() => textOf(at(element, '.summary')).includes('5 chiffres avant la virgule'), 'too many digits');
  });

  it('tells of several meters what it costs together, and leads from one to the next', async () => {
    const { element } = await open({ persona: 'bernard' });
    await type(element, '36800', 0);
    await type(element, '32700', 1);
    expect(textOf(element)).to.match(/En tout : \d+,\d\d.€ environ depuis le dernier relevé/);
    submit(element);
    await until(() => element.renderRoot.querySelector('.done'), 'the receipt');
    expect(textOf(at(element, '.done'))).to.match(/Heures pleines 36.800.kWh, Heures creuses 32.700.kWh/);
    control(element, 'Un autre compteur à relever').click();
    await until(() => textOf(element.renderRoot.querySelector('.unit')) === 'm³', 'the gas meter');
    expect(at(element, '.decimals').children).to.have.length(3);
  });

  it('sends back a day that cannot be, with what to do', async () => {
    const { element } = await open({ persona: 'odette' });
    await type(element, '37900');
    const day = at<HTMLInputElement>(element, '.day');
    day.value = '2026-09-01';
    day.dispatchEvent(new Event('input', { bubbles: true }));
    submit(element);
    await until(() => element.renderRoot.querySelector('.summary'), 'what is wrong');
    expect(textOf(at(element, '.summary'))).to.include('nous connaissons déjà un relevé réel du 1er octobre 2026');
    expect(at<HTMLAnchorElement>(element, '.summary a[href^="/messages"]').getAttribute('href')).to.equal('/messages#oya-message=reading:odette-meter');
  });

  it('keeps a reading without a network, and sends it once when there is one', async () => {
    const sent: string[] = [];
    let isOffline = true;
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, {
      sendReading: (input: Input<'sendReading'>, context: { idempotencyKey?: string }) => {
        if (isOffline) return Promise.reject(new PortalError('offline'));
        sent.push(context.idempotencyKey ?? '');
        return sandbox.perform(sendReading, input, context);
      },
    });
    const { element, adapter } = await open({ persona: 'odette', between });
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.waiting'), 'it waits');
    expect(textOf(at(element, '.waiting'))).to.match(/^Un relevé attend le réseau 37.900.kWh, relevé le 24 novembre 2026\. Il est gardé sur cet appareil/);
    await expectAccessible(element);
    expect(sent).to.deep.equal([]);
    isOffline = false;
    dispatchEvent(new Event('online'));
    dispatchEvent(new Event('online'));
    await until(() => element.renderRoot.querySelector('.done'), 'it was sent');
    expect(sent).to.have.length(1);
    expect(sent[0]).to.match(/.{8}/);
    expect(Boolean(element.renderRoot.querySelector('.waiting'))).to.equal(false);
    expect((await ofMeter(adapter, 'odette-meter')).filter(({ source }) => source === 'customer')).to.have.length(1);
    expect(Object.keys(localStorage).filter((key) => key.startsWith('oya-readings:'))).to.deep.equal([]);
  });

  it('keeps a reading of which nobody knows whether it has arrived, and sends it under the same key', async () => {
    const keys: string[] = [];
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, {
      sendReading: async (input: Input<'sendReading'>, context: { idempotencyKey?: string }) => {
        keys.push(context.idempotencyKey ?? '');
        if (keys.length === 1) throw new PortalError('timeout');
        return sandbox.perform(sendReading, input, context);
      },
    });
    const { element } = await open({ persona: 'odette', between });
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.waiting'), 'it waits');
    control(element, 'Essayer maintenant').click();
    await until(() => element.renderRoot.querySelector('.done'), 'it was sent');
    expect([keys.length, new Set(keys).size]).to.deep.equal([2, 1]);
  });

  it('is found waiting again after a reload, and may be given up', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { sendReading: () => Promise.reject(new PortalError('offline')) });
    const first = await open({ persona: 'odette', between });
    await type(first.element, '37900');
    submit(first.element);
    await until(() => first.element.renderRoot.querySelector('.waiting'), 'it waits');
    unmountAll();
    const { element } = await open({ persona: 'odette', between });
    await until(() => element.renderRoot.querySelector('.waiting'), 'it still waits');
    control(element, 'Ne pas l’envoyer').click();
    await until(() => !element.renderRoot.querySelector('.waiting'), 'it is given up');
    unmountAll();
    const other = await open({ persona: 'bernard', between });
    expect(Boolean(other.element.renderRoot.querySelector('.waiting'))).to.equal(false);
  });

  it('asks about what waited, where the portal knows better by then', async () => {
    let answer: PortalError = new PortalError('offline');
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { sendReading: () => Promise.reject(answer) });
    const { element } = await open({ persona: 'odette', between });
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.waiting'), 'it waits');
    answer = new PortalError('invalid', { fields: [{ path: 'on', code: 'already-read' }] });
    control(element, 'Essayer maintenant').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'what the portal says');
    expect(textOf(at(element, '.summary'))).to.include('un relevé de ce jour est déjà connu');
    expect(fields(element)[0]?.value).to.equal('37900');
  });

  it('takes a photo along, which is handed in for this meter alone', async () => {
    const { element, adapter } = await open({ persona: 'odette' });
    await type(element, '37900');
    await element.addFiles([await photo()]);
    await until(() => element.renderRoot.querySelector('.file canvas'), 'the photo');
    expect(at<HTMLInputElement>(element, 'input[type=file]').accept).to.equal('image/*');
    await expectAccessible(element);
    submit(element);
    await until(() => element.renderRoot.querySelector('.done'), 'the receipt');
    const [reading] = await ofMeter(adapter, 'odette-meter');
    expect(reading?.photos?.map(({ name, mediaType }) => [name, mediaType])).to.deep.equal([['compteur.jpg', 'image/jpeg']]);
    await until(() => textOf(element).includes('Télécharger compteur.jpg'), 'the photo in the history');
  });

  it('suggests what the page’s digit reader makes out, and takes nothing by itself', async () => {
    const slot = Symbol.for('oya.digit-reader');
    const page = globalThis as { [slot]?: unknown };
    const asked: number[] = [];
    page[slot] = () => Promise.resolve({ read: (_photo: Blob, { digits }: { digits: number }) => (asked.push(digits), Promise.resolve(['37900', '37300'])) });
    try {
      const { element } = await open({ persona: 'odette' });
      await element.addFiles([await photo()]);
      await until(() => element.renderRoot.querySelector('.read'), 'the suggestion');
      expect(asked).to.deep.equal([5]);
      expect(fields(element)[0]?.value).to.equal('');
      await expectAccessible(element);
      control(element, 'Prendre 37900').click();
      await element.updateComplete;
      expect(fields(element)[0]?.value).to.equal('37900');
      expectFocusOn(fields(element)[0]);
    } finally {
      delete page[slot];
    }
  });

  it('sends a reading without its photo, once the photo has waited too long', async () => {
    let isOffline = true;
    const sent: Input<'sendReading'>[] = [];
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, {
      sendReading: (input: Input<'sendReading'>, context: object) => {
        if (isOffline) return Promise.reject(new PortalError('offline'));
        sent.push(input);
        return input.attachmentIds ? Promise.reject(new PortalError('invalid', { fields: [{ path: 'attachmentIds', code: 'unknown' }] })) : sandbox.perform(sendReading, input, context);
      },
    });
    const { element } = await open({ persona: 'odette', between });
    await type(element, '37900');
    await element.addFiles([await photo()]);
    submit(element);
    await until(() => element.renderRoot.querySelector('.waiting'), 'it waits');
    isOffline = false;
    control(element, 'Essayer maintenant').click();
    await until(() => element.renderRoot.querySelector('.done'), 'it was sent');
    expect(sent.map(({ attachmentIds }) => attachmentIds?.length)).to.deep.equal([1, undefined]);
  });

  it('does without photos where the portal takes no files', async () => {
    const between = (sandbox: SandboxAdapter) => ({ offers: (operation: Parameters<SandboxAdapter['offers']>[0]) => !operation.name.endsWith('Attachment') && operation.name !== 'listAttachments' && sandbox.offers(operation), perform: sandbox.perform });
    const { element } = await open({ persona: 'odette', between });
    expect(Boolean(element.renderRoot.querySelector('input[type=file]'))).to.equal(false);
    expect(fields(element)).to.have.length(1);
  });

  it('tells a failure in words, and keeps what was typed', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { sendReading: () => Promise.reject(new PortalError('unavailable')) });
    const { element } = await open({ persona: 'odette', between });
    await type(element, '37900');
    submit(element);
    await until(() => element.renderRoot.querySelector('.summary'), 'the failure');
    expect(fields(element)[0]?.value).to.equal('37900');
  });

  it('says the guide’s words for a Linky meter, with its last indexes and the way to the messages', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(textOf(at(element, '.automatic h2'))).to.equal('La collecte de vos index est automatique.');
    expect(textOf(at(element, '.automatic p'))).to.equal('La déclaration de consommation est indisponible pour le compteur Linky. Vous pouvez nous transmettre les index auto-relevés par la messagerie.');
    expect([...element.renderRoot.querySelectorAll('dt')].map(textOf)).to.deep.equal(['Heures pleines', 'Heures creuses']);
    expect(control<HTMLAnchorElement>(element, 'Envoyer mes index par la messagerie').getAttribute('href')).to.equal('/messages#oya-message=reading:camille-linky');
    expect(Boolean(element.renderRoot.querySelector('.digits'))).to.equal(false);
    await expectAccessible(element);
  });

  it('tells that a Linky meter is silent', async () => {
    const { element } = await open({ persona: 'roland' });
    expect(textOf(at(element, '.silent'))).to.match(/^Votre compteur n’a pas répondu depuis le 16 novembre 2026/);
  });

  it('shows whoever only reads the contract the readings, and no form', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { getContract: async (input, context) => ({ ...(await sandbox.perform(getContract, input, context)), role: { role: 'reader', until: null } }) });
    const { element } = await open({ persona: 'odette', between });
    await until(() => textOf(element).includes('Le titulaire transmet les relevés'), 'the notice');
    expect(Boolean(element.renderRoot.querySelector('.digits'))).to.equal(false);
    expect(rows(element).length).to.be.greaterThan(5);
  });

  it('leads from a reading to the invoice that was reckoned by it', async () => {
    const { element } = await open({ persona: 'odette' });
    expect(control<HTMLAnchorElement>(element, 'Utilisé pour la facture EN2610000303').getAttribute('href')).to.equal('/factures#oya-invoice=odette-electricity/EN2610000303');
    const count = rows(element).length;
    control(element, 'Voir tous les relevés').click();
    await until(() => rows(element).length > count, 'all of them');
  });

  it('speaks English', async () => {
    const { element } = await open({ persona: 'odette', lang: 'en' });
    await until(() => textOf(element).includes('Read my meter'), 'English');
    expect(textOf(element)).to.match(/Last real reading: 37,414 kWh, on October 1, 2026|Last real reading: 37,414 kWh, on 1 October 2026/);
  });
});

function open(options: MountOptions) {
  return mount<OyaIndexForm>('oya-index-form', { routes: ROUTES, ...options });
}

function at<E extends Element = HTMLElement>(element: OyaIndexForm, selector: string): E {
  const found = element.renderRoot.querySelector<E>(selector);
  if (!found) throw new Error(`there is no ${selector} in: ${textOf(element).slice(0, 300)}`);
  return found;
}

async function photo(): Promise<File> {
  const canvas = new OffscreenCanvas(60, 40);
  canvas.getContext('2d')?.fillRect(0, 0, 30, 40);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'compteur.png', { type: 'image/png' });
}

function fields(element: OyaIndexForm): HTMLInputElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLInputElement>('.digits')];
}

async function type(element: OyaIndexForm, text: string, place = 0): Promise<void> {
  const field = fields(element)[place] as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await element.updateComplete;
}

function submit(element: OyaIndexForm): void {
  at<HTMLButtonElement>(element, 'button[type=submit]').click();
}

async function asked(element: OyaIndexForm): Promise<HTMLElement> {
  await until(() => element.renderRoot.querySelector('.question'), 'the question');
  await element.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 20));
  return at(element, '.question');
}

function choose(element: OyaIndexForm, words: string): void {
  const label = [...element.renderRoot.querySelectorAll('.reason')].find((each) => textOf(each) === words);
  label?.querySelector('input')?.click();
}

function rows(element: OyaIndexForm): string[] {
  return [...element.renderRoot.querySelectorAll('tbody tr')].map(textOf);
}

async function ofMeter(adapter: SandboxAdapter, meterId: string): Promise<readonly MeterReading[]> {
  return (await adapter.perform(listReadings, { meterId }, {})).readings;
}
