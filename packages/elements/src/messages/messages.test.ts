import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { amendAdapter, listThreads, PortalError, type ThreadDetails } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaMessages } from './messages.ts';
import './messages.define.ts';

describe('<oya-messages>', () => {
  beforeEach(() => history.replaceState(null, '', location.pathname + location.search));
  afterEach(() => {
    unmountAll();
    sessionStorage.clear();
    history.replaceState(null, '', location.pathname + location.search);
  });

  it('lists threads with what is to be read, and the contacts beside', async () => {
    const { element } = await open({ persona: 'lucien' });
    expect(textOf(at(element, '.thread'))).to.match(/^Une facture vendredi 20 novembre .* 1 réponse à lire$/);
    await until(() => textOf(element).includes('Nous joindre autrement'), 'the contacts');
    await expectAccessible(element);
  });

  it('opens a thread, marks it as read, and keeps it in the address', async () => {
    const { element, adapter } = await open({ persona: 'lucien' });
    at<HTMLButtonElement>(element, '.thread').click();
    await until(() => element.renderRoot.querySelectorAll('.message').length === 2, 'the messages');
    expect(textOf(at(element, '.message.utility'))).to.match(/^Chloé, service clients .* le relevé est réel/);
    await until(async () => (await adapter.perform(listThreads, {}, {})).unread === 0, 'it is read');
    expect(location.hash).to.match(/^#oya-message=thread:/);
    await until(() => !element.renderRoot.querySelector('.badge'), 'the badge is gone');
    await expectAccessible(element);
  });

  it('writes about an invoice, says by when to expect an answer, and shows the answer as it comes', async () => {
    const { element, adapter } = await open({ persona: 'camille' });
    let events = 0;
    element.addEventListener('oya-message-sent', () => events++);
    control(element, 'Écrire un message').click();
    await until(() => labelled(element, 'Quelle facture ?'), 'the invoices');
    expect(textOf(element)).to.match(/Nous répondons au plus tard .*mercredi 25 novembre/);
    choose(element, 'Quelle facture ?', 1);
    await write(element, 'Pourquoi est-elle si élevée ?');
    await element.addFiles([new File(['%PDF-1.4\n%%EOF\n'], 'courrier.pdf', { type: 'application/pdf' })]);
    await until(() => element.renderRoot.querySelector('.file'), 'the file');
    await expectAccessible(element);
    submit(element);
    await until(() => element.renderRoot.querySelector('.outcome'), 'it was sent');
    expectFocusOn(element.renderRoot.querySelector('.outcome'));
    expect(textOf(at(element, '.message.customer'))).to.match(/^Vous .* Pourquoi est-elle si élevée \? Télécharger courrier\.pdf$/);
    expect(textOf(at(element, '.pane h3'))).to.match(/^Facture EN\d{10}$/);
    expect(events).to.equal(1);
    const { id } = (await adapter.perform(listThreads, {}, {})).items[0] as ThreadDetails;
    adapter.controls.answerMessage(id, 'Nous regardons cela.');
    await until(() => textOf(element).includes('Nous regardons cela.'), 'the answer, without a reload');
    await until(() => textOf(at(element, '[role=status].visually-hidden')).includes('Une réponse est arrivée.') || textOf(element).includes('Une réponse est arrivée.'), 'it is said');
  });

  it('needs words, and keeps a draft for its own thread', async () => {
    const first = await open({ persona: 'camille' });
    control(first.element, 'Écrire un message').click();
    await until(() => first.element.renderRoot.querySelector('form'), 'the form');
    submit(first.element);
    await until(() => first.element.renderRoot.querySelector('.summary'), 'what is missing');
    expect(textOf(at(first.element, '.summary'))).to.equal('Regardez encore ceci Votre message : écrivez ce que vous voulez nous dire.');
    await write(first.element, 'Un brouillon');
    unmountAll();
    const { element } = await open({ persona: 'camille' });
    await until(() => element.renderRoot.querySelector('textarea'), 'the form, by its address');
    expect(at<HTMLTextAreaElement>(element, 'textarea').value).to.equal('Un brouillon');
    control(element, 'Tous mes messages').click();
    await until(() => element.renderRoot.querySelector('.thread'), 'the list');
    at<HTMLButtonElement>(element, '.thread').click();
    await until(() => element.renderRoot.querySelector('.message'), 'another thread');
    expect(at<HTMLTextAreaElement>(element, 'textarea').value).to.equal('');
  });

  it('takes self-read indexes along, from the link of a meter', async () => {
    location.hash = '#oya-message=reading:camille-linky';
    const { element, adapter } = await open({ persona: 'camille' });
    await until(() => element.renderRoot.querySelector('.index-fields input'), 'the registers');
    expect(at<HTMLTextAreaElement>(element, 'textarea').value).to.include('voici les index');
    const [peak, offPeak] = [...element.renderRoot.querySelectorAll<HTMLInputElement>('.index-fields input')];
    await fill(element, peak, '9999999');
    submit(element);
    await until(() => element.renderRoot.querySelector('.summary'), 'too many digits');
    await fill(element, peak, '26 460');
    await fill(element, offPeak, '21580');
    submit(element);
    await until(() => element.renderRoot.querySelector('.outcome'), 'it was sent');
    expect(textOf(at(element, '.message.customer'))).to.match(/Index relevés le 24 novembre 2026 ?HP ?26.460 ?HC ?21.580/);
    expect((await adapter.perform(listThreads, {}, {})).items[0]?.about).to.deep.include({ what: 'meter', meterId: 'camille-linky' });
  });

  it('is searched, closed and opened again', async () => {
    const { element } = await open({ persona: 'camille' });
    const search = at<HTMLInputElement>(element, '[type=search]');
    await fill(element, search, 'nulle part');
    await until(() => textOf(element).includes('Aucun message ne contient « nulle part ».'), 'nothing found');
    await fill(element, search, 'HEURES creuses');
    await until(() => element.renderRoot.querySelector('.thread'), 'found');
    at<HTMLButtonElement>(element, '.thread').click();
    await until(() => textOf(element).includes('Cet échange est terminé. Écrire le rouvre.'), 'it is closed');
    control(element, 'Rouvrir').click();
    await until(() => textOf(element).includes('Marquer comme terminé'), 'it is open');
  });

  it('warns who would write of a breakdown that is happening', async () => {
    const { element } = await open({ persona: 'camille' });
    control(element, 'Écrire un message').click();
    await until(() => labelled(element, 'De quoi s’agit-il ?'), 'the topic');
    choose(element, 'De quoi s’agit-il ?', 2);
    await until(() => textOf(element).includes('N’écrivez pas : appelez.') || /N’écrivez pas.: appelez/.test(textOf(element)), 'the warning');
  });

  it('tells a failure in words, and keeps what was written', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { startThread: () => Promise.reject(new PortalError('unavailable')) });
    const { element } = await open({ persona: 'camille', between });
    control(element, 'Écrire un message').click();
    await until(() => element.renderRoot.querySelector('form'), 'the form');
    await write(element, 'Gardez-moi');
    submit(element);
    await until(() => element.renderRoot.querySelector('.summary'), 'the failure');
    expect(at<HTMLTextAreaElement>(element, 'textarea').value).to.equal('Gardez-moi');
  });

  it('speaks English', async () => {
    const { element } = await open({ persona: 'camille', lang: 'en' });
    await until(() => textOf(element).includes('My messages'), 'English');
  });
});

