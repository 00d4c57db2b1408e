import { amendAdapter, describeAccess, instant, startSignUp, submitSignUp, type Input, type OperationName, type PortalAdapter } from '@oya/contract';
import { prospects, type Persona } from '@oya/personas';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, NOW, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaSignup } from './signup.ts';
import './signup.define.ts';

const ROUTES = { login: '/espace-client', space: '/espace' };
const paul = prospects.find(({ id }) => id === 'paul') as Persona;
const [contract] = paul.contracts;

type Values = Readonly<Record<string, string>>;
const INVOICE: Values = { number: 'en 2610 000909', total: `${(paul.invoice.totalCents / 100).toFixed(2).replace('.', ',')} €` };
const CONTRACT: Values = { contractNumber: contract?.number ?? '', deliveryPoint: '00 810 000 000 909', lastName: 'vidal' };
const ACCOUNT: Values = { email: 'paul@example.org', emailAgain: 'Paul@example.org', phone: '06 12 34 56 78', identifier: 'paul.vidal', password: 'Verrerie-81', passwordAgain: 'Verrerie-81' };

type Opened = Mounted<OyaSignup>;

describe('<oya-signup>', () => {
  afterEach(() => {
    unmountAll();
    sessionStorage.clear();
    history.replaceState(null, '', location.pathname + location.search);
  });

  describe('the way to an account', () => {
    it('leads from an invoice to a session, and tells the page', async () => {
      const opened = await open({ routes: ROUTES });
      const { element, provider } = opened;
      const heard: Event[] = [];
      document.body.addEventListener('oya-signed-up', (event) => heard.push(event), { once: true });
      await toCode(opened);
      expect(textOf(element)).to.include('Nous l’avons envoyé à paul@example.org.').and.to.include('Ce code est valable encore 10 minutes.');
      await send(element, { code: lastCode(opened) });
      await until(() => textOf(element).includes('Bienvenue Paul Vidal'));
      expectFocusOn(element.querySelector('.title'));
      expect(textOf(element)).to.include('votre identifiant paul.vidal');
      expect(control<HTMLAnchorElement>(element, 'Découvrir mon espace').getAttribute('href')).to.equal('/espace');
      expect(heard.map((event) => JSON.stringify({ ...event }))).to.deep.equal(['{"isTrusted":false}']);
      expect(provider.client?.session?.state).to.equal('signed-in');
      expect(sessionStorage).to.have.length(0);
      await expectAccessible(element);
    });

    it('leads from a contract as well', async () => {
      const opened = await open();
      const { element } = opened;
      await toProof(opened, 'contract');
      await send(element, CONTRACT);
      await until(() => field(element, 'identifier'));
      await send(element, ACCOUNT);
      await until(() => field(element, 'code'));
      await send(element, { code: spaced(lastCode(opened)) });
      await until(() => textOf(element).includes('Bienvenue Paul Vidal'));
    });

    it('is accessible in every step', async () => {
      const opened = await open({ routes: ROUTES });
      const { element } = opened;
      await expectAccessible(element);
      await toProof(opened, 'contract');
      await expectAccessible(element);
      await click(element, 'Utiliser une facture');
      await until(() => field(element, 'number'));
      await expectAccessible(element);
      await send(element, INVOICE);
      await until(() => element.querySelector('.robot.done'));
      await expectAccessible(element);
      await send(element, ACCOUNT);
      await until(() => field(element, 'code'));
      await expectAccessible(element);
      await click(element, 'Changer d’adresse e-mail');
      await until(() => field(element, 'newEmail'));
      await expectAccessible(element);
    });

    it('is walked by keyboard alone', async () => {
      const opened = await open();
      const { element } = opened;
      const type = async (...values: string[]) => {
        for (const value of values) {
          await sendKeys({ type: value });
          await sendKeys({ press: 'Tab' });
        }
      };
      element.querySelector<HTMLElement>('[value=invoice]')?.focus();
      await sendKeys({ press: 'Space' });
      await sendKeys({ press: 'Tab' });
      await sendKeys({ press: 'Space' });
      await sendKeys({ press: 'Enter' });
      await until(() => field(element, 'number'));
      expectFocusOn(element.querySelector('.title'));
      await sendKeys({ press: 'Tab' });
      await type(INVOICE['number'] as string);
      await sendKeys({ type: INVOICE['total'] as string });
      await sendKeys({ press: 'Enter' });
      await until(() => field(element, 'identifier'));
      await sendKeys({ press: 'Tab' });
      await type('paul@example.org', 'paul@example.org', '0612345678', 'paul.vidal', 'Verrerie-81');
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: 'Verrerie-81' });
      await sendKeys({ press: 'Enter' });
      await until(() => field(element, 'code'));
      await sendKeys({ press: 'Tab' });
      await sendKeys({ type: lastCode(opened) });
      await sendKeys({ press: 'Enter' });
      await until(() => textOf(element).includes('Bienvenue'));
    });

    it('says where one is', async () => {
      const opened = await open();
      const { element } = opened;
      expect(textOf(element.querySelector('[aria-current=step]'))).to.include('vos documents');
      await toAccount(opened);
      expect(textOf(element.querySelector('.title'))).to.equal('Étape 3 sur 3 : votre compte Choisissez comment vous connecter');
      expect([...element.querySelectorAll('.steps li')].map((step) => textOf(step))).to.deep.equal(['Terminée : vos documents', 'Terminée : votre facture', '3 votre compte']);
    });

    it('reads the fields when it is sent, however they were filled', async () => {
      const { element } = await open();
      check(element, 'invoice');
      await submit(element);
      await until(() => field(element, 'number'));
      // A password manager sets values without any event.
      for (const [name, value] of Object.entries(INVOICE)) field(element, name).value = value;
      await submit(element);
      await until(() => field(element, 'identifier'));
    });

    it('has targets of 44 pixels and fits into 320', async () => {
      const opened = await open({ routes: ROUTES });
      const { element, provider } = opened;
      provider.style.display = 'block';
      provider.style.inlineSize = '320px';
      const look = () => {
        for (const target of element.querySelectorAll<HTMLElement>('input:not([type=radio], [type=checkbox]), .choice, .checkbox, button, .ways a')) {
          const { height, right } = target.getBoundingClientRect();
          expect(height, target.outerHTML).to.be.at.least(44);
          expect(right, target.outerHTML).to.be.at.most(element.getBoundingClientRect().right + 0.5);
        }
      };
      look();
      await toAccount(opened);
      look();
      await send(element, ACCOUNT);
      await until(() => field(element, 'code'));
      look();
    });

    it('offers only the proofs that the utility takes', async () => {
      const { element } = await open({
        between: (sandbox) => amendAdapter(sandbox, { describeAccess: async () => ({ ...(await rulesOf(sandbox)), proofs: ['contract'] }) }),
      });
      expect(element.querySelectorAll('[type=radio]')).to.have.length(0);
      check(element);
      await submit(element);
      await until(() => field(element, 'contractNumber'));
      expect(element.querySelector('.as-link')).to.equal(null);
    });

    it('opens the terms in a tab of their own and records their version', async () => {
      const { element, sent } = await openRecording('startSignUp');
      const link = control<HTMLAnchorElement>(element, /Conditions générales/);
      expect([link.getAttribute('href'), link.target, link.rel]).to.deep.equal(['/conditions-generales', '_blank', 'noopener']);
      await toAccount({ element });
      expect((sent[0]?.input as Input<'startSignUp'>).termsVersion).to.equal('2026-09');
    });

    it('sends the phone number as E.164 and shows it as people write it', async () => {
      const opened = await openRecording('submitSignUp');
      const { element, sent } = opened;
      await toAccount(opened);
      field(element, 'phone').value = '+33612345678';
      field(element, 'phone').dispatchEvent(new Event('change', { bubbles: true }));
      await until(() => field(element, 'phone').value === '06 12 34 56 78');
      await send(element, { ...ACCOUNT, phone: '0034 612 34 56 78' });
      await until(() => field(element, 'code'));
      expect((sent[0]?.input as Input<'submitSignUp'>).phone).to.equal('+34612345678');
    });
  });

  describe('when something is wrong', () => {
    it('says what is missing, with the focus on a summary that leads to the fields', async () => {
      const { element } = await open();
      await submit(element);
      expectFocusOn(element.querySelector('.summary'));
      expect(links(element)).to.deep.equal(['Choisissez le document que vous avez', 'Acceptez les conditions générales pour continuer']);
      await click(element, 'Choisissez le document que vous avez');
      expectFocusOn(element.querySelector('[value=invoice]'));
      await expectAccessible(element);
    });

    it('says how a number and an amount are written', async () => {
      const opened = await open();
      const { element } = opened;
      await toProof(opened);
      await send(element, { number: '2610000909', total: 'douze' });
      expect(links(element)).to.deep.equal(['Ce numéro doit avoir 2 lettres puis 10 chiffres, comme AB 2610 123456', 'Écrivez le montant comme sur la facture, par exemple 86,40']);
      expect(field(element, 'total').getAttribute('aria-invalid')).to.equal('true');
      await expectAccessible(element);
      type(element, 'total', '12');
      await element.updateComplete;
      expect(field(element, 'total').hasAttribute('aria-invalid')).to.equal(false);
    });

    it('refuses wrong papers and those of a customer with an account in the same words, and offers other ways', async () => {
      const said: string[] = [];
      const opened = await open({ routes: ROUTES });
      const { element } = opened;
      await toProof(opened);
      for (const invoice of [{ number: 'EN2610999999', total: '1,00' }, { number: 'EN2610000101', total: '116,19' }]) {
        await send(element, invoice);
        await until(() => textOf(element).includes('ne correspondent à aucune facture') && !element.querySelector('[type=submit][aria-disabled]'));
        said.push(textOf(element.querySelector('.summary')));
      }
      expect(said[0]).to.equal(said[1]);
      expect(control<HTMLAnchorElement>(element, 'Me connecter').getAttribute('href')).to.equal('/espace-client');
      expect(field(element, 'number').value).to.equal('EN2610000101');
      await expectAccessible(element);
      await click(element, 'Utiliser mon contrat');
      await until(() => field(element, 'contractNumber'));
      await send(element, { ...CONTRACT, lastName: 'Durand' });
      await until(() => textOf(element).includes('ne correspondent à aucun contrat'));
    });

    it('tells how long to wait after three wrong proofs', async () => {
      const opened = await open();
      const { element } = opened;
      await toProof(opened);
      for (let tries = 0; tries < 4; tries++) {
        await send(element, { ...INVOICE, total: `${tries + 1}` });
        await until(() => element.querySelector('.summary') && !element.querySelector('[type=submit][aria-disabled]'));
      }
      expect(textOf(element)).to.include('Vous pourrez réessayer dans 15 minutes.');
    });

    it('leads back to the terms that have changed meanwhile', async () => {
      let version = '2026-09';
      const opened = await open({ between: (sandbox) => amendAdapter(sandbox, { describeAccess: async () => ({ ...(await rulesOf(sandbox)), terms: { ...(await rulesOf(sandbox)).terms, version } }), startSignUp: async (input) => sandbox.perform(startSignUp, { ...input, termsVersion: input.termsVersion === version ? '2026-09' : 'old' }) }) });
      const { element } = opened;
      await toProof(opened);
      version = '2027-01';
      await send(element, INVOICE);
      await until(() => textOf(element).includes('viennent de changer'));
      expectFocusOn(element.querySelector('.summary'));
      expect(field(element, 'terms').checked).to.equal(false);
      expect(element.querySelector<HTMLInputElement>('[value=invoice]')?.checked).to.equal(true);
      check(element);
      await submit(element);
      await until(() => field(element, 'number'));
      expect(field(element, 'number').value).to.equal(INVOICE['number']);
      await submit(element);
      await until(() => field(element, 'identifier'));
    });

    it('says what of the account is to be looked at again', async () => {
      const opened = await open();
      const { element } = opened;
      await toAccount(opened);
      await send(element, { email: 'paul', emailAgain: 'paula', phone: '12', identifier: 'paul@example.org', password: 'soleil', passwordAgain: 'x' });
      await until(() => element.querySelector('.summary'));
      expect(links(element).map((words) => words.slice(0, 24))).to.deep.equal([
        'Cette adresse e-mail n’e', 'Les deux adresses e-mail', 'Ce numéro de téléphone n', 'L’identifiant n’est pas ', 'Le mot de passe ne respe', 'Les deux mots de passe n',
      ]);
      expect(field(element, 'password').value).to.equal('soleil');
      await expectAccessible(element);
    });

    it('says that an identifier is taken, while it is typed and when it is sent', async () => {
      const opened = await open();
      const { element } = opened;
      await toAccount(opened);
      type(element, 'identifier', 'camille.durand');
      await until(() => element.querySelector('.live.taken'));
      expect(status(element)).to.equal('Cet identifiant est déjà pris.');
      type(element, 'identifier', 'paul.vidal');
      await until(() => element.querySelector('.live.free'));
      await send(element, { ...ACCOUNT, identifier: 'lucien.fabre' });
      await until(() => element.querySelector('.summary'));
      expect(links(element)).to.deep.equal(['Cet identifiant est déjà pris : choisissez-en un autre']);
    });

    it('ticks the rules of the password as they are kept, and speaks of them when the typing rests', async () => {
      const opened = await open();
      const { element } = opened;
      await toAccount(opened);
      const kept = () => [...element.querySelectorAll('.rules .kept')].length;
      expect(kept()).to.equal(0);
      type(element, 'password', 'verrerie');
      await element.updateComplete;
      expect(kept()).to.equal(4);
      expect(status(element)).to.equal('');
      await until(() => status(element) !== '');
      expect(status(element)).to.equal('Il manque encore : une lettre majuscule, un chiffre, un caractère spécial, comme ! ? - ou €.');
      type(element, 'password', 'Verrerie-81');
      await element.updateComplete;
      expect(kept()).to.equal(7);
    });

    it('checks for robots again when that failed', async () => {
      const opened = await open({ faults: { getChallenge: 'unavailable' } });
      const { element, adapter } = opened;
      await toAccount(opened);
      await until(() => element.querySelector('.robot.failed'));
      await expectAccessible(element);
      adapter.controls.clearFaults();
      await click(element, 'Vérifier à nouveau');
      await until(() => element.querySelector('.robot.done'));
    });

    it('makes a proof of work that grew old anew without a word', async () => {
      const opened = await open();
      const { element, adapter } = opened;
      await toAccount(opened);
      await until(() => element.querySelector('.robot.done'));
      adapter.controls.setNow(instant(Date.parse(NOW) + 30 * 60_000));
      await send(element, ACCOUNT);
      await until(() => field(element, 'code'));
    });

    for (const [operation, step] of [['startSignUp', 'proof'], ['submitSignUp', 'account'], ['confirmSignUp', 'code']] as const) {
      for (const fault of ['offline', 'unavailable', 'timeout'] as const) {
        it(`keeps what is typed and goes on after "${fault}" in the step "${step}"`, async () => {
          const opened = await openRecording(operation);
          const { element, adapter, sent } = opened;
          const values = step === 'proof' ? INVOICE : step === 'account' ? ACCOUNT : {};
          if (step === 'proof') await toProof(opened);
          else if (step === 'account') await toAccount(opened);
          else await toCode(opened);
          const typed = step === 'code' ? { code: lastCode(opened) } : values;
          adapter.controls.setFault(operation, fault);
          await send(element, typed);
          await until(() => element.querySelector('.summary'));
          const [name = '', value] = Object.entries(typed)[0] ?? [];
          expect(field(element, name).value).to.equal(value);
          adapter.controls.clearFaults();
          await submit(element);
          await until(() => (step === 'proof' ? field(element, 'identifier') : step === 'account' ? field(element, 'code') : element.querySelector('.welcome')));
          expect(new Set(sent.map(({ key }) => key)).size).to.equal(1);
        });
      }
    }
  });

  describe('the code', () => {
    it('is told from a wrong one and from one that has ended', async () => {
      const opened = await open();
      const { element, adapter } = opened;
      await toCode(opened);
      await send(element, { code: '12' });
      expect(links(element)).to.deep.equal(['Le code a 7 chiffres']);
      await send(element, { code: lastCode(opened) === '0000000' ? '1111111' : '0000000' });
      await until(() => textOf(element).includes('Ce code n’est pas le bon'));
      await expectAccessible(element);
      adapter.controls.setNow(instant(Date.parse(NOW) + 10 * 60_000));
      await send(element, { code: lastCode(opened) });
      await until(() => textOf(element).includes('Ce code ne marche plus'));
    });

    it('has a field that browsers fill from the message', async () => {
      const opened = await open();
      await toCode(opened);
      const code = field(opened.element, 'code');
      expect([code.autocomplete, code.inputMode, code.type]).to.deep.equal(['one-time-code', 'numeric', 'text']);
    });

    it('tells how long another takes, sends it then, and takes only the new one', async () => {
      const opened = await open();
      const { element, adapter } = opened;
      await toCode(opened);
      const old = lastCode(opened);
      await click(element, 'Envoyer un autre code');
      expect(status(element)).to.equal('Vous pourrez demander un autre code dans 60 secondes.');
      expect(adapter.controls.mails()).to.have.length(1);
      // A minute later, on a page that was loaded again.
      adapter.controls.setNow(instant(Date.parse(NOW) + 60_000));
      const loaded = await reload(opened);
      await until(() => field(loaded, 'code'));
      await click(loaded, 'Envoyer un autre code');
      await until(() => status(loaded) === 'Un autre code est parti à paul@example.org.');
      expect(lastCode(opened)).not.to.equal(old);
      await send(loaded, { code: lastCode(opened) });
      await until(() => textOf(loaded).includes('Bienvenue'));
    });

    it('goes to another address, or says why not yet', async () => {
      const opened = await open();
      const { element, adapter } = opened;
      await toCode(opened);
      await click(element, 'Changer d’adresse e-mail');
      await until(() => field(element, 'newEmail'));
      await send(element, { newEmail: 'vidal' });
      expect(links(element)).to.have.length(1);
      await send(element, { newEmail: 'vidal@example.org' });
      await until(() => textOf(element).includes('Vous pourrez demander un autre code dans 60 secondes.'));
      adapter.controls.setNow(instant(Date.parse(NOW) + 60_000));
      await submit(element);
      await until(() => field(element, 'code'));
      await until(() => textOf(element).includes('Nous l’avons envoyé à vidal@example.org.'));
      expect(adapter.controls.mails().at(-1)?.to).to.equal('vidal@example.org');
    });

    it('says nothing else for an address that has an account', async () => {
      const opened = await open({ routes: ROUTES });
      const { element, adapter } = opened;
      await toAccount(opened);
      await send(element, { ...ACCOUNT, email: 'camille.durand@example.org', emailAgain: 'camille.durand@example.org' });
      await until(() => field(element, 'code'));
      expect(textOf(element)).to.include('Si vous avez déjà un compte avec cette adresse, le message vous le dit.');
      expect(adapter.controls.mails().map(({ code }) => code)).to.deep.equal([undefined]);
    });

    it('is announced when little time is left and when it has ended', async () => {
      const opened = await open({ between: shortLived });
      const { element } = opened;
      await toCode(opened);
      await until(() => status(element) === 'Ce code est valable encore 2 minutes.');
      await until(() => textOf(element).includes('encore 2 minutes'));
    });
  });

  describe('what is kept', () => {
    it('is everything when going back and ahead, in the form and with the browser', async () => {
      const opened = await open();
      const { element } = opened;
      await toAccount(opened);
      fill(element, { ...ACCOUNT });
      await click(element, 'Retour');
      await until(() => field(element, 'number'));
      expect(field(element, 'number').value).to.equal(INVOICE['number']);
      history.back();
      await until(() => element.querySelector('[value=invoice]'));
      expect(element.querySelector<HTMLInputElement>('[value=invoice]')?.checked).to.equal(true);
      expect(field(element, 'terms').checked).to.equal(true);
      history.go(2);
      await until(() => field(element, 'identifier'));
      await element.updateComplete;
      expect(Object.keys(ACCOUNT).map((name) => field(element, name).value)).to.deep.equal(Object.values(ACCOUNT));
    });

    it('sends no second code to whoever goes back and ahead again', async () => {
      const opened = await open();
      const { element, adapter } = opened;
      await toCode(opened);
      history.back();
      await until(() => field(element, 'identifier'));
      // The portal calls it taken by now: by this very sign-up.
      type(element, 'identifier', 'paul.vida');
      type(element, 'identifier', 'paul.vidal');
      await new Promise((resolve) => setTimeout(resolve, 700));
      await submit(element);
      await until(() => field(element, 'code'));
      expect(adapter.controls.mails()).to.have.length(1);
    });

    it('leaves the address and the state of the host’s router as they are, and answers none of its entries', async () => {
      history.replaceState({ router: 7 }, '');
      const opened = await open();
      const { element } = opened;
      const address = location.href;
      await toProof(opened);
      expect([(history.state as { router: number }).router, location.href]).to.deep.equal([7, address]);
      history.pushState({ router: 8 }, '');
      history.back();
      await until(() => (history.state as { router: number }).router === 7);
      expect(field(element, 'number')).not.to.equal(null);
      dispatchEvent(new PopStateEvent('popstate', { state: { router: 9 } }));
      await element.updateComplete;
      expect(field(element, 'number')).not.to.equal(null);
    });

    it('is all but the secrets after a reload', async () => {
      const opened = await open();
      const { element } = opened;
      await toAccount(opened);
      fill(element, ACCOUNT);
      expect(JSON.stringify({ ...sessionStorage })).to.include('paul.vidal').and.not.to.include('Verrerie');
      const loaded = await reload(opened);
      await until(() => field(loaded, 'identifier'));
      await loaded.updateComplete;
      expect(['email', 'emailAgain', 'phone', 'identifier', 'password', 'passwordAgain'].map((name) => field(loaded, name).value)).to.deep.equal(['paul@example.org', 'Paul@example.org', '06 12 34 56 78', 'paul.vidal', '', '']);
    });

    it('is never written into the markup', async () => {
      const opened = await open();
      const { element } = opened;
      await toCode(opened);
      history.back();
      await until(() => field(element, 'password')?.value === 'Verrerie-81');
      expect(element.innerHTML).not.to.include('Verrerie-81');
    });

    it('is resumed from the mail, and its id leaves the address', async () => {
      const opened = await open();
      const { adapter } = opened;
      await toCode(opened);
      sessionStorage.clear();
      location.hash = adapter.controls.mails()[0]?.link ?? '';
      const loaded = await reload(opened);
      await until(() => field(loaded, 'code'));
      expect(location.hash).to.equal('');
      expect(textOf(loaded)).to.include('Nous l’avons envoyé à p•••••@example.org.');
      await send(loaded, { code: lastCode(opened) });
      await until(() => textOf(loaded).includes('Bienvenue Paul Vidal'));
    });

    it('is begun anew, in words, when the sign-up has ended, whether or not a portal has it as a section', async () => {
      history.replaceState(null, '', '#/signup?oya-signup=gone');
      const section = await open({ routes: ROUTES });
      await until(() => textOf(section.element).includes('Cette inscription n’est plus valable'));
      expect(location.hash).to.equal('#/signup');
      unmountAll();
      sessionStorage.clear();
      history.replaceState(null, '', '#oya-signup=gone');
      const { element } = await open({ routes: ROUTES });
      await until(() => textOf(element).includes('Cette inscription n’est plus valable'));
      expect(element.querySelector('[value=invoice]')).not.to.equal(null);
      expect(location.hash).to.equal('');
      await expectAccessible(element);
    });

    it('waits when the portal cannot say where the sign-up stands', async () => {
      history.replaceState(null, '', '#oya-signup=unknown');
      const { element, adapter } = await open({ faults: { getSignUp: 'forbidden' } });
      await until(() => element.querySelector('[role=alert]'));
      adapter.controls.clearFaults();
      await click(element, 'Réessayer');
      await until(() => textOf(element).includes('n’est plus valable'));
    });

    it('survives what other scripts write in its place', async () => {
      sessionStorage.setItem('oya-signup/1/', '{"step":"account","values":{"proof":{}}}');
      const { element } = await open();
      expect(element.querySelector('[value=invoice]')).not.to.equal(null);
    });
  });

  it('tells whoever is signed in so, and the way out', async () => {
    const { element } = await open({ persona: 'camille', routes: ROUTES });
    expect(textOf(element)).to.include('Vous êtes déjà connecté, Camille Durand');
    await expectAccessible(element);
    await click(element, 'Me déconnecter');
    await until(() => element.querySelector('[value=invoice]'));
  });

  it('speaks English, and keeps what is typed while the language changes', async () => {
    const opened = await open();
    const { element, provider } = opened;
    await toProof(opened);
    fill(element, INVOICE);
    provider.lang = 'en';
    await until(() => textOf(element).includes('Copy two details from your bill'));
    await element.updateComplete;
    expect(field(element, 'number').value).to.equal(INVOICE['number']);
  });

  it('looks the same whatever the host page says about inputs and buttons', async () => {
    const opened = await open({ routes: ROUTES });
    const { element } = opened;
    const hostile = document.createElement('style');
    hostile.textContent = `
      input, select { border: 5px solid red !important; inline-size: 30%; background: yellow; float: right; margin: 20px; }
      label, legend { float: left; color: lime; font: italic 30px serif; width: 50%; } button, .button { background: hotpink !important; border-radius: 40px; }
      h2, .title { color: red; font-size: 60px; margin: 3em; } svg, svg * { fill: red; stroke: lime; } a { color: lime; } fieldset { border: 9px solid red; padding: 50px; }
      form, .field, .notice, figure, .mark { border: 3px solid blue; padding: 50px; } ul, ol { margin: 50px; list-style: square; } p::before { content: '!'; } * { letter-spacing: 3px; }`;
    const expectUnmoved = () => {
      const before = looks(element);
      document.head.append(hostile);
      const changed = looks(element).filter((each, index) => each !== before[index]);
      hostile.remove();
      expect(changed).to.deep.equal([]);
    };
    await submit(element);
    expectUnmoved();
    await toProof(opened);
    expectUnmoved();
    await send(element, INVOICE);
    await until(() => element.querySelector('.robot.done'));
    expectUnmoved();
  });
});

