import { sandboxAdapter } from '@oya/adapters/sandbox';
import { addPasskey, amendAdapter, instant, listContracts, operation, startPasskey, type OperationName, type PortalAdapter } from '@oya/contract';
import { configure, define, OyaElement, Resource } from '@oya/core';
import { findPersona } from '@oya/personas';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { html } from 'lit';
import * as z from 'zod/mini';
import { makePasskey } from '../light-form/passkey-browser.ts';
import '../login/login.define.ts';
import { control, expectAccessible, expectFocusOn, mount, NOW, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import { PasskeyDevice } from '../testing/passkey-device.ts';
import type { OyaSession } from './session.ts';
import './session.define.ts';

const camille = findPersona('camille');
/** A session of the sandbox lasts twelve hours: a minute before its end. */
const NEARLY_OVER = '2026-11-24T20:59:00Z';

const rename = operation({
  name: 'rename', summary: 'Changes something.', method: 'POST', path: '/name', auth: 'customer', input: z.object({ name: z.string() }), output: z.object({ name: z.string() }), errors: [],
});

/** An element in which the customer is in the middle of something. */
class TestForm extends OyaElement {
  readonly contracts = new Resource(this, listContracts, () => ({}));
  protected override renderReady(): unknown {
    return html`<input aria-label="Nom" />`;
  }
}
define('oya-test-form', TestForm);

describe('<oya-session>', () => {
  afterEach(unmountAll);

  it('is silent as long as the session lasts', async () => {
    const { element } = await open();
    expect([textOf(element), element.querySelector('section')]).to.deep.equal(['', null]);
  });

  describe('shortly before the end', () => {
    it('tells the time, also to those who do not see it, and takes nobody’s focus', async () => {
      const { element } = await openNearlyOver();
      expect(textOf(element.querySelector('section'))).to.include('Votre session se termine à 22 h 00').and.to.include('Rester connecté');
      expect(textOf(element.querySelector('[role=status]'))).to.equal('Votre session se termine à 22 h 00.');
      expect(element.matches(':focus-within')).to.equal(false);
      await expectAccessible(element);
    });

    it('prolongs the session with one key, and goes away', async () => {
      const { element, adapter } = await openNearlyOver();
      control(element, 'Rester connecté').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => !element.querySelector('section'));
      expect(textOf(element)).to.equal('Vous restez connecté.');
      adapter.controls.setNow(instant(Date.parse(NEARLY_OVER) + 11 * 3_600_000));
      await adapter.perform(listContracts, {});
    });

    it('says when that did not work, and can be tried again', async () => {
      const { element, adapter } = await openNearlyOver({ faults: { extendSession: 'unavailable' } });
      control(element, 'Rester connecté').click();
      await until(() => element.querySelector('[role=alert]'));
      expect(textOf(element)).to.include('Nous n’avons pas pu prolonger votre session');
      adapter.controls.clearFaults();
      control(element, 'Rester connecté').click();
      await until(() => !element.querySelector('section'));
    });

    it('signs out, and tells the page', async () => {
      const { element, provider } = await openNearlyOver();
      let heard = 0;
      document.body.addEventListener('oya-signed-out', () => heard++, { once: true });
      control(element, 'Me déconnecter').click();
      await until(() => !element.querySelector('section'));
      expect([heard, provider.client?.session?.state, provider.client?.sessionExpired.value]).to.deep.equal([1, 'signed-out', false]);
    });

    it('offers only what the portal can do', async () => {
      const { element } = await openNearlyOver({ between: without('extendSession') });
      expect([...element.querySelectorAll('section button')].map(textOf)).to.deep.equal(['Me déconnecter']);
    });

    it('fits into 320 pixels, with targets of 44', async () => {
      const { element } = await openNearlyOver({ lang: 'en' });
      expect(textOf(element)).to.include('Your session ends at');
      for (const target of element.querySelectorAll('button')) expect(target.getBoundingClientRect().height).to.be.at.least(44);
    });
  });

  describe('when the session has ended in the middle of something', () => {
    it('lets the customer sign in over it: what is typed stays, and the request that waited goes once', async () => {
      const { element, provider, form, written, adapter } = await openWithForm();
      const field = form.shadowRoot?.querySelector('input') as HTMLInputElement;
      field.focus();
      field.value = 'Ce que Camille a tapé';
      adapter.controls.expireSession();
      const sent = provider.client?.write(rename, { name: 'n' }, 'k1');
      await until(() => dialogOf(element)?.open, 'the dialog opened');
      expect(textOf(dialogOf(element))).to.include('Votre session est terminée').and.to.include('Ce que vous avez saisi est gardé');
      await until(() => element.querySelector('oya-login input[name=login]'));
      expectFocusOn(element.querySelector('input[name=login]'));
      expect(element.querySelector('form')?.getRootNode()).to.equal(document);
      await expectAccessible(element);

      let heard = 0;
      document.body.addEventListener('oya-signed-in', () => heard++, { once: true });
      await sendKeys({ type: camille.login });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: camille.password });
      await sendKeys({ press: 'Enter' });
      await until(() => !dialogOf(element)?.open, 'the dialog closed');
      expect(await sent).to.deep.equal({ name: 'n' });
      expect(written).to.deep.equal(['k1']);
      expect([form.shadowRoot?.querySelector('input') === field, field.value]).to.deep.equal([true, 'Ce que Camille a tapé']);
      expectFocusOn(field);
      expect(heard).to.equal(0);
    });

    it('lets the customer sign in over it with a passkey too', async () => {
      const device = new PasskeyDevice({ suggests: false });
      try {
        const { element, provider, written, adapter } = await openWithForm();
        const asked = await adapter.perform(startPasskey, { currentPassword: camille.password });
        await adapter.perform(addPasskey, { challengeId: asked.id, credential: await makePasskey(asked), label: 'Mon téléphone' });
        adapter.controls.expireSession();
        const sent = provider.client?.write(rename, { name: 'n' }, 'k1');
        await until(() => dialogOf(element)?.querySelector('oya-login-passkeys button'), 'the dialog offers it');
        control(element, 'Me connecter avec une clé d’accès').click();
        await until(() => !dialogOf(element)?.open, 'the dialog closed');
        expect(await sent).to.deep.equal({ name: 'n' });
        expect(written).to.deep.equal(['k1']);
      } finally {
        device.remove();
      }
    });

    it('forgets everything when the customer declines, and refuses the request', async () => {
      const { element, provider, form, written, adapter } = await openWithForm();
      adapter.controls.expireSession();
      const refused = provider.client?.write(rename, { name: 'n' }, 'k1').catch((error: unknown) => error);
      await until(() => dialogOf(element)?.open);
      await sendKeys({ press: 'Escape' });
      expect(await refused).to.have.property('kind', 'unauthenticated');
      await until(() => !dialogOf(element)?.open);
      await until(() => form.state === 'signed-out');
      expect(written).to.deep.equal([]);
    });

    it('shows another customer nothing of the first', async () => {
      const { element, provider, form, adapter } = await openWithForm();
      adapter.controls.expireSession();
      const refused = provider.client?.write(rename, { name: 'n' }, 'k1').catch((error: unknown) => error);
      await until(() => element.querySelector('oya-login input[name=login]'));
      const lucien = findPersona('lucien');
      await signInAs(element, lucien.login, lucien.password);
      expect(await refused).to.have.property('kind', 'unauthenticated');
      await until(() => form.contracts.data?.items[0]?.id === lucien.contracts[0]?.id);
      expect(dialogOf(element)?.open).to.equal(false);
    });

    it('opens when the time runs out on something typed, and else only says so', async () => {
      for (const types of [true, false]) {
        const { element, form, provider, adapter } = await openWithForm();
        if (types) {
          (form.shadowRoot?.querySelector('input') as HTMLInputElement).focus();
          await sendKeys({ type: 'x' });
        }
        adapter.controls.expireSession();
        const { client } = provider;
        await client?.queries.refetchQueries({ queryKey: ['whoAmI'] });
        if (types) {
          await until(() => dialogOf(element)?.open);
          expect(form.state).to.equal('ready');
        } else {
          await until(() => element.querySelector('section'));
          expect(textOf(element.querySelector('section'))).to.include('Votre session est terminée');
          expect([form.state, dialogOf(element)?.open]).to.deep.equal(['signed-out', false]);
          control(element, 'Me reconnecter').click();
          await until(() => element.querySelector('dialog[open] oya-login input[name=login]'));
          await signInAs(element, camille.login, camille.password);
          await until(() => form.state === 'ready' && !dialogOf(element)?.open);
        }
        unmountAll();
      }
    });
  });

  describe('on a page', () => {
    afterEach(() => {
      for (const each of document.querySelectorAll('oya-session, oya-test-form')) each.remove();
    });

    it('is there once an element needs a customer, once, and not where the configuration says no', async () => {
      for (const session of [undefined, false] as const) {
        await configure({ adapter: sandboxAdapter({ now: NOW, persona: 'camille' }), session });
        expect(document.querySelector('oya-session')).to.equal(null);
        document.body.append(document.createElement('oya-test-form'), document.createElement('oya-test-form'));
        const [form] = document.querySelectorAll<TestForm>('oya-test-form');
        await until(() => form?.state === 'ready');
        expect(document.querySelectorAll('body > oya-session')).to.have.length(session === false ? 0 : 1);
        for (const each of document.querySelectorAll('oya-session, oya-test-form')) each.remove();
      }
    });
  });
});

