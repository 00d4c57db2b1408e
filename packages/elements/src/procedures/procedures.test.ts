import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { amendAdapter, describeUtility, getServiceRequest, listServiceRequests, PortalError, sendServiceRequest, type Procedure } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaProceduresForm } from './form.ts';
import type { OyaProcedures } from './procedures.ts';
import type { OyaProceduresRequest } from './request.ts';
import './procedures.define.ts';

describe('<oya-procedures>', () => {
  const clean = () => {
    sessionStorage.clear();
    history.replaceState(null, '', location.pathname + location.search);
  };
  beforeEach(clean);
  afterEach(() => {
    unmountAll();
    clean();
  });

  it('lists what one may want, with links beside, and what was asked for below', async () => {
    const { element } = await open({ persona: 'camille', routes: { consumption: '/conso', space: '/espace' } });
    const actions = [...element.renderRoot.querySelectorAll('.actions .strong')].map(textOf);
    expect(actions).to.deep.equal(['Je déménage', 'Changer de puissance ou de tarif', 'Raccordement et travaux', 'Faire une réclamation', 'Envoyer un document']);
    expect([...element.renderRoot.querySelectorAll('.links a')].map((link) => [textOf(link.querySelector('.strong')), link.getAttribute('href')])).to.deep.equal([['Mon espace client', '/espace'], ['Ma mesure', '/conso'], ['Ma conso', '/conso']]);
    await until(() => element.renderRoot.querySelectorAll('.request').length === 2, 'the requests');
    expect([...element.renderRoot.querySelectorAll('.request')].map((row) => textOf(row.querySelector('.stand')))).to.deep.equal(['En cours', 'Terminée']);
    await expectAccessible(element);
  });

  it('puts first what waits for the customer', async () => {
    const { element } = await open({ persona: 'lucien' });
    await until(() => element.renderRoot.querySelector('.requests.waiting'), 'the question');
    expect(textOf(element.renderRoot.querySelector('.requests.waiting'))).to.match(/^Raccordement et travaux D-7B2V-K9TD\. Envoyée .* Nous attendons une réponse de vous$/);
  });

  it('shows to visitors what there is and what to have at hand, and asks them to sign in', async () => {
    const { element } = await open({ persona: null, routes: { login: '/connexion' } });
    await begin(element, 'Je déménage');
    await until(() => textOf(element).includes('À avoir sous la main Votre nouvelle adresse'), 'what to have at hand');
    expect(control<HTMLAnchorElement>(element, 'Me connecter pour commencer').getAttribute('href')).to.equal('/mon-espace#/procedures?oya-procedure=new:demenager');
    expect(textOf(element)).to.include('Pas encore client chez nous').and.include('05 36 49 10 10');
    expect(element.renderRoot.querySelector('oya-procedures-form')).to.equal(null);
    await expectAccessible(element);
    unmountAll();
    // On the page of its own route, one signs in first.
    location.hash = '#oya-procedure=new:demenager';
    const here = await open({ persona: null, routes: { login: '/connexion', procedures: location.pathname } });
    expect(control<HTMLAnchorElement>(here.element, 'Me connecter pour commencer').getAttribute('href')).to.equal('/connexion');
  });

  it('moves somebody from one home to another, a question at a time, and tells its number and what follows', async () => {
    const { element, adapter } = await open({ persona: 'camille' });
    let events = 0;
    element.addEventListener('oya-request-sent', () => events++);
    await begin(element, 'Je déménage');
    const form = await formOf(element);
    expect(textOf(form)).to.include('Étape 1 sur 4').and.include('À avoir sous la main');
    await next(form);
    await until(() => form.renderRoot.querySelector('.summary'), 'what is missing');
    expect(textOf(form.renderRoot.querySelector('.summary'))).to.match(/^Regardez encore ceci Votre situation.: à remplir\.$/);
    await tick(form, 'moves', 'both');
    await next(form);
    await until(() => textOf(form).includes('le logement que vous quittez'), 'step 2');
    expect(textOf(form)).to.match(/Compteur L00000000101 ?: la collecte de vos index est automatique\./);
    await fill(form, 'leaving-on', '2026-12-15');
    await fill(form, 'leaving-successor', 'Mme Petit');
    await expectAccessible(element);
    await next(form);
    await until(() => textOf(form).includes('le logement où vous arrivez'), 'step 3');
    await fill(form, 'entering-on', '2026-12-14');
    await fill(form, 'address-street', '4 rue de l’Exemple');
    await fill(form, 'address-postcode', '81400');
    await fill(form, 'address-city', 'Carmaux');
    await tick(form, 'entering-energies-electricity', 'yes');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'step 4');
    expect(textOf(form.renderRoot.querySelector('.told'))).to.include('mardi 15 décembre 2026').and.include('4 rue de l’Exemple, 81400 Carmaux').and.include('Mme Petit');
    expect(fieldOf(form, 'phone').value).to.equal('06 39 98 01 01');
    await expectAccessible(element);
    await next(form);
    const page = await pageOf(element);
    const [sent] = (await adapter.perform(listServiceRequests, {}, {})).items;
    expect(textOf(page)).to.include('Votre demande est envoyée').and.include(sent?.number ?? '').and.include('Le jour du départ, relevez votre compteur.');
    expect([sent?.kind, sent?.state, events]).to.deep.equal(['moving', 'received', 1]);
    expect(sessionStorage.length).to.equal(0);
    await expectAccessible(element);
  });

  it('keeps a draft through a reload, with the step', async () => {
    const first = await open({ persona: 'camille' });
    await begin(first.element, 'Je déménage');
    await tick(await formOf(first.element), 'moves', 'out');
    await next(await formOf(first.element));
    await fill(await formOf(first.element), 'leaving-on', '2026-12-15');
    unmountAll();
    const { element } = await open({ persona: 'camille' });
    const form = await formOf(element);
    expect(fieldOf(form, 'leaving-on').value).to.equal('2026-12-15');
    unmountAll();
    const other = await open({ persona: 'lucien' });
    expect(textOf(await formOf(other.element))).to.include('Étape 1 sur 4');
  });

  it('says what is odd about a reading, and takes it', async () => {
    const { element, adapter } = await open({ persona: 'odette' });
    await begin(element, 'Je déménage');
    const form = await formOf(element);
    await tick(form, 'moves', 'out');
    await next(form);
    await until(() => form.renderRoot.querySelector('[name=readings-odette-meter-BASE]'), 'the register');
    expect(textOf(form)).to.match(/Nous attendons entre [\d\s]+ et [\d\s]+\./u);
    await fill(form, 'readings-odette-meter-BASE', '12');
    await until(() => form.renderRoot.querySelector('.doubt'), 'the doubt');
    await fill(form, 'readings-odette-meter-BASE', 'douze');
    await fill(form, 'leaving-on', '2026-11-30');
    await next(form);
    await until(() => form.renderRoot.querySelector('.summary'), 'no number');
    expect(textOf(form.renderRoot.querySelector('.summary'))).to.match(/Compteur .*, BASE.: des chiffres seulement/);
    await fill(form, 'readings-odette-meter-BASE', '12');
    await next(form);
    await until(() => textOf(form).includes('où vous écrire ensuite'), 'it is taken');
    await fill(form, 'address-street', '1 rue du Port');
    await fill(form, 'address-postcode', '33000');
    await fill(form, 'address-city', 'Bordeaux');
    await next(form);
    await until(() => form.renderRoot.querySelector('.told'), 'the check');
    await fill(form, 'phone', '06 39 98 03 03');
    await next(form);
    await pageOf(element);
    const [{ id = '' } = {}] = (await adapter.perform(listServiceRequests, {}, {})).items;
    const { details } = await adapter.perform(getServiceRequest, { serviceRequestId: id }, {});
    expect(details.kind === 'moving' && details.leaving?.readings?.[0]?.indexes[0]).to.deep.include({ register: 'BASE', index: 12, doubt: 'lower' });
  });

  it('changes the power, not to what it is, and leads back from what the portal refuses', async () => {
    const refused = new PortalError('invalid', { fields: [{ path: 'details.on', code: 'too-far' }] });
    let refuses = true;
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { sendServiceRequest: (input) => (refuses ? Promise.reject(refused) : sandbox.perform(sendServiceRequest, input, {})) });
    const { element } = await open({ persona: 'camille', between, routes: { tariffs: '/comparer' } });
    await begin(element, 'Changer de puissance ou de tarif');
    const form = await formOf(element);
    expect(control<HTMLAnchorElement>(form, 'Comparer les tarifs').getAttribute('href')).to.equal('/comparer');
    expect(textOf(form)).to.match(/Aujourd’hui.: 9 kVA\./);
    await next(form);
    await until(() => textOf(form.renderRoot.querySelector('.summary')).match(/Ce qui change.: à remplir/), 'nothing changes');
    await choose(form, 'powerKva', '9');
    await next(form);
    await until(() => textOf(form.renderRoot.querySelector('.summary')).match(/Puissance souscrite.: c’est déjà la vôtre/), 'the same');
    await choose(form, 'powerKva', '12');
    await choose(form, 'tariff', 'tempo');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'the check');
    await next(form);
    await until(() => textOf(form.renderRoot.querySelector('.summary')).match(/Date souhaitée.: au plus tard le 25 novembre 2027/), 'the field that is wrong, on its step');
    expect(textOf(form)).to.include('Étape 1 sur 2');
    refuses = false;
    await next(form);
    await next(form);
    expect(textOf(await pageOf(element))).to.include('12 kVA').and.include('Tempo');
  });

  it('does not send documents without one', async () => {
    const { element, adapter } = await open({ persona: 'camille' });
    await begin(element, 'Envoyer un document');
    const form = await formOf(element);
    await choose(form, 'document', 'lease');
    await next(form);
    await until(() => textOf(form.renderRoot.querySelector('.summary')).match(/Fichiers.: à remplir/), 'no file');
    await form.addFiles([new File(['%PDF-1.4\n%%EOF\n'], 'bail.pdf', { type: 'application/pdf' })]);
    await until(() => form.renderRoot.querySelector('.file'), 'the file');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'the check');
    await next(form);
    await pageOf(element);
    const [{ id = '' } = {}] = (await adapter.perform(listServiceRequests, {}, {})).items;
    expect((await adapter.perform(getServiceRequest, { serviceRequestId: id }, {})).steps[0]?.attachments?.map(({ name }) => name)).to.deep.equal(['bail.pdf']);
  });

  it('plans works and takes complaints', async () => {
    const { element } = await open({ persona: 'camille' });
    await begin(element, 'Raccordement et travaux');
    let form = await formOf(element);
    await tick(form, 'energy', 'electricity');
    await tick(form, 'work', 'new-connection');
    await next(form);
    await until(() => textOf(form.renderRoot.querySelector('.summary')).match(/Puissance souscrite.: à remplir/), 'the power');
    await choose(form, 'powerKva', '9');
    await next(form);
    await until(() => textOf(form).includes('le lieu et la date'), 'the place');
    await fill(form, 'address-street', 'Chemin neuf');
    await fill(form, 'address-postcode', '81400');
    await fill(form, 'address-city', 'Carmaux');
    await fill(form, 'on', '2027-02-01');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'the check');
    await next(form);
    expect(textOf(await pageOf(element))).to.include('Vous recevez un devis.');
    control<HTMLAnchorElement>(element, 'Toutes mes démarches').click();
    await until(() => element.renderRoot.querySelector('.actions'), 'the list');
    await begin(element, 'Faire une réclamation');
    form = await formOf(element);
    await choose(form, 'topic', 'outage');
    await fill(form, 'words', 'Trois coupures en une semaine.');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'the check');
    await next(form);
    expect(textOf(await pageOf(element))).to.include('médiateur national de l’énergie').and.include('Trois coupures en une semaine.');
  });

  it('shows every step of a request, is answered in place, and goes on as the utility does', async () => {
    const { element, adapter } = await open({ persona: 'lucien' });
    await until(() => element.renderRoot.querySelector('.request'), 'the request');
    element.renderRoot.querySelector<HTMLElement>('.request')?.click();
    const page = await pageOf(element);
    await until(() => page.renderRoot.querySelectorAll('.steps li').length === 3, 'the steps');
    expect(textOf(page.renderRoot.querySelector('.steps li:last-child'))).to.match(/^Une question pour vous Chloé, service clients, vendredi 20 novembre .* une photo du compteur/);
    await expectAccessible(element);
    page.renderRoot.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await until(() => page.renderRoot.querySelector('.summary'), 'no words');
    const words = page.renderRoot.querySelector('textarea') as HTMLTextAreaElement;
    words.value = 'Voici les photos, et l’accord.';
    words.dispatchEvent(new Event('input', { bubbles: true }));
    await page.addFiles([new File(['%PDF-1.4\n%%EOF\n'], 'accord.pdf', { type: 'application/pdf' })]);
    await until(() => page.renderRoot.querySelector('.file'), 'the file');
    page.renderRoot.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
    await until(() => page.renderRoot.querySelectorAll('.steps li').length === 4, 'the answer');
    expect(textOf(page.renderRoot.querySelector('.steps li:last-child'))).to.match(/^Vous avez répondu Vous, .* Voici les photos, et l’accord\. Télécharger accord\.pdf$/);
    adapter.controls.changeRequest(page.requestId, 'done', 'Le compteur est dans le couloir.');
    await until(() => textOf(page).includes('Le compteur est dans le couloir.'), 'without a reload');
    expect(page.renderRoot.querySelector('.withdraw')).to.equal(null);
  });

  it('takes a request back after one question, and says when it went on meanwhile', async () => {
    const { element, adapter } = await open({ persona: 'camille' });
    await until(() => element.renderRoot.querySelector('.request'), 'the request');
    element.renderRoot.querySelector<HTMLElement>('.request')?.click();
    const page = await pageOf(element);
    await until(() => page.renderRoot.querySelector('.withdraw'), 'the way back');
    control(page, 'Retirer ma demande').click();
    await page.updateComplete;
    await expectAccessible(element);
    control(page, 'Non, la garder').click();
    await page.updateComplete;
    control(page, 'Retirer ma demande').click();
    await page.updateComplete;
    control(page, 'Oui, la retirer').click();
    await until(() => textOf(page).includes('Votre demande est retirée.'), 'it is taken back');
    expect((await adapter.perform(getServiceRequest, { serviceRequestId: page.requestId }, {})).state).to.equal('withdrawn');
  });

  it('tells a failure in words, and keeps what was typed', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { sendServiceRequest: () => Promise.reject(new PortalError('unavailable')) });
    const { element } = await open({ persona: 'camille', between });
    await begin(element, 'Faire une réclamation');
    const form = await formOf(element);
    await choose(form, 'topic', 'service');
    await fill(form, 'words', 'Gardez-moi');
    await next(form);
    await until(() => textOf(form).includes('vérifier et envoyer'), 'the check');
    await next(form);
    await until(() => form.renderRoot.querySelector('.summary'), 'the failure');
    expect(textOf(form.renderRoot.querySelector('.told'))).to.include('Gardez-moi');
  });

  it('begins after the session has ended and somebody has signed in again', async () => {
    const { element, adapter } = await open({ persona: 'camille' });
    await until(() => element.renderRoot.querySelector('.request'), 'the requests');
    adapter.controls.setFault('getContract', 'unauthenticated');
    await begin(element, 'Faire une réclamation');
    await until(() => element.client?.session?.state === 'signed-out', 'that the session has ended');
    adapter.controls.clearFaults();
    await element.client?.queries.invalidateQueries();
    expect(textOf(await formOf(element))).to.include('Étape 1 sur 2');
  });

  it('leads nowhere but to addresses that a page may link to, and shows what a utility wrote as text', async () => {
    const procedures: Procedure[] = [
      { id: 'a', kind: 'measure', way: { by: 'link', to: 'javascript:alert(1)' }, haveAtHand: [] },
      { id: 'b', kind: 'cost', title: { fr: '<b>Mes coûts</b>' }, way: { by: 'link', to: 'https://www.eneo.example/conso' }, haveAtHand: [] },
    ];
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: async () => ({ ...(await sandbox.perform(describeUtility, {}, {})), procedures }) });
    const { element } = await open({ persona: null, between });
    expect([...element.renderRoot.querySelectorAll('.links a')].map((link) => [textOf(link.querySelector('.strong')), link.getAttribute('href')])).to.deep.equal([['<b>Mes coûts</b>', 'https://www.eneo.example/conso']]);
  });

  it('is empty where the utility names nothing, with a way to reach it', async () => {
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: async () => ({ ...(await sandbox.perform(describeUtility, {}, {})), procedures: [] }) });
    const { element } = await open({ persona: 'camille', between });
    expect(element.state).to.equal('empty');
    expect(textOf(element)).to.include('05 36 49 10 10');
  });

  it('says where a form or a request is not there (any more)', async () => {
    location.hash = '#oya-procedure=new:autre';
    const { element } = await open({ persona: 'camille' });
    expect(textOf(element)).to.include('Cette démarche n’existe pas ici');
    location.hash = '#oya-procedure=request:none';
    const page = await pageOf(element);
    await until(() => textOf(page).includes('introuvable'), 'it is not found');
  });

  it('speaks English', async () => {
    const { element } = await open({ persona: 'lucien', lang: 'en' });
    await until(() => textOf(element).includes('We wait for an answer from you'), 'English');
    await begin(element, 'I am moving');
    await until(() => textOf(element).includes('What to have at hand') || element.renderRoot.querySelector('oya-procedures-form'), 'the form');
    expect(textOf(await formOf(element))).to.include('Step 1 of 4: your situation');
  });
});

