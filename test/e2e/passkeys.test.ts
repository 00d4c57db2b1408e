import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { openHouse, persona, signIn, type House } from './support/house.ts';

describe('passkeys on the ENEO page, in the browser itself', () => {
  let house: House;
  before(async () => (house = await openHouse()));
  afterEach(() => house.clear());
  after(() => house.stop());

  const camille = persona('camille');
  const greeting = (page: Page) => page.getByText(`Bonjour ${camille.customer.displayName}`);
  const passkeyButton = (page: Page) => page.getByRole('button', { name: 'Me connecter avec une clé d’accès' });

  /** The page on a device that recognises its owner, who is there for what is asked from then on or is not. */
  async function visitOnDevice({ suggests = true } = {}): Promise<{ page: Page; errors: Error[]; touch(enabled: boolean): Promise<void>; kept(): Promise<number> }> {
    const { page, context, errors } = await house.visit('eneo', '/espace-client');
    // With its owner there, this device answers what the browser suggests before anybody presses a button.
    if (!suggests) await page.addInitScript(() => Object.defineProperty(PublicKeyCredential, 'isConditionalMediationAvailable', { value: () => Promise.resolve(false) }));
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: false },
    });
    // The device was not there when the page looked for one.
    await page.reload();
    return {
      page,
      errors,
      touch: async (enabled) => void (await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })),
      kept: async () => (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
    };
  }

  it('are added with the password, sign in, are listed as used, and open nothing once removed', async () => {
    const { page, errors, touch, kept } = await visitOnDevice({ suggests: false });
    await signIn(page, camille);
    const passkeys = page.locator('oya-passkeys');
    await passkeys.getByText('Une clé d’accès ouvre votre espace').waitFor();
    await passkeys.getByRole('button', { name: 'Ajouter une clé d’accès' }).click();
    await passkeys.getByLabel('Nom de cette clé').fill('Ma clé');
    await passkeys.getByLabel('Votre mot de passe actuel').fill(camille.password);
    await touch(true);
    await passkeys.getByRole('button', { name: 'Créer la clé d’accès' }).click();
    await passkeys.getByText('La clé « Ma clé » est prête.').waitFor();
    await touch(false);
    assert.equal(await kept(), 1);
    assert.match(await passkeys.locator('li').innerText(), /Ma clé[^]*Sur un seul appareil[^]*Jamais utilisée/);
    assert.match((await house.server.mails()).at(-1)?.subject ?? '', /Une clé d’accès ouvre maintenant votre espace ENEO/);

    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await passkeyButton(page).waitFor();
    await touch(true);
    await passkeyButton(page).click();
    await greeting(page).waitFor();
    await touch(false);
    await passkeys.getByText('Utilisée la dernière fois le 24 novembre 2026').waitFor();

    await passkeys.getByRole('button', { name: 'Retirer la clé « Ma clé »' }).click();
    await passkeys.getByRole('button', { name: 'Retirer la clé', exact: true }).click();
    await passkeys.getByText('La clé « Ma clé » n’ouvre plus votre espace.').waitFor();
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    await passkeyButton(page).waitFor();
    await touch(true);
    await passkeyButton(page).click();
    await page.getByText('Cette clé d’accès n’ouvre pas votre espace').waitFor();
    assert.equal(await greeting(page).count(), 0);
    assert.deepEqual(errors, []);
  });

  it('are offered after the password, and suggested in the field the next time', async () => {
    const { page, touch } = await visitOnDevice();
    const odette = persona('odette');
    await signIn(page, odette);
    await page.getByText('La prochaine fois, sans mot de passe').waitFor();
    await page.getByRole('button', { name: 'Créer une clé d’accès' }).click();
    await page.getByLabel('Votre mot de passe actuel').fill(odette.password);
    await touch(true);
    await page.getByRole('button', { name: 'Créer la clé d’accès' }).click();
    await page.getByText('Votre clé d’accès est prête').waitFor();

    // Nobody presses a button: the browser suggests it in the field, and the device's owner is there.
    const entered = page.waitForResponse((response) => response.url().endsWith('/session/passkey'));
    await page.getByRole('button', { name: 'Me déconnecter' }).click();
    assert.equal((await entered).status(), 200);
    await page.getByText(`Bonjour ${odette.customer.displayName}`).waitFor();
    await page.waitForTimeout(300);
    assert.equal(await page.getByText('La prochaine fois, sans mot de passe').count(), 0, 'who has one is offered none');
  });

  it('are refused on a page of another site, whatever its scripts ask', async () => {
    const { page } = await visitOnDevice();
    const api = house.server.baseUrl('eneo');
    const name = await page.evaluate(async (base) => {
      const answer = await fetch(`${base}/session/passkey-challenges`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
      const { options } = (await answer.json()) as { options: PublicKeyCredentialRequestOptionsJSON };
      return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, rpId: 'eneo.example' }) }).catch((error: unknown) => (error as DOMException).name);
    }, api);
    assert.equal(name, 'SecurityError');
  });
});
