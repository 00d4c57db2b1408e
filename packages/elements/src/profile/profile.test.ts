import { amendAdapter, getProfile, listActivity, listDevices, signIn, type Activity, type OperationName } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import { countries } from './countries.ts';
import type { OyaProfile } from './profile.ts';
import './profile.define.ts';

const { login, password: PASSWORD } = findPersona('camille');
const NEW_PASSWORD = 'Verrerie-de-Carmaux-81';

function open(options: MountOptions = {}): Promise<Mounted<OyaProfile>> {
  return mount<OyaProfile>('oya-profile', { persona: 'camille', routes: { login: '/connexion', signup: '/creer-un-compte', contact: '/contact' }, ...options });
}

const find = (element: Element, selector: string) => element.querySelector<HTMLElement>(selector) ?? expect.fail(`there is no "${selector}" in: ${textOf(element)}`);
const summary = (element: Element) => textOf(element.querySelector('.summary'));

/** The value of a line, by its name. */
function line(element: Element, name: string): string | undefined {
  const term = [...element.querySelectorAll('dt')].find((each) => textOf(each) === name);
  return term ? textOf(term.nextElementSibling) : undefined;
}

async function change(element: OyaProfile, what: string): Promise<HTMLFormElement> {
  find(element, `.open-${what}`).click();
  await until(() => element.querySelector(`form.${what}`), `the form of ${what}`);
  return find(element, `form.${what}`) as HTMLFormElement;
}

function type(form: Element, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    const field = find(form, `[name='${name}']`) as HTMLInputElement;
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }
}

async function send(form: HTMLFormElement, values: Readonly<Record<string, string>> = {}): Promise<void> {
  type(form, values);
  form.requestSubmit();
}

async function refused(element: Element): Promise<string> {
  await until(() => element.querySelector('.summary'), 'a summary');
  return summary(element);
}

async function done(element: Element): Promise<string> {
  await until(() => element.querySelector('.outcome'), 'an outcome');
  return textOf(element.querySelector('.outcome'));
}

function lastCode({ adapter }: Mounted<OyaProfile>): string {
  return adapter.controls.mails().findLast(({ code }) => code !== undefined)?.code ?? expect.fail('no code was mailed');
}

type Between = NonNullable<MountOptions['between']>;

const without = (...names: OperationName[]): Between => (sandbox) => amendAdapter(sandbox, Object.fromEntries(names.map((name) => [name, undefined])));