function open(options: MountOptions = {}): Promise<Opened> {
  return mount<OyaSignup>('oya-signup', options);
}

/** A portal that notes the keys under which an operation is sent. */
async function openRecording(operation: OperationName) {
  const sent: { input: unknown; key: string | undefined }[] = [];
  const opened = await open({
    between: (sandbox) => ({
      offers: (asked) => sandbox.offers(asked),
      perform: (asked, input, context) => {
        if (asked.name === operation) sent.push({ input, key: context?.idempotencyKey });
        return sandbox.perform(asked, input, context);
      },
    }),
  });
  return { ...opened, sent };
}

/** As when the page is loaded again: another element, with what the browser keeps. */
async function reload({ element, provider }: Opened): Promise<OyaSignup> {
  element.remove();
  const loaded = document.createElement('oya-signup');
  provider.append(loaded);
  await until(() => loaded.state === 'ready');
  await loaded.updateComplete;
  return loaded;
}

function rulesOf(adapter: PortalAdapter) {
  return adapter.perform(describeAccess, {});
}

/** Codes that are good for little more than two minutes. */
function shortLived(sandbox: PortalAdapter): PortalAdapter {
  return amendAdapter(sandbox, {
    submitSignUp: async (input) => {
      const signUp = await sandbox.perform(submitSignUp, input);
      return signUp.state === 'code-sent' ? { ...signUp, code: { ...signUp.code, expiresAt: instant(Date.parse(NOW) + 122_000) } } : signUp;
    },
  });
}

