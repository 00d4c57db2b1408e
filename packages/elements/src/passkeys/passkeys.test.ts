import { expect } from 'chai';
import type { Fault } from '@oya/adapters/sandbox';
import { control, expectAccessible, expectFocusOn, mount, NOW, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import { PasskeyDevice, type DeviceOptions } from '../testing/passkey-device.ts';
import type { OyaPasskeys } from './passkeys.ts';
import './passkeys.define.ts';

const PASSWORD = 'Cascade-81400';

describe('<oya-passkeys>', () => {
  let device: PasskeyDevice;

  afterEach(() => {
    device.remove();
    unmountAll();
  });

  async function open(options: MountOptions = {}, deviceOptions: DeviceOptions = {}): Promise<Mounted<OyaPasskeys>> {
    device = new PasskeyDevice(deviceOptions);
    return mount<OyaPasskeys>('oya-passkeys', { persona: 'camille', ...options });
  }

  /** The form, once the portal has said whether it wants the password. */
  async function startAdding(element: OyaPasskeys): Promise<void> {
    control(element, 'Ajouter une clé d’accès').click();
    await until(() => field(element, 'password'), 'the portal wants the password');
  }

  async function add(element: OyaPasskeys, label = 'Mon téléphone', password = PASSWORD): Promise<void> {
    await startAdding(element);
    fill(element, { label, password });
    control(element, 'Créer la clé d’accès').click();
  }

  it('says in two sentences what they are where there is none, and leads to the first', async () => {
    const { element } = await open();
    expect(element.state).to.equal('empty');
    expect(textOf(element)).to.equal(
      'Vos clés d’accès Une clé d’accès ouvre votre espace avec l’empreinte, le visage ou le code de votre appareil, sans mot de passe. ' +
        'Elle est plus sûre : elle ne marche que sur notre site, et personne ne peut la deviner ni vous la faire dire. Ajouter une clé d’accès',
    );
    await expectAccessible(element);
  });

  it('stands in the light DOM, where the password is found', async () => {
    const { element } = await open();
    await startAdding(element);
    expect(field(element, 'password')?.autocomplete).to.equal('current-password');
    expect(field(element, 'password')?.getRootNode() === document).to.equal(true);
  });

  it('adds one, with the password and a name, and says how it is used', async () => {
    const { element, adapter } = await open();
    await add(element, 'Mon iPhone');
    await until(() => element.state === 'ready');
    expectFocusOn(element.querySelector('.outcome'));
    expect(textOf(element.querySelector('.outcome'))).to.equal('La clé « Mon iPhone » est prête. À votre prochaine connexion, choisissez « Me connecter avec une clé d’accès ».');
    expect(textOf(element.querySelector('li .about'))).to.equal('Mon iPhone Sur un seul appareil. Ajoutée le 24 novembre 2026. Jamais utilisée.');
    expect(adapter.controls.mails().map(({ to, subject }) => [to, subject])).to.deep.equal([['camille.durand@example.org', 'Une clé d’accès ouvre maintenant votre espace']]);
    await expectAccessible(element);
  });

  it('proposes a name for the device at hand', async () => {
    const { element } = await open();
    await startAdding(element);
    expect(field(element, 'label')?.value).to.match(/^Mon (appareil|téléphone|ordinateur|Mac|iPhone|iPad|Chromebook)/);
  });

  it('lists each with what it is on and when it was used', async () => {
    const { element } = await open({ persona: 'nadia' });
    expect([...element.querySelectorAll('li .about')].map(textOf)).to.deep.equal([
      'Mon téléphone Partagée entre vos appareils : perdre l’un d’eux ne la perd pas. Ajoutée le 2 mai 2026. Utilisée la dernière fois le 22 novembre 2026 à 20 h 41.',
      'Ordinateur du bureau (Windows) Sur un seul appareil. Ajoutée le 18 mars 2026. Jamais utilisée.',
    ]);
    await expectAccessible(element);
  });

  it('removes one after a question in its place, and says what is left to do', async () => {
    const { element } = await open({ persona: 'nadia' });
    control(element, 'Retirer la clé « Mon téléphone »').click();
    await element.updateComplete;
    expectFocusOn(element.querySelector('.sure .notice-title'));
    expect(textOf(element.querySelector('.sure'))).to.match(/^Retirer la clé « Mon téléphone » \? Elle n’ouvrira plus votre espace\. Votre mot de passe reste valable\./);
    await expectAccessible(element);
    control(element, 'Retirer la clé').click();
    await until(() => element.querySelectorAll('li').length === 1);
    expectFocusOn(element.querySelector('.outcome'));
    expect(textOf(element.querySelector('.outcome'))).to.match(/n’ouvre plus votre espace\. Effacez-la aussi/);
  });

  it('keeps one that its owner would rather keep', async () => {
    const { element } = await open({ persona: 'nadia' });
    control(element, 'Retirer la clé « Mon téléphone »').click();
    await element.updateComplete;
    control(element, 'La garder').click();
    await element.updateComplete;
    expect(element.querySelectorAll('li')).to.have.length(2);
    expect(element.querySelector('.sure')).to.equal(null);
    expectFocusOn(control(element, 'Retirer la clé « Mon téléphone »'));
  });

  it('says that one could not be removed, and lets it be tried again', async () => {
    const { element, adapter } = await open({ persona: 'nadia', faults: { removePasskey: 'unavailable' } });
    control(element, 'Retirer la clé « Mon téléphone »').click();
    await element.updateComplete;
    control(element, 'Retirer la clé').click();
    await until(() => element.querySelector('.summary'));
    expect(textOf(element.querySelector('.summary'))).to.include('Nous n’arrivons pas à joindre votre espace');
    adapter.controls.clearFaults();
    control(element, 'Retirer la clé').click();
    await until(() => element.querySelectorAll('li').length === 1);
  });

  it('asks the device once the form is sent, and not again when only the portal failed', async () => {
    const { element, adapter } = await open({ faults: { addPasskey: 'offline' } });
    await add(element);
    await until(() => textOf(element).includes('Vous êtes hors connexion'));
    adapter.controls.clearFaults();
    control(element, 'Créer la clé d’accès').click();
    await until(() => element.state === 'ready');
    expect(device.asked.create).to.equal(1);
  });

  it('wants no password of whoever has just come by a passkey', async () => {
    const { element, provider } = await open();
    await add(element, 'Mon téléphone');
    await until(() => element.state === 'ready');
    // Signs out, and in again with what was just made.
    const { client } = element;
    await client?.signOut();
    const { startPasskeySignIn, signInWithPasskey } = await import('@oya/contract');
    const asked = await client?.write(startPasskeySignIn, {}, 'a');
    const credential = (await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked?.options as never) })) as PublicKeyCredential;
    client?.takeSession(await client.write(signInWithPasskey, { challengeId: asked?.id ?? '', credential: credential.toJSON() as never }, 'b'));
    await until(() => element.state === 'ready');
    control(element, 'Ajouter une clé d’accès').click();
    await until(() => field(element, 'label'));
    fill(element, { label: 'Ma clé de secours' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(field(element, 'password')).to.equal(null);
    control(element, 'Créer la clé d’accès').click();
    await until(() => element.querySelectorAll('li').length === 2);
    expect(provider.isConnected).to.equal(true);
  });

  describe('when something is wrong,', () => {
    const cases: [what: string, fails: string, words: RegExp][] = [
      ['the person has cancelled', 'NotAllowedError', /La clé d’accès n’a pas été créée L’opération a été annulée[^.]*\. Vous pouvez recommencer/],
      ['the device has one already', 'InvalidStateError', /Cet appareil a déjà une clé d’accès pour votre espace/],
      ['the device has no lock', 'ConstraintError', /Cet appareil ne peut pas créer de clé d’accès Il lui faut un verrouillage/],
      ['the device knows no such key', 'NotSupportedError', /Cet appareil ne peut pas créer de clé d’accès/],
      ['the browser refuses', 'SecurityError', /Votre navigateur n’a pas pu créer la clé d’accès Essayez avec un autre navigateur/],
    ];
    for (const [what, fails, words] of cases) {
      it(`says so and what to do: ${what}`, async () => {
        const { element } = await open({}, { fails });
        await add(element);
        await until(() => element.querySelector('.summary'));
        expectFocusOn(element.querySelector('.summary'));
        expect(textOf(element.querySelector('.summary'))).to.match(words);
        await expectAccessible(element);
        device.fails = undefined;
        control(element, 'Créer la clé d’accès').click();
        await until(() => element.state === 'ready');
      });
    }

    it('says which field is empty, or is not the password', async () => {
      const { element } = await open();
      await add(element, '  ', '');
      await until(() => element.querySelector('.summary'));
      expect([...element.querySelectorAll('.field-error')].map(textOf)).to.deep.equal(['Donnez un nom à cette clé', 'Saisissez votre mot de passe actuel']);
      fill(element, { label: 'Mon téléphone', password: 'not-the-password' });
      control(element, 'Créer la clé d’accès').click();
      await until(() => textOf(element.querySelector('.field-error')) === 'Ce n’est pas votre mot de passe actuel');
      expect(device.asked.create).to.equal(0);
      expect(field(element, 'label')?.value).to.equal('Mon téléphone');
    });

    it('starts again when the challenge was too old', async () => {
      const { element, adapter } = await open();
      await startAdding(element);
      fill(element, { label: 'Mon téléphone', password: PASSWORD });
      device.fails = 'NotAllowedError';
      control(element, 'Créer la clé d’accès').click();
      await until(() => element.querySelector('.summary'));
      adapter.controls.setNow('2026-11-24T09:06:00Z');
      device.fails = undefined;
      control(element, 'Créer la clé d’accès').click();
      await until(() => textOf(element.querySelector('.summary')).includes('plus de cinq minutes'));
      control(element, 'Créer la clé d’accès').click();
      await until(() => element.state === 'ready');
    });

    it('says that ten are enough', async () => {
      const { element } = await open();
      for (let turn = 1; turn <= 10; turn++) {
        await add(element, `Clé ${turn}`);
        await until(() => element.querySelectorAll('li').length === turn);
      }
      await add(element, 'Une de trop');
      await until(() => textOf(element.querySelector('.summary')).includes('Vous avez déjà dix clés d’accès'));
    });

    it('is a service that is not offered where the portal has none', async () => {
      const { element } = await open({ faults: { listPasskeys: 'unsupported' as Fault } });
      expect(element.state).to.equal('unsupported');
    });
  });

  it('shows what there is where the browser has no passkeys, and says where to add one', async () => {
    const parse = Object.getOwnPropertyDescriptor(PublicKeyCredential, 'parseCreationOptionsFromJSON');
    Reflect.deleteProperty(PublicKeyCredential, 'parseCreationOptionsFromJSON');
    try {
      const { element } = await open({ persona: 'nadia' });
      expect(element.querySelectorAll('li')).to.have.length(2);
      expect(textOf(element)).to.include('Ce navigateur ne permet pas d’en ajouter une');
      expect(() => control(element, 'Ajouter une clé d’accès')).to.throw();
    } finally {
      if (parse) Object.defineProperty(PublicKeyCredential, 'parseCreationOptionsFromJSON', parse);
    }
  });

  it('leaves the form without adding one', async () => {
    const { element } = await open();
    await startAdding(element);
    control(element, 'Annuler').click();
    await element.updateComplete;
    expectFocusOn(control(element, 'Ajouter une clé d’accès'));
    expect(device.asked.create).to.equal(0);
  });

  it('speaks English, and fits into 320 pixels', async () => {
    const { element, provider } = await open({ persona: 'nadia', lang: 'en', now: NOW });
    provider.style.display = 'block';
    provider.style.inlineSize = '320px';
    await until(() => textOf(element).includes('Your passkeys'));
    expect(textOf(element.querySelector('li .about'))).to.equal('Mon téléphone Shared between your devices: losing one of them does not lose it. Added on May 2, 2026. Last used on November 22, 2026 at 8:41 PM.');
    for (const target of element.querySelectorAll('button, li')) {
      const { height, right } = target.getBoundingClientRect();
      expect(height).to.be.at.least(44);
      expect(right).to.be.at.most(element.getBoundingClientRect().right + 0.5);
    }
  });
});

function field(element: OyaPasskeys, name: string): HTMLInputElement | null {
  return element.querySelector<HTMLInputElement>(`input[name=${name}]`);
}

function fill(element: OyaPasskeys, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) (field(element, name) as HTMLInputElement).value = value;
}
