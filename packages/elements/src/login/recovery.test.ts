import { sendKeys } from '@web/test-runner-commands';
import { instant, signIn, type AdapterHandlers, amendAdapter, type OperationName } from '@oya/contract';
import { findPersona } from '@oya/personas';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, NOW, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaLogin } from './login.ts';
import './login.define.ts';

const camille = findPersona('camille');
const NEW_PASSWORD = 'Verrerie-de-Carmaux-81';
const SAME_ANSWER = 'Si un compte correspond à ce que vous avez saisi, un e-mail est en route.';

describe('the way back into an account', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
  });

  describe('with a forgotten password', () => {
    it('leads by a mailed code to a new password and a session, and says that the others are closed', async () => {
      const { element, adapter } = await openForgotten();
      let heard = 0;
      document.body.addEventListener('oya-signed-in', () => heard++, { once: true });
      await askFor(element, camille.login);
      expect(textOf(element)).to.include(SAME_ANSWER).and.to.include('valable jusqu’à 10 h 10');
      expect(field(element, 'code').autocomplete).to.equal('one-time-code');
      expect(field(element, 'code').inputMode).to.equal('numeric');
      await setPassword(element, { code: codeOf(adapter) });
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
      expect(textOf(element)).to.include('Votre nouveau mot de passe est enregistré').and.to.include('autres appareils sont fermées');
      expect(heard).to.equal(1);
      expectFocusOn(element.querySelector('.title'));
      expect((await adapter.perform(signIn, { login: camille.login, password: NEW_PASSWORD })).state).to.equal('signed-in');
      await expectAccessible(element);
    });

    it('says the same for an account that does not exist', async () => {
      const [known, unknown] = [await openForgotten(), await openForgotten()];
      await askFor(known.element, camille.login);
      await askFor(unknown.element, 'nobody.of.this.name');
      expect(textOf(unknown.element)).to.equal(textOf(known.element));
      for (const { element } of [known, unknown]) {
        await setPassword(element, { code: '0000000' });
        await until(() => element.querySelector('.summary'));
      }
      expect(textOf(unknown.element.querySelector('.summary'))).to.equal(textOf(known.element.querySelector('.summary')));
    });

    it('works by keyboard alone', async () => {
      const { element, adapter } = await open();
      control(element, 'Mot de passe oublié').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => element.querySelector('oya-login-recovery form'));
      expectFocusOn(element.querySelector('oya-login-recovery .title'));
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: camille.login });
      await sendKeys({ press: 'Enter' });
      await until(() => element.querySelector('input[name=code]'));
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: codeOf(adapter) });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: NEW_PASSWORD });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: NEW_PASSWORD });
      await sendKeys({ press: 'Enter' });
      await until(() => textOf(element).includes('Bonjour Camille Durand') || element.querySelector('.summary'));
      expect(textOf(element)).to.include('Bonjour Camille Durand');
    });

    it('ticks the rules while one types, and reads the fields when they are sent, however they were filled', async () => {
      const { element } = await openForgotten();
      await askFor(element, camille.login);
      await until(() => element.querySelector('.rules'));
      expect(element.querySelectorAll('.rules .kept')).to.have.length(0);
      const password = field(element, 'password');
      password.value = 'verreries1';
      password.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await until(() => element.querySelectorAll('.rules .kept').length === 5);
      expect(password.getAttribute('aria-describedby')).to.equal(element.querySelector('.rules')?.id);
      field(element, 'code').value = '12 34-56';
      password.value = 'Camille1';
      field(element, 'repeat').value = 'Camille2';
      control(element, 'Enregistrer et me connecter').click();
      await until(() => element.querySelector('.summary'));
      expect(textOf(element.querySelector('.summary'))).to.include('il ne respecte pas encore toutes les règles').and.to.include('Les deux mots de passe sont différents');
      expectFocusOn(element.querySelector('.summary'));
      expect([field(element, 'code').value, password.value]).to.deep.equal(['12 34-56', 'Camille1']);
      await expectAccessible(element);
    });

    it('tells what is missing, and a code that is too short', async () => {
      const { element } = await openForgotten();
      control(element, 'Recevoir un code').click();
      await until(() => element.querySelector('.summary'));
      expect(textOf(element.querySelector('.summary'))).to.include('Saisissez votre identifiant ou votre adresse e-mail');
      await askFor(element, camille.login);
      await until(() => element.querySelector('.rules'));
      await setPassword(element, { code: '1234' });
      await until(() => element.querySelector('.summary'));
      expect(textOf(element.querySelector('.summary'))).to.include('Le code a 7 chiffres');
    });

    it('says that a code is wrong, and keeps the password', async () => {
      const { element, adapter } = await openForgotten();
      await askFor(element, camille.login);
      await setPassword(element, { code: codeOf(adapter) === '1111111' ? '2222222' : '1111111' });
      await until(() => element.querySelector('.summary'));
      expect(textOf(element.querySelector('.summary'))).to.include('Ce code n’est pas le bon');
      expect(field(element, 'password').value).to.equal(NEW_PASSWORD);
      expect(field(element, 'code').getAttribute('aria-invalid')).to.equal('true');
    });

    it('offers another code once one has ended, and keeps the password', async () => {
      const { element, adapter } = await openForgotten();
      await askFor(element, camille.login);
      later(adapter, 11);
      await setPassword(element, { code: codeOf(adapter) });
      await until(() => element.querySelector('.summary'));
      expect(textOf(element.querySelector('.summary'))).to.include('Ce code n’est plus valable').and.to.include('dix minutes');
      (element.querySelector('.summary .as-link') as HTMLButtonElement).click();
      await until(() => adapter.controls.mails().length === 2);
      await until(() => !element.querySelector('.summary'));
      expect(textOf(element.querySelector('[role=status]'))).to.include('un autre code est en route');
      expect([field(element, 'code').value, field(element, 'password').value]).to.deep.equal(['', NEW_PASSWORD]);
      expectFocusOn(field(element, 'code'));
      field(element, 'code').value = codeOf(adapter);
      control(element, 'Enregistrer et me connecter').click();
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('tells from when on another code can be asked for', async () => {
      const { element } = await openForgotten();
      await askFor(element, camille.login);
      expect(textOf(element)).to.include('Vous pourrez demander un autre code à 10 h 01.');
      expect(element.querySelectorAll('.help .as-link')).to.have.length(1);
    });

    it('tells how long to wait when it was asked for too often', async () => {
      const { element } = await openForgotten();
      await askFor(element, camille.login);
      control(element, 'Changer ce que j’ai saisi').click();
      await until(() => element.querySelector('oya-login-recovery input[name=login]'));
      field(element, 'login').value = camille.login;
      control(element, 'Recevoir un code').click();
      await until(() => element.querySelector('.summary'));
      expect(textOf(element)).to.include('Vous pourrez réessayer dans 60 secondes.');
    });
  });

  describe('from the link of a mail', () => {
    it('opens with the code filled in, which is gone from the address at once', async () => {
      const { adapter, element: first } = await openForgotten();
      await askFor(first, camille.login);
      const link = adapter.controls.mails().at(-1)?.link ?? '';
      first.parentElement?.remove();
      history.replaceState({ of: 'the page' }, '', link);
      const { element } = await open({ between: () => adapter });
      await until(() => element.querySelector('input[name=code]'));
      expect([location.hash, history.state]).to.deep.equal(['', { of: 'the page' }]);
      expect(field(element, 'code').value).to.equal(codeOf(adapter));
      expect(textOf(element)).to.include('Le code de votre e-mail est déjà rempli');
      await setPassword(element, {});
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('is heard on a page that is open already, and leaves other fragments alone', async () => {
      const { element } = await open();
      location.hash = '#connexion';
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(location.hash).to.equal('#connexion');
      location.hash = '#oya-reset=r1.123456';
      await until(() => element.querySelector('input[name=code]'));
      expect([location.hash, field(element, 'code').value]).to.deep.equal(['', '123456']);
    });
  });

  describe('with a forgotten identifier', () => {
    it('mails it, and says the same for an address without an account', async () => {
      for (const [email, mails] of [[camille.email, 1], ['cora@example.org', 0]] as const) {
        const { element, adapter } = await open();
        control(element, 'Identifiant oublié').click();
        await until(() => element.querySelector('input[name=email]'));
        field(element, 'email').value = email;
        control(element, 'Recevoir mon identifiant').click();
        await until(() => textOf(element).includes('Regardez vos e-mails'));
        expect(textOf(element)).to.include(`Si un compte a l’adresse c•••••@example.org, un e-mail avec votre identifiant est en route.`);
        expect(adapter.controls.mails()).to.have.length(mails);
        await expectAccessible(element);
        unmountAll();
      }
    });

    it('says what an address must be like', async () => {
      const { element } = await open({ attributes: { view: 'forgotten-identifier' } });
      await until(() => element.querySelector('input[name=email]'));
      field(element, 'email').value = 'camille@';
      control(element, 'Recevoir mon identifiant').click();
      await until(() => element.querySelector('.summary'));
      expect(textOf(element)).to.include('elle s’écrit comme nom@exemple.fr');
    });
  });

  it('leads back to the sign-in, where it began, without touching the history', async () => {
    const { element } = await open();
    const entries = history.length;
    control(element, 'Mot de passe oublié').click();
    await until(() => element.querySelector('oya-login-recovery form'));
    control(element, 'Retour à la connexion').click();
    await until(() => element.querySelector('input[name=password]'));
    await element.updateComplete;
    expectFocusOn(control(element, 'Mot de passe oublié'));
    expect(history.length).to.equal(entries);
  });

  it('is a link where the site has a page for it, and a page can begin with it', async () => {
    const { element } = await open({ routes: { 'forgotten-password': '/oubli' } });
    expect(control<HTMLAnchorElement>(element, 'Mot de passe oublié').getAttribute('href')).to.equal('/oubli');
    const page = await open({ attributes: { view: 'forgotten-password' } });
    await until(() => page.element.querySelector('oya-login-recovery input[name=login]'));
  });

  it('is not offered where the portal has no such thing', async () => {
    const { element } = await open({ between: without('requestPasswordReset', 'requestIdentifier') });
    expect([...element.querySelectorAll('.ways .as-link')].map(textOf)).to.deep.equal([]);
  });

  for (const fault of ['offline', 'timeout', 'unavailable', 'malformed', 'rate-limited'] as const) {
    it(`keeps what is typed and works again after "${fault}"`, async () => {
      const { element, adapter } = await openForgotten({ faults: { requestPasswordReset: fault } });
      field(element, 'login').value = camille.login;
      control(element, 'Recevoir un code').click();
      await until(() => element.querySelector('.summary'));
      expect(field(element, 'login').value).to.equal(camille.login);
      adapter.controls.clearFaults();
      control(element, 'Recevoir un code').click();
      await until(() => element.querySelector('input[name=code]'));
    });
  }

  it('is accessible, in 320 pixels too, and speaks English', async () => {
    const { element, provider } = await openForgotten({ lang: 'en' });
    provider.style.display = 'block';
    provider.style.inlineSize = '320px';
    expect(textOf(element)).to.include('Choose a new password');
    await expectAccessible(element);
    field(element, 'login').value = camille.login;
    control(element, 'Get a code').click();
    await until(() => element.querySelector('.rules'));
    await expectAccessible(element);
    for (const target of element.querySelectorAll('input:not([hidden]), button')) {
      const { height, right } = target.getBoundingClientRect();
      expect(height, target.outerHTML).to.be.at.least(44);
      expect(right).to.be.at.most(element.getBoundingClientRect().right + 0.5);
    }
  });
});