async function toProof({ element }: Pick<Opened, 'element'>, kind: 'invoice' | 'contract' = 'invoice'): Promise<void> {
  check(element, kind);
  await submit(element);
  await until(() => field(element, kind === 'invoice' ? 'number' : 'contractNumber'), 'the step of the proof');
}

async function toAccount(opened: Pick<Opened, 'element'>): Promise<void> {
  await toProof(opened);
  await send(opened.element, INVOICE);
  await until(() => field(opened.element, 'identifier'), 'the step of the account');
}

async function toCode(opened: Pick<Opened, 'element'>): Promise<void> {
  await toAccount(opened);
  await send(opened.element, ACCOUNT);
  await until(() => field(opened.element, 'code'), 'the step of the code');
}

function check(element: OyaSignup, kind?: 'invoice' | 'contract'): void {
  if (kind) element.querySelector<HTMLInputElement>(`[value=${kind}]`)?.click();
  if (!field(element, 'terms').checked) field(element, 'terms').click();
}

function field(element: OyaSignup, name: string): HTMLInputElement {
  return element.querySelector(`input[name=${name}]`) as HTMLInputElement;
}

function type(element: OyaSignup, name: string, value: string): void {
  field(element, name).value = value;
  field(element, name).dispatchEvent(new InputEvent('input', { bubbles: true }));
}

