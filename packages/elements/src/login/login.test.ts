import { amendAdapter, listContracts, signIn, type ErrorKind, type Input } from '@oya/contract';
import { sandboxAdapter } from '@oya/adapters/sandbox';
import { configure } from '../index.ts';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, NOW, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaLogin } from './login.ts';
import './login.define.ts';

const CAMILLE = ['camille.durand', 'Cascade-81400'] as const;
const ROUTES = { signup: '/creer-un-compte', 'forgotten-password': '/oubli', space: '/espace' };

describe('<oya-login>', () => {
  afterEach(unmountAll);

  describe('the form', () => {
    it('stands in the light DOM, with what password managers look for', async () => {
      const { element } = await open();
      const form = element.querySelector('form') as HTMLFormElement;
      expect(form.getRootNode() === document).to.equal(true);
      expect([...form.querySelectorAll('input:not([type=checkbox])')].map((input) => [(input as HTMLInputElement).type, (input as HTMLInputElement).autocomplete.split(' ')[0]])).to.deep.equal([['text', 'username'], ['password', 'current-password']]);
      expect(form.method).to.equal('post');
    });

    it('names each field and offers the ways on that the site has', async () => {
      const { element } = await open({ routes: ROUTES });
      expect(labelOf(field(element, 'login'))).to.equal('Identifiant ou adresse e-mail');
      expect(labelOf(field(element, 'password'))).to.equal('Mot de passe');
      expect([...element.querySelectorAll('a')].map((link) => link.getAttribute('href'))).to.deep.equal(['/oubli', '/creer-un-compte']);
      const withoutRoutes = await open({ between: (sandbox) => amendAdapter(sandbox, { describeUtility: undefined }) });
      expect(withoutRoutes.element.querySelectorAll('a')).to.have.length(0);
    });

    it('shows and hides the password, and says so', async () => {
      const { element } = await open();
      const toggle = control(element, 'Afficher le mot de passe');
      expect(toggle.getAttribute('aria-pressed')).to.equal('false');
      await click(element, toggle);
      expect([field(element, 'password').type, toggle.getAttribute('aria-pressed'), status(element)]).to.deep.equal(['text', 'true', 'Votre mot de passe est visible']);
      await click(element, toggle);
      expect([field(element, 'password').type, status(element)]).to.deep.equal(['password', 'Votre mot de passe est masqué']);
    });

    it('tells that Caps Lock is on, until the field is left', async () => {
      const { element } = await open();
      const input = field(element, 'password');
      input.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true }));
      await element.updateComplete;
      expect(textOf(element)).to.include('La touche Verr. Maj est active');
      expect(describedBy(input)).to.include('majuscules');
      input.dispatchEvent(new FocusEvent('blur'));
      await element.updateComplete;
      expect(textOf(element)).not.to.include('Verr. Maj');
    });

    it('has targets of 44 pixels and fits into 320', async () => {
      const { element, provider } = await open({ routes: ROUTES });
      provider.style.display = 'block';
      provider.style.inlineSize = '320px';
      for (const target of element.querySelectorAll('input:not([type=checkbox]), .checkbox, button, a')) {
        const { height, right } = target.getBoundingClientRect();
        expect(height, target.outerHTML).to.be.at.least(44);
        expect(right).to.be.at.most(element.getBoundingClientRect().right + 0.5);
      }
    });

    it('is usable by keyboard alone', async () => {
      const { element } = await open();
      field(element, 'login').focus();
      await sendKeys({ type: CAMILLE[0] });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: CAMILLE[1] });
      await sendKeys({ press: 'Enter' });
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });
  });

  describe('signing in', () => {
    it('greets the customer, offers the space and the way out, and tells the page', async () => {
      const { element } = await open({ routes: ROUTES });
      const heard: Event[] = [];
      document.body.addEventListener('oya-signed-in', (event) => heard.push(event), { once: true });
      field(element, 'password').focus();
      await send(element, ...CAMILLE);
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
      expect(heard).to.have.length(1);
      expect(control<HTMLAnchorElement>(element, 'Aller à mon espace').getAttribute('href')).to.equal('/espace');
      expectFocusOn(element.querySelector('.title'));
      await expectAccessible(element);
    });

    it('takes the e-mail address as well', async () => {
      const { element } = await open();
      await send(element, 'Camille.Durand@example.org', CAMILLE[1]);
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('reads the fields when it is sent, however they were filled', async () => {
      const { element } = await open();
      // A password manager sets values without any event.
      field(element, 'login').value = CAMILLE[0];
      field(element, 'password').value = CAMILLE[1];
      control(element, 'Me connecter').click();
      await until(() => textOf(element).includes('Bonjour'));
    });

    it('sends once, however often the button is pressed', async () => {
      const { element, sent, answer } = await openRecording();
      fill(element, ...CAMILLE);
      control(element, 'Me connecter').click();
      await until(() => sent.length === 1);
      await element.updateComplete;
      const button = control(element, 'Connexion en cours');
      expect(button.getAttribute('aria-disabled')).to.equal('true');
      button.click();
      button.click();
      await answer();
      await until(() => textOf(element).includes('Bonjour'));
      expect(sent).to.have.length(1);
    });

    it('never leaves the password readable in the field it sends', async () => {
      const { element, answer } = await openRecording();
      fill(element, ...CAMILLE);
      await click(element, control(element, 'Afficher le mot de passe'));
      control(element, 'Me connecter').click();
      await element.updateComplete;
      expect(field(element, 'password').type).to.equal('password');
      await answer();
    });
  });

  describe('when something is wrong', () => {
    it('says what is missing, with the focus on a summary that leads to the fields', async () => {
      const { element } = await open();
      await send(element, '  ', '');
      const summary = element.querySelector<HTMLElement>('.summary');
      expectFocusOn(summary);
      expect(textOf(summary)).to.equal('Il manque une information pour vous connecter Saisissez votre identifiant ou votre adresse e-mail Saisissez votre mot de passe');
      expect(describedBy(field(element, 'password'))).to.equal('Saisissez votre mot de passe');
      expect(field(element, 'login').getAttribute('aria-invalid')).to.equal('true');
      const address = location.href;
      control<HTMLAnchorElement>(element, 'Saisissez votre mot de passe').click();
      expectFocusOn(field(element, 'password'));
      expect(location.href).to.equal(address);
      await expectAccessible(element);
    });

    it('says only what is missing', async () => {
      const { element } = await open();
      await send(element, 'camille.durand', '');
      expect(element.querySelectorAll('.summary li')).to.have.length(1);
      expect(field(element, 'login').hasAttribute('aria-invalid')).to.equal(false);
    });

    it('does not tell which of the two is wrong, keeps both, and offers a way', async () => {
      const { element } = await open({ routes: ROUTES });
      await send(element, 'camille.durand', 'Cascade-81401');
      await until(() => element.querySelector('.summary'));
      expect(textOf(element)).to.include('Cet identifiant et ce mot de passe ne vont pas ensemble');
      expect([field(element, 'login').value, field(element, 'password').value]).to.deep.equal(['camille.durand', 'Cascade-81401']);
      expect(control<HTMLAnchorElement>(element, 'Choisir un nouveau mot de passe').getAttribute('href')).to.equal('/oubli');
      expectFocusOn(element.querySelector('.summary'));
      await expectAccessible(element);
    });

    it('tells how long to wait', async () => {
      const { element } = await open({ faults: { signIn: 'rate-limited' } });
      await send(element, ...CAMILLE);
      await until(() => element.querySelector('.summary'));
      expect(textOf(element)).to.include('Vous pourrez réessayer dans 30 secondes.');
    });

    for (const [fault, words] of [
      ['offline', 'Vous êtes hors connexion'],
      ['timeout', 'La réponse met trop de temps à arriver'],
      ['unavailable', 'Nous n’arrivons pas à joindre votre espace en ce moment'],
      ['malformed', 'Nous n’arrivons pas à joindre votre espace en ce moment'],
      ['conflict', 'Ces informations ont changé entre-temps'],
      ['forbidden', 'Vous n’avez pas accès à ces informations'],
    ] as const) {
      it(`keeps what is typed and works again after "${fault}"`, async () => {
        const { element, adapter } = await open({ faults: { signIn: fault } });
        await send(element, ...CAMILLE);
        await until(() => element.querySelector('.summary'));
        expect(textOf(element)).to.include(words);
        expect(field(element, 'password').value).to.equal(CAMILLE[1]);
        if (fault === 'unavailable') expect(textOf(element)).to.include('Ce que vous avez saisi est gardé.').and.to.match(/Référence pour nous en parler : sandbox-\d/);
        adapter.controls.clearFaults();
        control(element, 'Me connecter').click();
        await until(() => textOf(element).includes('Bonjour'));
      });
    }

    it('repeats the same intent after a lost answer, and makes a new one after a real answer or another password', async () => {
      const { element, sent, fail } = await openRecording();
      fill(element, ...CAMILLE);
      for (const kind of ['timeout', 'unavailable', 'unauthenticated'] as const) {
        control(element, 'Me connecter').click();
        await fail(kind);
      }
      control(element, 'Me connecter').click();
      await fail('offline');
      const password = field(element, 'password');
      password.value = 'another';
      password.dispatchEvent(new InputEvent('input', { bubbles: true }));
      control(element, 'Me connecter').click();
      await fail('offline');
      const keys = sent.map(({ key }) => key);
      expect(keys.every(Boolean)).to.equal(true);
      expect(keys.map((key) => keys.indexOf(key))).to.deep.equal([0, 0, 0, 3, 4]);
    });

    it('says that the space cannot be reached when not even the session is known, and tries again', async () => {
      const { element, adapter } = await open({ faults: { whoAmI: 'malformed' } });
      expect(element.state).to.equal('error');
      await expectAccessible(element);
      adapter.controls.clearFaults();
      control(element, 'Réessayer').click();
      await until(() => element.querySelector('form'));
    });
  });

  describe('once signed in', () => {
    it('signs out, tells the page, and comes back with an empty form', async () => {
      const { element } = await open({ persona: 'camille' });
      let heard = 0;
      document.body.addEventListener('oya-signed-out', () => heard++, { once: true });
      await until(() => textOf(element).includes('Bonjour'));
      const button = control(element, 'Me déconnecter');
      button.focus();
      button.click();
      await until(() => element.querySelector('form'));
      await element.updateComplete;
      expect(heard).to.equal(1);
      expect(field(element, 'password').value).to.equal('');
      expect(status(element)).to.equal('Votre session est fermée.');
      expectFocusOn(element.querySelector('.title'));
    });

    it('says that the session is still open when signing out fails', async () => {
      const { element, adapter } = await open({ persona: 'camille', faults: { signOut: 'offline' } });
      await until(() => textOf(element).includes('Bonjour'));
      await click(element, control(element, 'Me déconnecter'));
      await until(() => element.querySelector('[role=alert]'));
      expect(textOf(element)).to.include('Votre session est encore ouverte').and.to.include('hors connexion');
      await expectAccessible(element);
      adapter.controls.clearFaults();
      control(element, 'Me déconnecter').click();
      await until(() => element.querySelector('form'));
    });

    it('says why the form is back when the session ended by itself', async () => {
      const { element, provider, adapter } = await open({ persona: 'camille' });
      adapter.controls.expireSession();
      const { client } = provider;
      await client?.queries.fetchQuery({ queryKey: client.keyOf(listContracts, {}), queryFn: () => client.read(listContracts, {}), retry: false }).catch(() => undefined);
      await until(() => element.querySelector('form'));
      expect(textOf(element)).to.include('Votre session est terminée');
      await send(element, ...CAMILLE);
      await until(() => textOf(element).includes('Bonjour'));
      expect(textOf(element)).not.to.include('terminée');
    });
  });

  it('speaks English, also while it stands there', async () => {
    const { element, provider } = await open();
    expect(textOf(element)).to.include('Connectez-vous');
    provider.lang = 'en';
    await until(() => textOf(element).includes('Sign in to your customer space'));
    await send(element, '', '');
    expect(textOf(element)).to.include('Enter your password');
  });

  it('looks the same whatever the host page says about inputs and buttons', async () => {
    const { element } = await open({ routes: ROUTES });
    await send(element, '', '');
    const before = looks(element);
    const hostile = document.createElement('style');
    hostile.textContent = `
      input, select, textarea { border: 5px solid red !important; text-transform: uppercase; inline-size: 30%; background: yellow; float: right; }
      label { float: left; color: lime; font: italic 30px serif; } button, .button { background: hotpink !important; border-radius: 40px; }
      h2, .title { color: red; font-size: 60px; margin: 3em; } svg { fill: red; width: 80px; } svg path { stroke: lime; } a { color: lime; }
      form, .field, .notice { border: 3px solid blue; padding: 50px; } ul { margin: 50px; list-style: square; } p::before { content: '!'; } * { letter-spacing: 3px; }`;
    document.head.append(hostile);
    const changed = looks(element).filter((each, index) => each !== before[index]);
    hostile.remove();
    expect(changed).to.deep.equal([]);
  });

  it('is accessible', async () => {
    await expectAccessible((await open({ routes: ROUTES })).element);
  });

  it('follows the page’s configuration where no provider stands around it', async () => {
    await configure({ adapter: sandboxAdapter({ now: NOW, persona: 'camille' }) });
    const element = document.createElement('oya-login');
    document.body.append(element);
    await until(() => textOf(element).includes('Bonjour Camille Durand'));
    element.remove();
  });
});