describe('an account that waits for its code', () => {
  const unconfirmed: AdapterHandlers = { signIn: async () => ({ state: 'unconfirmed', signUpId: 's/1' }) };

  it('is led back to it, by the page that makes accounts', async () => {
    const { element } = await open({ routes: { signup: '/compte#debut' }, between: (sandbox) => amendAdapter(sandbox, unconfirmed) });
    let heard = 0;
    element.addEventListener('oya-signed-in', () => heard++);
    field(element, 'login').value = 'paul';
    field(element, 'password').value = 'Verrerie-81';
    control(element, 'Me connecter').click();
    await until(() => element.querySelector('.summary'));
    expect(textOf(element.querySelector('.summary'))).to.include('Il reste une étape');
    expect(control<HTMLAnchorElement>(element, 'Confirmer mon adresse e-mail').getAttribute('href')).to.equal('/compte#oya-signup=s%2F1');
    expect(heard).to.equal(0);
    await expectAccessible(element);
  });
});

describe('staying signed in', () => {
  it('is a choice that nobody makes for the customer', async () => {
    const { element } = await open();
    const box = field(element, 'remember');
    expect(box.checked).to.equal(false);
    await signInAs(element);
    expect(textOf(element)).to.include('Sans activité, votre session se ferme à 22 h 00.');
  });

  it('is said once it is chosen', async () => {
    const { element } = await open();
    field(element, 'remember').click();
    await signInAs(element);
    expect(textOf(element)).to.include('Vous restez connecté sur cet appareil jusqu’au 24 décembre.');
  });
});