function open(options: MountOptions = {}): Promise<Mounted<OyaSession>> {
  return mount<OyaSession>('oya-session', { persona: 'camille', ...options });
}

/** The session was opened long ago. */
async function openNearlyOver(options: MountOptions = {}): Promise<Mounted<OyaSession>> {
  const opened = await open(options);
  opened.adapter.controls.setNow(NEARLY_OVER);
  await until(() => opened.provider.client?.session);
  await opened.provider.client?.queries.refetchQueries({ queryKey: ['whoAmI'] });
  await until(() => opened.element.querySelector('section'), 'the notice came');
  return opened;
}

async function openWithForm() {
  const written: (string | undefined)[] = [];
  const opened = await open({ between: (sandbox) => withRename(sandbox, written) });
  const form = document.createElement('oya-test-form') as TestForm;
  opened.provider.append(form);
  await until(() => form.state === 'ready');
  return { ...opened, form, written };
}

/** The contract has no write of a customer's yet. */
function withRename(sandbox: PortalAdapter, written: (string | undefined)[]): PortalAdapter {
  return {
    offers: (asked) => asked.name === 'rename' || sandbox.offers(asked),
    perform: async (asked, input, context) => {
      if (asked.name !== 'rename') return sandbox.perform(asked, input, context);
      await sandbox.perform(listContracts, {});
      written.push(context?.idempotencyKey);
      return input as never;
    },
  };
}

function without(...names: OperationName[]): NonNullable<MountOptions['between']> {
  return (sandbox) => amendAdapter(sandbox, Object.fromEntries(names.map((name) => [name, undefined])));
}

function dialogOf(element: OyaSession): HTMLDialogElement | null {
  return element.querySelector('dialog');
}

async function signInAs(element: OyaSession, login: string, password: string): Promise<void> {
  (element.querySelector('input[name=login]') as HTMLInputElement).value = login;
  (element.querySelector('input[name=password]') as HTMLInputElement).value = password;
  control(element, 'Me connecter').click();
  await until(() => !dialogOf(element)?.open);
}