function open(options: MountOptions = {}) {
  return mount<OyaLogin>('oya-login', options);
}

/** A portal that notes what is sent to sign in, and answers when it is told to. */
async function openRecording() {
  const sent: { input: Input<'signIn'>; key: string | undefined }[] = [];
  let settle: ((answer: unknown) => void) | undefined;
  const opened = await open({
    between: (sandbox) =>
      amendAdapter(sandbox, {
        signIn: async (input, { idempotencyKey }) => {
          sent.push({ input, key: idempotencyKey });
          return new Promise((resolve) => (settle = resolve));
        },
      }),
  });
  const { adapter, element } = opened;
  const answer = async () => {
    await until(() => settle !== undefined, `request ${sent.length + 1}`);
    settle?.(adapter.perform(signIn, sent.at(-1)?.input as Input<'signIn'>));
    settle = undefined;
  };
  const fail = async (kind: ErrorKind) => {
    adapter.controls.setFault('signIn', kind);
    await answer();
    await until(() => element.querySelector('.summary'), `the words for ${kind}`);
  };
  return { ...opened, sent, fail, answer };
}

function field(element: OyaLogin, name: 'login' | 'password'): HTMLInputElement {
  return element.querySelector(`input[name=${name}]`) as HTMLInputElement;
}

function fill(element: OyaLogin, login: string, password: string): void {
  field(element, 'login').value = login;
  field(element, 'password').value = password;
}