type Opened = Awaited<ReturnType<typeof open>>;

function open(options: MountOptions = {}) {
  return mount<OyaLogin>('oya-login', options);
}

async function openForgotten(options: MountOptions = {}): Promise<Opened> {
  const opened = await open(options);
  control(opened.element, /^(Mot de passe oublié|Forgotten password)$/).click();
  await until(() => opened.element.querySelector('oya-login-recovery form'), 'the view came');
  return opened;
}

function without(...names: OperationName[]): NonNullable<MountOptions['between']> {
  return (sandbox) => amendAdapter(sandbox, Object.fromEntries(names.map((name) => [name, undefined])));
}

function field(element: OyaLogin, name: string): HTMLInputElement {
  return element.querySelector(`input[name=${name}]`) as HTMLInputElement;
}

async function askFor(element: OyaLogin, login: string): Promise<void> {
  field(element, 'login').value = login;
  control(element, 'Recevoir un code').click();
  await until(() => element.querySelector('input[name=code]'), 'the code is asked for');
}

async function setPassword(element: OyaLogin, { code }: { code?: string }): Promise<void> {
  if (code !== undefined) field(element, 'code').value = code;
  field(element, 'password').value = NEW_PASSWORD;
  field(element, 'repeat').value = NEW_PASSWORD;
  control(element, 'Enregistrer et me connecter').click();
  await element.updateComplete;
}

async function signInAs(element: OyaLogin): Promise<void> {
  field(element, 'login').value = camille.login;
  field(element, 'password').value = camille.password;
  control(element, 'Me connecter').click();
  await until(() => textOf(element).includes('Bonjour'));
}

function codeOf({ controls }: Opened['adapter']): string {
  return controls.mails().at(-1)?.code ?? '';
}

function later({ controls }: Opened['adapter'], minutes: number): void {
  controls.setNow(instant(Date.parse(NOW) + minutes * 60_000));
}