function open(options: MountOptions) {
  return mount<OyaProcedures>('oya-procedures', options);
}

async function begin(element: OyaProcedures, title: string): Promise<void> {
  const action = [...element.renderRoot.querySelectorAll<HTMLElement>('.action')].find((each) => textOf(each.querySelector('.strong')) === title);
  if (!action) throw new Error(`nothing is called ${title} in: ${textOf(element)}`);
  action.click();
  await element.updateComplete;
}

async function formOf(element: OyaProcedures): Promise<OyaProceduresForm> {
  const form = () => element.renderRoot.querySelector<OyaProceduresForm>('oya-procedures-form');
  await until(() => form()?.renderRoot?.querySelector('form'), 'the form');
  return form() as OyaProceduresForm;
}

async function pageOf(element: OyaProcedures): Promise<OyaProceduresRequest> {
  const page = () => element.renderRoot.querySelector<OyaProceduresRequest>('oya-procedures-request');
  await until(() => page()?.renderRoot && page()?.state !== 'loading', 'the request');
  return page() as OyaProceduresRequest;
}

function fieldOf(form: OyaProceduresForm, name: string): HTMLInputElement {
  const field = form.renderRoot.querySelector<HTMLInputElement>(`[name='${CSS.escape(name)}']`);
  if (!field) throw new Error(`there is no field ${name} in: ${textOf(form)}`);
  return field;
}

async function fill(form: OyaProceduresForm, name: string, text: string): Promise<void> {
  const field = fieldOf(form, name);
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  await form.updateComplete;
}

async function choose(form: OyaProceduresForm, name: string, value: string): Promise<void> {
  const field = fieldOf(form, name);
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
  await form.updateComplete;
}

async function tick(form: OyaProceduresForm, name: string, value: string): Promise<void> {
  const box = form.renderRoot.querySelector<HTMLInputElement>(`[name='${CSS.escape(name)}'][value='${value}']`);
  if (!box) throw new Error(`there is no ${name} of ${value} in: ${textOf(form)}`);
  box.click();
  await form.updateComplete;
}

async function next(form: OyaProceduresForm): Promise<void> {
  form.renderRoot.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  await form.updateComplete;
  await form.updateComplete;
}