describe('<oya-profile>', () => {
  afterEach(() => {
    unmountAll();
    for (const key of Object.keys(sessionStorage)) if (key.startsWith('oya-profile/')) sessionStorage.removeItem(key);
  });

  describe('the page', () => {
    it('tells how the customer is reached, what opens the account, and what they are told of', async () => {
      const { element } = await open();
      expect(textOf(find(element, 'h2'))).to.equal('Mon compte');
      expect([line(element, 'Adresse e-mail'), line(element, 'Téléphone'), line(element, 'Adresse postale')]).to.deep.equal(['camille.durand@example.org', '06 39 98 01 01', '12 rue des Acacias 81400 Carmaux']);
      expect([line(element, 'Identifiant'), line(element, 'Mot de passe'), line(element, 'Langue de nos messages')]).to.deep.equal([login, 'Choisi le 14 octobre 2026', 'Français']);
      expect(line(element, 'Ce que nous vous envoyons')).to.include('Relevés du compteur : e-mail et SMS').and.to.include('Coupures, travaux, EcoWatt et Tempo : choisir mes alertes').and.to.include('sécurité de votre compte').and.not.to.include('Actualités');
      await until(() => element.querySelector('oya-profile-activity .line'), 'the activity');
      await expectAccessible(element);
    });

    it('speaks English, under the heading that the page asks for', async () => {
      const { element } = await open({ lang: 'en', attributes: { 'heading-level': '3' } });
      expect(textOf(find(element, 'h3'))).to.equal('My account');
      expect(textOf(find(element, 'h4'))).to.equal('Contact details');
      expect(line(element, 'What we send you')).to.include('Meter readings: e-mail and text message');
    });

    it('leaves out what the portal does not offer, without a hole', async () => {
      const { element } = await open({
        between: without('updateProfile', 'changeIdentifier', 'changePassword', 'startEmailChange', 'changeAddress', 'withdrawRequest', 'listDevices', 'listActivity', 'exportData', 'closeAccount'),
      });
      expect(element.querySelectorAll('button')).to.have.length(0);
      expect([...element.querySelectorAll('.part-title')].map(textOf)).to.deep.equal(['Coordonnées', 'Identifiant et mot de passe', 'Langue et notifications']);
    });

    it('has the passkeys where the portal offers them and the page has their element', async () => {
      const { element } = await open();
      expect(element.querySelector('oya-passkeys')).to.equal(null);
      customElements.define('oya-passkeys', class extends HTMLElement {});
      await until(() => element.querySelector('oya-passkeys'), 'the passkeys');
      expect(find(element, 'oya-passkeys').getAttribute('heading-level')).to.equal('4');
      expect((await open({ between: without('listPasskeys') })).element.querySelector('oya-passkeys')).to.equal(null);
    });

    it('says of an account without a password how it opens', async () => {
      const { element } = await open({ between: withoutPassword });
      expect(line(element, 'Mot de passe')).to.equal('Votre compte s’ouvre sans mot de passe.');
      expect(element.querySelector('.open-password')).to.equal(null);
    });
  });

  describe('a change', () => {
    it('opens where its line is, and gives the focus back when it is left', async () => {
      const { element } = await open();
      const form = await change(element, 'phone');
      const title = find(form.parentElement as Element, '.task-title');
      await until(() => document.activeElement === title, 'the focus on the title');
      control(form, 'Annuler').click();
      await until(() => !element.querySelector('form'), 'the form to go');
      expectFocusOn(find(element, '.open-phone'));
    });

    it('is kept, told, heard, and the focus goes back to where it began', async () => {
      const { element } = await open();
      await send(await change(element, 'phone'), { phone: '06 39 98 12 34' });
      expect(await done(element)).to.equal('C’est enregistré.');
      expect(line(element, 'Téléphone')).to.include('06 39 98 12 34');
      expectFocusOn(find(element, '.open-phone'));
      expect([...element.querySelectorAll('[role=status]')].map(textOf)).to.include('C’est enregistré.');
    });

    it('leaves another form open as it is', async () => {
      const { element } = await open();
      const address = await change(element, 'address');
      type(address, { line1: '22 avenue de Rodez' });
      await send(await change(element, 'phone'), { phone: '06 39 98 12 34' });
      await done(element);
      expect((find(element, '[name=line1]') as HTMLInputElement).value).to.equal('22 avenue de Rodez');
    });

    it('comes back with a focused summary that leads to the fields', async () => {
      const { element } = await open();
      await send(await change(element, 'address'), { line1: ' ', postcode: '814', city: '' });
      expect(await refused(element)).to.equal('Il reste quelque chose à revoir À remplir : numéro et rue En France, le code postal a 5 chiffres À remplir : ville');
      expectFocusOn(find(element, '.summary'));
      control(find(element, '.summary'), 'À remplir : ville').click();
      expectFocusOn(find(element, '[name=city]'));
      expect(find(element, '[name=city]').getAttribute('aria-invalid')).to.equal('true');
      await expectAccessible(element);
    });

    it('says what failed and keeps what was typed, and a second try is the same request', async () => {
      const keys: (string | undefined)[] = [];
      const mounted = await open({
        between: (sandbox) => ({ ...sandbox, perform: (operation, input, context) => (operation.name === 'updateProfile' && keys.push(context?.idempotencyKey), sandbox.perform(operation, input, context)) }) as typeof sandbox,
        faults: { updateProfile: 'unavailable' },
      });
      const form = await change(mounted.element, 'phone');
      await send(form, { phone: '06 39 98 12 34' });
      expect(await refused(mounted.element)).to.include('Nous n’arrivons pas à joindre votre espace').and.to.include('sandbox-1');
      mounted.adapter.controls.clearFaults();
      await send(form);
      await done(mounted.element);
      expect(keys).to.have.length(2);
      expect(keys[0]).to.be.a('string').and.to.equal(keys[1]);
    });

    it('outlives a reload, without what is secret', async () => {
      const first = await open();
      type(await change(first.element, 'identifier'), { identifier: 'camille.carmaux', currentPassword: PASSWORD });
      unmountAll();
      const { element } = await open();
      await until(() => element.querySelector('form.identifier'), 'the form');
      expect((find(element, '[name=identifier]') as HTMLInputElement).value).to.equal('camille.carmaux');
      expect((find(element, '[name=currentPassword]') as HTMLInputElement).value).to.equal('');
      expect(JSON.stringify({ ...sessionStorage })).not.to.include(PASSWORD);
      control(find(element, 'form.identifier'), 'Annuler').click();
      await until(() => !element.querySelector('form'), 'the form to go');
      unmountAll();
      expect((await open()).element.querySelector('form')).to.equal(null);
    });

    it('is still there when the session ended in the middle, and is sent once after signing in', async () => {
      const { element, adapter } = await open();
      const client = element.client ?? expect.fail('no client');
      const takeBack = client.offerSignIn(() => true);
      const form = await change(element, 'phone');
      type(form, { phone: '06 39 98 12 34' });
      adapter.controls.expireSession();
      await send(form);
      await until(() => client.interrupted.value !== undefined, 'the interruption');
      expect((find(element, '[name=phone]') as HTMLInputElement).value).to.equal('06 39 98 12 34');
      await client.signIn({ login, password: PASSWORD }, 'again');
      await done(element);
      expect(line(element, 'Téléphone')).to.include('06 39 98 12 34');
      takeBack();
    });
  });

  describe('another e-mail address', () => {
    it('holds once the code was typed', async () => {
      const mounted = await open();
      const { element } = mounted;
      await send(await change(element, 'email'), { email: 'camille@example.org', currentPassword: PASSWORD });
      await until(() => element.querySelector('form.code'), 'the code step');
      expect(textOf(find(element, '.task'))).to.include('Saisissez le code envoyé à c•••••@example.org').and.to.include('7 chiffres').and.to.match(/valable encore \d+ minutes?/);
      const field = find(element, '[name=code]');
      expect(field.getAttribute('autocomplete')).to.equal('one-time-code');
      expect((field as HTMLInputElement).value, 'nothing of the step before').to.equal('');
      await expectAccessible(element);
      const code = lastCode(mounted);
      await send(find(element, 'form.code') as HTMLFormElement, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
      expect(await done(element)).to.equal('Votre adresse e-mail est changée.');
      expect(line(element, 'Adresse e-mail')).to.include('camille@example.org');
    });

    it('is sent another code when one is asked for, as an intent of its own', async () => {
      const keys: unknown[] = [];
      const { element } = await open({
        between: (sandbox) =>
          amendAdapter(sandbox, {
            startEmailChange: ({ email }, { idempotencyKey }) => {
              keys.push(idempotencyKey);
              return Promise.resolve({ to: email, expiresAt: '2026-11-24T09:10:00Z', resendAt: '2026-11-24T07:00:00Z', answeredAt: '2026-11-24T09:00:00Z' });
            },
          }),
      });
      await send(await change(element, 'email'), { email: 'camille@example.org', currentPassword: PASSWORD });
      await until(() => element.querySelector('.resend'), 'the way to another code');
      find(element, '.resend').click();
      await until(() => textOf(element).includes('Un autre code est parti'), 'the other code');
      expect(new Set(keys).size, 'under one key the portal would send none').to.equal(2);
    });

    it('waits when it is left for later, and can be given up', async () => {
      const { element } = await open();
      await send(await change(element, 'email'), { email: 'camille@example.org', currentPassword: PASSWORD });
      await until(() => element.querySelector('form.code'), 'the code step');
      control(find(element, 'form.code'), 'Plus tard').click();
      await until(() => !element.querySelector('form'), 'the form to go');
      expect(line(element, 'Adresse e-mail')).to.equal('camille.durand@example.org Une nouvelle adresse, c•••••@example.org, attend son code.');
      find(element, '.open-email').click();
      await until(() => element.querySelector('form.code'), 'the code step');
      control(element, 'Abandonner ce changement').click();
      expect(await done(element)).to.equal('Votre adresse e-mail reste la même.');
      expect(line(element, 'Adresse e-mail')).not.to.include('attend son code');
    });

    it('is refused for what it is: the same, a wrong password, a wrong code', async () => {
      const { element } = await open();
      const form = await change(element, 'email');
      await send(form, { email: 'Camille.Durand@example.org' });
      expect(await refused(element)).to.include('C’est déjà l’adresse de votre compte').and.to.include('À remplir : mot de passe actuel');
      await send(form, { email: 'camille@example.org', currentPassword: 'wrong' });
      await until(() => summary(element).includes('Ce n’est pas votre mot de passe actuel'), 'the wrong password');
      await send(form, { currentPassword: PASSWORD });
      await until(() => element.querySelector('form.code'), 'the code step');
      await send(find(element, 'form.code') as HTMLFormElement, { code: '0000000' });
      expect(await refused(element)).to.include('Ce code n’est pas le bon');
    });

    it('asks to sign in again where there is no password to ask for', async () => {
      const { element } = await open({ between: withoutPassword });
      const form = await change(element, 'email');
      expect(form.querySelector('[name=currentPassword]')).to.equal(null);
      await send(form, { email: 'camille@example.org' });
      expect(await refused(element)).to.include('Connectez-vous à nouveau pour ce changement');
      control(element, 'Me déconnecter, puis me reconnecter').click();
      await until(() => element.state === 'signed-out', 'the sign-out');
    });
  });

  describe('another postal address', () => {
    it('is asked for, shown while it waits, and withdrawn', async () => {
      const { element } = await open();
      await send(await change(element, 'address'), { line1: '22 avenue de Rodez', line2: 'Bâtiment B' });
      expect(await done(element)).to.equal('Votre demande est partie. Votre fournisseur la vérifie.');
      expect(textOf(find(element, '.request'))).to.include('en cours de vérification, demandée le 24 novembre 2026').and.to.include('22 avenue de Rodez Bâtiment B 81400 Carmaux');
      expect(element.querySelector('.open-address')).to.equal(null);
      await send(await change(element, 'withdrawal'));
      await until(() => !element.querySelector('.request'), 'the request to go');
      expect(textOf(find(element, '.outcome'))).to.equal('Votre demande est retirée.');
      expectFocusOn(find(element, '.open-address'));
    });

    it('holds at once where the utility does not look at it, in any country', async () => {
      const { element } = await open({ persona: 'helene' });
      const form = await change(element, 'address');
      expect(textOf(form.parentElement)).not.to.include('vérifie');
      (find(form, '[name=country]') as HTMLSelectElement).value = 'BE';
      await send(form, { line1: 'Rue Haute 1', postcode: '1000', city: 'Bruxelles' });
      await done(element);
      expect(line(element, 'Adresse postale')).to.include('Rue Haute 1 1000 Bruxelles Belgique');
    });

    it('may be in every country there is, and in none that is no more', () => {
      const codes = countries('fr').map(([code]) => code);
      expect(codes).to.include.members(['FR', 'BE', 'DE', 'JP', 'NC']).and.not.to.include.members(['DD', 'SU', 'EU', 'ZZ']);
      expect(countries('fr').map(([, name]) => name).indexOf('Allemagne')).to.be.lessThan(countries('fr').map(([, name]) => name).indexOf('France'));
      expect(codes.length).to.be.greaterThan(230).and.lessThan(260);
    });

    it('says why it was refused', async () => {
      const refusal = { id: 'r', what: 'address', address: { lines: ['3 place Jaurès'], postcode: '81400', city: 'Albi', country: 'FR' }, askedAt: '2026-11-03T10:00:00Z', state: 'refused', decidedAt: '2026-11-05T10:00:00Z', reason: 'La ville manque.' } as const;
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { getProfile: async () => ({ ...(await sandbox.perform(getProfile, {}, {})), requests: [refusal] }) }) });
      expect(textOf(find(element, '.request'))).to.include('Votre demande du 3 novembre 2026 n’a pas été acceptée').and.to.include('Motif : La ville manque.');
      find(element, '.open-address');
    });
  });

  describe('what opens the account', () => {
    it('is another identifier, told free or taken while it is typed', async () => {
      const { element } = await open();
      const form = await change(element, 'identifier');
      type(form, { identifier: findPersona('lucien').login });
      await until(() => textOf(find(form, '.live')).includes('déjà pris'), 'taken');
      type(form, { identifier: 'camille.carmaux' });
      await until(() => textOf(find(form, '.live')).includes('est libre'), 'free');
      await send(form, { currentPassword: PASSWORD });
      await done(element);
      expect(line(element, 'Identifiant')).to.include('camille.carmaux');
    });

    it('is another password, by the live rules, and other devices are signed out', async () => {
      const { element, adapter } = await open();
      await until(() => element.querySelectorAll('oya-profile-devices li').length === 3, 'three devices');
      const form = await change(element, 'password');
      expect(textOf(form.parentElement)).to.include('fermé sur vos autres appareils');
      await until(() => form.querySelector('.rules'), 'the rules');
      type(form, { password: 'Verrerie' });
      await until(() => form.querySelectorAll('.rules .kept').length > 2, 'kept rules');
      await send(form, { currentPassword: PASSWORD, repeat: 'other' });
      expect(await refused(element)).to.include('respecte toutes les règles').and.to.include('Les deux mots de passe sont différents');
      await send(form, { password: NEW_PASSWORD, repeat: NEW_PASSWORD });
      await done(element);
      await until(() => element.querySelectorAll('oya-profile-devices li').length === 1, 'this device alone');
      expect((await adapter.perform(signIn, { login, password: NEW_PASSWORD })).state).to.equal('signed-in');
    });
  });

  describe('what one is told of', () => {
    it('is chosen by topic and way; an SMS asks for a phone, and news is not ticked', async () => {
      const { element } = await open({ persona: 'odette' });
      const form = await change(element, 'notifications');
      const ticked = () => [...form.querySelectorAll<HTMLInputElement>(':checked')].map(({ name }) => name);
      expect(ticked()).to.deep.equal(['invoices.letter', 'readings.letter']);
      find(form, `[name='consumption.sms']`).click();
      await until(() => form.querySelector('[name=phone]'), 'the field of the phone');
      await send(form);
      expect(await refused(element)).to.include('À remplir : téléphone');
      await send(form, { phone: '06 39 98 12 34' });
      await done(element);
      expect(line(element, 'Ce que nous vous envoyons')).to.include('Consommation : SMS');
      expect(line(element, 'Téléphone')).to.include('06 39 98 12 34');
      await until(() => !element.querySelector('form'), 'the form to go');
    });

    it('keeps its phone as long as there are SMS', async () => {
      const { element } = await open();
      await send(await change(element, 'phone'), { phone: '' });
      expect(await refused(element)).to.include('Pour recevoir des SMS, il faut un numéro de téléphone');
    });

    it('is said in another language', async () => {
      const { element } = await open();
      const form = await change(element, 'language');
      (find(form, 'select') as HTMLSelectElement).value = 'en';
      await send(form);
      await done(element);
      expect(line(element, 'Langue de nos messages')).to.include('English');
    });
  });

  describe('devices', () => {
    it('are there with this one first, and one is ended after a question', async () => {
      const { element, adapter } = await open();
      await until(() => element.querySelectorAll('oya-profile-devices li').length === 3, 'three devices');
      const items = [...element.querySelectorAll('oya-profile-devices li')].map(textOf);
      expect(items[0]).to.include('Cet appareil, en ce moment').and.not.to.include('Déconnecter');
      expect(items[1]).to.include('Chrome sur Android').and.to.include('Il reste connecté.');
      control(element, 'Déconnecter : Chrome sur Android').click();
      await until(() => element.querySelector('oya-profile-devices .task'), 'the question');
      await until(() => document.activeElement?.classList.contains('task-title'), 'the focus on the question');
      control(find(element, 'oya-profile-devices .task'), 'Ne rien changer').click();
      await until(() => !element.querySelector('oya-profile-devices .task'), 'no question');
      expectFocusOn(find(element, '[data-device=camille-phone]'));
      find(element, '[data-device=camille-phone]').click();
      await until(() => element.querySelector('oya-profile-devices .task'), 'the question');
      control(find(element, 'oya-profile-devices .task'), 'Déconnecter').click();
      await until(() => element.querySelectorAll('oya-profile-devices li').length === 2, 'two devices');
      expectFocusOn(find(element, 'oya-profile-devices .outcome'));
      expect((await adapter.perform(listDevices, {})).items).to.have.length(2);
      await until(() => textOf(element.querySelector('oya-profile-activity')).includes('Un appareil déconnecté'), 'its trace');
    });

    it('are all ended at once but this one', async () => {
      const { element } = await open();
      await until(() => element.querySelector('.ask-others'), 'the way to end all others');
      find(element, '.ask-others').click();
      await until(() => element.querySelector('oya-profile-devices .task'), 'the question');
      control(find(element, 'oya-profile-devices .task'), 'Déconnecter tous les autres').click();
      await until(() => element.querySelectorAll('oya-profile-devices li').length === 1, 'this device alone');
      expect(textOf(find(element, 'oya-profile-devices .outcome'))).to.equal('Tous les autres appareils sont déconnectés.');
    });
  });

  describe('activity', () => {
    const lines = (element: Element) => element.querySelectorAll('oya-profile-activity .line');

    it('is grouped by day, says who, when and how, and has more on demand', async () => {
      const { element, adapter } = await open();
      await until(() => lines(element).length > 0, 'the activity');
      expect([...element.querySelectorAll('.day-title')].map(textOf).slice(0, 2)).to.deep.equal(['mercredi 11 novembre 2026', 'mercredi 4 novembre 2026']);
      expect(textOf(lines(element)[0])).to.equal('23 h 55 Connexion Vous, en ligne, Chrome, Android');
      const before = lines(element).length;
      control(element, 'Voir la suite').click();
      await until(() => lines(element).length > before, 'more');
      expectFocusOn(element.querySelectorAll<HTMLElement>('oya-profile-activity [data-activity]')[before]);
      control(element, 'Voir la suite').click();
      const { items, next } = await adapter.perform(listActivity, {});
      await until(() => lines(element).length > items.length, 'the next page');
      expect(next).to.be.a('string');
    });

    it('is filtered by what it concerns, and says where there is nothing', async () => {
      const { element } = await open({ persona: 'helene' });
      await until(() => lines(element).length > 0, 'the activity');
      const select = find(element, 'oya-profile-activity select') as HTMLSelectElement;
      const choose = (value: string) => ((select.value = value), select.dispatchEvent(new Event('change')));
      choose('contracts');
      await until(() => [...lines(element)].every((each) => textOf(each).includes('Accès à un contrat')), 'accesses alone');
      expect(textOf(element.querySelector('oya-profile-activity'))).to.include('Léa Cazals');
      choose('account');
      await until(() => textOf(element.querySelector('.days')) === 'Rien de tel pour le moment.', 'nothing');
    });

    it('has general words for what came later than this kit', async () => {
      const odd: Activity = { id: 'odd', at: '2026-11-24T08:00:00Z', kind: 'something-new', by: { role: 'system', name: null }, channel: 'system', device: null, contractId: null };
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { listActivity: async () => ({ items: [odd] }) }) });
      await until(() => lines(element).length > 0, 'the activity');
      expect(textOf(lines(element)[0])).to.equal('9 h 00 Une opération sur votre compte Automatiquement');
    });

    it('fails alone', async () => {
      const { element } = await open({ faults: { listActivity: 'forbidden' } });
      await until(() => element.querySelector('oya-profile-activity .notice'), 'its error');
      expect(element.state).to.equal('ready');
    });
  });

  describe('the data and the end', () => {
    it('are a file named by utility and day', async () => {
      const { element } = await open();
      const saved = nextDownload();
      await send(await change(element, 'export'));
      const { name, text } = await saved;
      expect(name).to.equal('eneo-mes-donnees-2026-11-24.json');
      expect(JSON.parse(text)).to.include({ format: 'oya-data-export/1' });
      expect(await done(element)).to.include('téléchargements');
    });

    it('say what goes on and what is kept before, and goodbye after', async () => {
      const { element } = await open();
      const form = await change(element, 'closure');
      const told = textOf(form.parentElement);
      expect(told).to.include('Votre contrat continue').and.to.include('vos factures, pendant 10 ans');
      let closed = 0;
      element.addEventListener('oya-account-closed', () => (closed += 1));
      await send(form, { currentPassword: 'wrong' });
      expect(await refused(element)).to.include('Ce n’est pas votre mot de passe actuel');
      expect(closed).to.equal(0);
      await send(form, { currentPassword: PASSWORD });
      await until(() => element.querySelector('.farewell'), 'the goodbye');
      expect(closed).to.equal(1);
      expectFocusOn(find(element, '.title'));
      expect(textOf(element)).to.include('Votre compte est fermé').and.to.include('Vos contrats continuent');
      expect(control<HTMLAnchorElement>(element, 'Créer un compte').getAttribute('href')).to.equal('/creer-un-compte');
      await expectAccessible(element);
    });
  });

  it('works by keyboard alone', async () => {
    const { element } = await open();
    find(element, '.open-phone').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => document.activeElement?.classList.contains('task-title'), 'the focus on the title');
    await sendKeys({ press: 'Tab' });
    expectFocusOn(find(element, '[name=phone]'));
    await sendKeys({ press: 'Enter' });
    await done(element);
    expectFocusOn(find(element, '.open-phone'));
  });
});

const withoutPassword: Between = (sandbox) => amendAdapter(sandbox, { getProfile: async () => ({ ...(await sandbox.perform(getProfile, {}, {})), password: null }) });

/** The next file that the page saves: its name and what is in it. */
function nextDownload(): Promise<{ name: string; text: string }> {
  const { click } = HTMLAnchorElement.prototype;
  return new Promise((resolve) => {
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      HTMLAnchorElement.prototype.click = click;
      void fetch(this.href).then(async (answer) => resolve({ name: this.download, text: await answer.text() }));
    };
  });
}