async function send(element: OyaLogin, login: string, password: string): Promise<void> {
  fill(element, login, password);
  await click(element, control(element, /^(Me connecter|Sign in)$/));
}

async function click(element: OyaLogin, target: HTMLElement): Promise<void> {
  target.click();
  await element.updateComplete;
}

function labelOf(input: HTMLInputElement): string {
  return textOf(input.labels?.[0]);
}

function describedBy(input: HTMLInputElement): string {
  return (input.getAttribute('aria-describedby') ?? '').split(' ').map((id) => textOf(document.getElementById(id))).join(' ');
}

/** What the form itself says: the passkeys in it, which come when they come, have a status of their own. */
function status(element: OyaLogin): string {
  return textOf([...element.querySelectorAll('[role=status]')].find((each) => each.closest('oya-login, oya-login-passkeys') === element));
}

/** What of an element's looks a host page could have changed. */
function looks(element: OyaLogin): string[] {
  const properties = ['color', 'background-color', 'border-top-width', 'border-top-color', 'border-radius', 'font', 'letter-spacing', 'text-transform', 'float', 'width', 'margin-top', 'padding-left', 'fill', 'stroke', 'list-style-type'];
  return [...element.querySelectorAll('*')].flatMap((each) => {
    const style = getComputedStyle(each);
    return [`${each.localName} ${properties.map((property) => style.getPropertyValue(property)).join(' ')} ${getComputedStyle(each, '::before').content}`];
  });
}
