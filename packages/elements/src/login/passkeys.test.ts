import { expect } from 'chai';
import { amendAdapter, describeAccess } from '@oya/contract';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import { PasskeyDevice, type DeviceOptions } from '../testing/passkey-device.ts';
import type { OyaLogin } from './login.ts';
import './login.define.ts';

const CAMILLE = { login: 'camille.durand', password: 'Cascade-81400' };
const BUTTON = 'Me connecter avec une clé d’accès';

describe('<oya-login> with passkeys', () => {
  let device: PasskeyDevice;

  beforeEach(() => localStorage.removeItem('oya-passkey-offer'));
  afterEach(() => {
    unmountAll();
    device.remove();
  });

  async function open(options: MountOptions = {}, deviceOptions: DeviceOptions = {}): Promise<Mounted<OyaLogin>> {
    device = new PasskeyDevice(deviceOptions);
    return mount<OyaLogin>('oya-login', options);
  }

  /** Somebody who has a passkey on this device, and signed out. */
  async function withPasskey(deviceOptions: DeviceOptions = {}, options: MountOptions = {}): Promise<Mounted<OyaLogin>> {
    const mounted = await open({ persona: 'camille', ...options }, { suggests: false, ...deviceOptions });
    const { element } = mounted;
    await acceptOffer(element);
    await until(() => textOf(element).includes('Votre clé d’accès est prête'));
    await element.client?.signOut();
    await until(() => offered(element));
    return mounted;
  }

  describe('the button', () => {
    it('signs in, and tells the page', async () => {
      const { element } = await withPasskey();
      const heard: EventTarget[] = [];
      document.body.addEventListener('oya-signed-in', ({ target }) => heard.push(target as EventTarget), { once: true });
      control(element, BUTTON).focus();
      control(element, BUTTON).click();
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
      expect(heard).to.deep.equal([element]);
      expectFocusOn(element.querySelector('.title'));
    });

    it('stays out of the way of the form, and is accessible', async () => {
      const { element } = await open();
      await until(() => offered(element));
      expect(element.querySelector('form')?.contains(control(element, BUTTON))).to.equal(false);
      expect(control(element, BUTTON).getBoundingClientRect().height).to.be.at.least(44);
      await expectAccessible(element);
    });

    it('remembers who wants to stay signed in', async () => {
      const sent: unknown[] = [];
      const { element } = await withPasskey({}, {
        between: (sandbox) => amendAdapter(sandbox, { signInWithPasskey: async (input) => (sent.push(input.remember), { state: 'signed-out' as const }) }),
      });
      (element.querySelector('[name=remember]') as HTMLInputElement).checked = true;
      control(element, BUTTON).click();
      await until(() => sent.length === 1);
      expect(sent).to.deep.equal([true]);
    });

    it('is not there where the portal, or the browser, has no passkeys', async () => {
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { describeAccess: async () => ({ ...(await sandbox.perform(describeAccess, {})), passkeys: false }) }) });
      const without = await open({ between: (sandbox) => amendAdapter(sandbox, { startPasskeySignIn: undefined }) });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(offered(element)).to.equal(false);
      expect(offered(without.element)).to.equal(false);
      expect(element.querySelector<HTMLInputElement>('[name=login]')?.autocomplete).to.equal('username');
      expect(device.asked.field).to.equal(0);
    });

    const cases: [what: string, fails: string, words: RegExp][] = [
      ['was cancelled', 'NotAllowedError', /n’a pas abouti Elle a été annulée, ou cet appareil n’a pas de clé pour votre espace\. Réessayez, ou connectez-vous avec votre mot de passe/],
      ['is not allowed here', 'SecurityError', /Votre navigateur n’a pas pu utiliser de clé d’accès ici Connectez-vous avec votre mot de passe/],
    ];
    for (const [what, fails, words] of cases) {
      it(`says what to do when it ${what}`, async () => {
        const { element } = await open({}, { fails });
        await until(() => offered(element));
        control(element, BUTTON).click();
        await until(() => element.querySelector('oya-login-passkeys .summary'));
        expectFocusOn(element.querySelector('oya-login-passkeys .summary'));
        expect(textOf(element.querySelector('.summary'))).to.match(words);
        await expectAccessible(element);
      });
    }

    it('says that a passkey opens nothing, and leaves the password', async () => {
      const { element } = await open();
      await until(() => offered(element));
      control(element, BUTTON).click();
      await until(() => textOf(element.querySelector('.summary')).includes('Cette clé d’accès n’ouvre pas votre espace'));
      await signIn(element);
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('says that the portal cannot be reached, and works once it can', async () => {
      const { element, adapter } = await withPasskey({}, { faults: { startPasskeySignIn: 'unavailable' } });
      control(element, BUTTON).click();
      await until(() => textOf(element.querySelector('.summary')).includes('Nous n’arrivons pas à joindre votre espace'));
      adapter.controls.clearFaults();
      control(element, BUTTON).click();
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });
  });

  describe('in the field of the identifier', () => {
    it('are suggested, and sign in when one is picked', async () => {
      const { element } = await withPasskey({ suggests: true });
      expect(element.querySelector('[name=login]')?.getAttribute('autocomplete')).to.equal('username webauthn');
      await until(() => device.isWaitingInField);
      device.pickInField();
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('are waited for only while nothing else is under way: not beside the button, nor once the password was sent', async () => {
      const { element } = await withPasskey({ suggests: true });
      await until(() => device.isWaitingInField);
      control(element, BUTTON).click();
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
      expect(device.isWaitingInField).to.equal(false);
      await element.client?.signOut();
      await until(() => device.isWaitingInField);
      await signIn(element);
      expect(device.isWaitingInField).to.equal(false);
      await until(() => textOf(element).includes('Bonjour Camille Durand'));
    });

    it('are waited for no more once the form has gone, and again when it is visited after a refusal', async () => {
      const { element, provider } = await open();
      await until(() => device.isWaitingInField);
      await signIn(element, 'not-the-password');
      await until(() => element.querySelector('.summary'));
      expect(device.isWaitingInField).to.equal(false);
      element.querySelector<HTMLInputElement>('[name=password]')?.focus();
      await until(() => device.isWaitingInField);
      provider.remove();
      expect(device.isWaitingInField).to.equal(false);
    });

    it('do not keep the button of another sign-in on the page from working', async () => {
      const { element } = await withPasskey({ suggests: true });
      const other = document.createElement('oya-login');
      element.after(other);
      await until(() => offered(other));
      await until(() => device.isWaitingInField);
      control(element, BUTTON).click();
      await until(() => textOf(other).includes('Bonjour Camille Durand'));
    });

    it('say nothing when the portal cannot be asked', async () => {
      const { element } = await open({ faults: { startPasskeySignIn: 'unavailable' } });
      await until(() => offered(element));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(element.querySelector('.summary')).to.equal(null);
    });
  });

  describe('are offered after signing in', () => {
    it('to whoever has none, on a device that could have one', async () => {
      const { element } = await open();
      await signIn(element);
      await until(() => textOf(element).includes('La prochaine fois, sans mot de passe'));
      await expectAccessible(element);
      await acceptOffer(element);
      await until(() => textOf(element).includes('Votre clé d’accès est prête'));
      expectFocusOn(element.querySelector('.done'));
    });

    it('once: whoever declines is not asked again in this browser', async () => {
      const { element } = await open({ persona: 'camille' });
      await until(() => textOf(element).includes('La prochaine fois, sans mot de passe'));
      control(element, 'Non merci').click();
      await element.updateComplete;
      expect(textOf(element)).not.to.include('sans mot de passe');
      expectFocusOn(element.querySelector('.title'));
      expect({ ...localStorage }).to.include({ 'oya-passkey-offer': 'declined' });
      const again = await open({ persona: 'camille' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(textOf(again.element)).not.to.include('sans mot de passe');
    });

    it('not to whoever has one, nor on a device that cannot', async () => {
      const has = await open({ persona: 'nadia' });
      const cannot = await open({ persona: 'camille' }, { platform: false });
      await new Promise((resolve) => setTimeout(resolve, 200));
      for (const { element } of [has, cannot]) expect(textOf(element)).not.to.include('sans mot de passe');
    });
  });

  async function signIn(element: OyaLogin, password = CAMILLE.password): Promise<void> {
    (element.querySelector('[name=login]') as HTMLInputElement).value = CAMILLE.login;
    (element.querySelector('[name=password]') as HTMLInputElement).value = password;
    control(element, 'Me connecter').click();
    await element.updateComplete;
  }

  async function acceptOffer(element: OyaLogin): Promise<void> {
    await until(() => textOf(element).includes('La prochaine fois, sans mot de passe'));
    control(element, 'Créer une clé d’accès').click();
    await until(() => element.querySelector('oya-passkey-add [name=password]'));
    (element.querySelector('oya-passkey-add [name=password]') as HTMLInputElement).value = CAMILLE.password;
    control(element, 'Créer la clé d’accès').click();
  }
});

function offered(element: OyaLogin): boolean {
  return [...element.querySelectorAll('button')].some((button) => textOf(button) === BUTTON);
}