function fill(element: OyaSignup, values: Values): void {
  for (const [name, value] of Object.entries(values)) type(element, name, value);
}

async function send(element: OyaSignup, values: Values): Promise<void> {
  fill(element, values);
  await submit(element);
}

async function submit(element: OyaSignup): Promise<void> {
  element.querySelector<HTMLButtonElement>('button[type=submit]')?.click();
  await element.updateComplete;
}

async function click(element: OyaSignup, name: string): Promise<void> {
  control(element, name).click();
  await element.updateComplete;
}

function links(element: OyaSignup): string[] {
  return [...element.querySelectorAll('.summary li')].map((each) => textOf(each));
}

function status(element: OyaSignup): string {
  return textOf(element.querySelector('.visually-hidden[role=status]'));
}

function lastCode({ adapter }: Pick<Opened, 'adapter'>): string {
  return adapter.controls.mails().at(-1)?.code ?? expect.fail('no code was mailed');
}

function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}

/** What of an element's looks a host page could have changed. */
function looks(element: OyaSignup): string[] {
  const properties = ['color', 'background-color', 'border-top-width', 'border-top-color', 'border-radius', 'font', 'letter-spacing', 'text-transform', 'float', 'width', 'margin-top', 'padding-left', 'fill', 'stroke', 'list-style-type'];
  return [...element.querySelectorAll('*')].flatMap((each) => {
    const style = getComputedStyle(each);
    return [`${each.localName} ${properties.map((property) => style.getPropertyValue(property)).join(' ')} ${getComputedStyle(each, '::before').content}`];
  });
}