function open(options: MountOptions) {
  return mount<OyaMessages>('oya-messages', options);
}

function at<E extends Element = HTMLElement>(element: OyaMessages, selector: string): E {
  const found = element.renderRoot.querySelector<E>(selector);
  if (!found) throw new Error(`there is no ${selector} in: ${textOf(element).slice(0, 300)}`);
  return found;
}

function labelled(element: OyaMessages, label: string): HTMLSelectElement | undefined {
  const found = [...element.renderRoot.querySelectorAll('label')].find((each) => textOf(each) === label);
  return found ? (element.renderRoot.querySelector<HTMLSelectElement>(`#${CSS.escape(found.htmlFor)}`) ?? undefined) : undefined;
}

function choose(element: OyaMessages, label: string, index: number): void {
  const select = labelled(element, label) as HTMLSelectElement;
  select.selectedIndex = index;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

async function fill(element: OyaMessages, field: HTMLInputElement | HTMLTextAreaElement | undefined, text: string): Promise<void> {
  if (!field) throw new Error('no such field');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await element.updateComplete;
}

function write(element: OyaMessages, text: string): Promise<void> {
  return fill(element, at<HTMLTextAreaElement>(element, 'textarea'), text);
}

function submit(element: OyaMessages): void {
  at<HTMLButtonElement>(element, 'button[type=submit]').click();
}
