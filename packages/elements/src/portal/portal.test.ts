import { amendAdapter } from '@oya/contract';
import { OyaNavigateEvent, type OyaElement } from '@oya/core';
import { findPersona } from '@oya/personas';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import '../consumption/consumption.define.ts';
import '../dashboard/dashboard.define.ts';
import '../login/login.define.ts';
import '../profile/profile.define.ts';
import '../tempo/tempo.define.ts';
import type { OyaPortal } from './portal.ts';
import './portal.define.ts';

const TITLE = document.title;

describe('<oya-portal>', () => {
  beforeEach(() => void (document.title = 'Mon espace, ENEO'));
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', location.pathname + location.search);
    document.title = TITLE;
  });

  describe('for a customer', () => {
    it('begins with the dashboard, and makes no other section yet', async () => {
      const { element } = await open({ persona: 'camille' });
      expect(shown(element)).to.equal('oya-dashboard');
      expect(element.querySelector('oya-consumption, oya-login')).to.equal(null);
      expect(document.activeElement, 'the focus is the page’s').to.equal(document.body);
    });

    it('names the sections that there are, and the one on view', async () => {
      const { element } = await open({ persona: 'camille' });
      const links = [...element.querySelectorAll<HTMLAnchorElement>('nav a')].map((link) => [textOf(link), link.getAttribute('href'), link.getAttribute('aria-current')]);
      expect(links).to.deep.equal([['Accueil', '#/dashboard', 'page'], ['Consommation', '#/consumption', null], ['Mon compte', '#/profile', null]]);
    });

    it('leaves out what the adapter does not support', async () => {
      const { element } = await open({ persona: 'camille', between: (sandbox) => amendAdapter(sandbox, { getConsumption: undefined }) });
      expect(textOf(element.querySelector('nav'))).not.to.include('Consommation');
    });

    it('has Tempo for whoever has a contract with it, and for nobody else', async () => {
      const { element, provider } = await open({ persona: 'julien' });
      await until(() => textOf(element.querySelector('nav')).includes('Tempo'), 'the section');
      await goTo(element, 'Tempo');
      expect(shown(element)).to.equal('oya-tempo');
      provider.remove();
      const marc = await open({ persona: 'marc' });
      await until(() => marc.element.querySelector<OyaElement>('oya-dashboard')?.state === 'ready', 'the contracts');
      expect(textOf(marc.element.querySelector('nav'))).not.to.include('Tempo');
    });

    it('leaves out what the site shows elsewhere, whose links then lead there', async () => {
      const { element } = await open({ persona: 'camille', attributes: { without: 'consumption' }, routes: { consumption: '/ma-conso' } });
      expect(textOf(element.querySelector('nav'))).not.to.include('Consommation');
      const dashboard = element.querySelector('oya-dashboard') as OyaElement;
      await until(() => textOf(dashboard).includes('Voir toute ma consommation'));
      expect(control<HTMLAnchorElement>(dashboard, 'Voir toute ma consommation').getAttribute('href')).to.equal('/ma-conso');
    });

    it('goes to a section: address, title, focus', async () => {
      const { element } = await open({ persona: 'camille' });
      await goTo(element, 'Consommation');
      expect(shown(element)).to.equal('oya-consumption');
      expect(location.hash).to.equal('#/consumption');
      expect(document.title).to.equal('Consommation – Mon espace, ENEO');
      expectFocusOn(heading(element));
      expect(textOf(heading(element))).to.equal('Consommation');
    });

    it('takes along what a link says beside the section, for one that was on view before as well, and Back leaves it', async () => {
      for (const attributes of [{}, { routing: 'path', base: '/mon-espace' }, { routing: 'none' }] as Record<string, string>[]) {
        const { element } = await open({ persona: 'camille', attributes });
        await goTo(element, 'Consommation');
        await goTo(element, 'Accueil');
        const told: string[] = [];
        const listen = () => void told.push(location.hash);
        addEventListener('hashchange', listen);
        const before = location.href;
        element.dispatchEvent(new OyaNavigateEvent('consumption', `${attributes['routing'] === 'path' ? '/mon-espace/consumption' : ''}#oya-curve=29400000-29443200`));
        const hash = attributes['routing'] === undefined ? '#/consumption?oya-curve=29400000-29443200' : '#oya-curve=29400000-29443200';
        expect(location.hash).to.equal(hash);
        await until(() => told.length === 1, 'whoever reads the address is told');
        expect([shown(element), told[0]]).to.deep.equal(['oya-consumption', hash]);
        history.back();
        await until(() => location.href === before, 'the address of before');
        removeEventListener('hashchange', listen);
        unmountAll();
        history.replaceState(null, '', '/');
      }
    });

    it('follows the links inside its sections', async () => {
      const { element } = await open({ persona: 'camille' });
      const dashboard = element.querySelector('oya-dashboard') as OyaElement;
      await until(() => textOf(dashboard).includes('Voir toute ma consommation'));
      control(dashboard, 'Voir toute ma consommation').click();
      await element.updateComplete;
      expect([shown(element), location.hash]).to.deep.equal(['oya-consumption', '#/consumption']);
    });

    it('lets the host route instead', async () => {
      const { element } = await open({ persona: 'camille' });
      const cancel = (event: Event) => event.preventDefault();
      window.addEventListener('oya-navigate', cancel, { capture: true });
      await goTo(element, 'Consommation');
      window.removeEventListener('oya-navigate', cancel, { capture: true });
      expect([shown(element), location.hash]).to.deep.equal(['oya-dashboard', '']);
    });

    it('goes Back and forward', async () => {
      const { element } = await open({ persona: 'camille' });
      await goTo(element, 'Consommation');
      history.back();
      await until(() => shown(element) === 'oya-dashboard');
      await element.updateComplete;
      expectFocusOn(heading(element));
      expect(document.title).to.equal('Accueil – Mon espace, ENEO');
      history.forward();
      await until(() => shown(element) === 'oya-consumption');
    });

    it('keeps the goodbye of a closed account on view until the visitor goes on', async () => {
      location.hash = '#/profile';
      const { element } = await open({ persona: 'camille' });
      const profile = element.querySelector('oya-profile') as OyaElement;
      await until(() => profile.querySelector('.open-closure'), 'the account');
      profile.querySelector<HTMLElement>('.open-closure')?.click();
      await until(() => profile.querySelector('form.closure'), 'the form');
      (profile.querySelector('[name=currentPassword]') as HTMLInputElement).value = findPersona('camille').password;
      profile.querySelector<HTMLFormElement>('form.closure')?.requestSubmit();
      await until(() => textOf(element).includes('Votre compte est fermé'), 'the goodbye');
      expect([shown(element), element.querySelector('nav')]).to.deep.equal(['oya-profile', null]);
      location.hash = '#/login';
      await until(() => shown(element) === 'oya-login', 'the sign-in');
      expect(element.querySelector('oya-profile')).to.equal(null);
    });

    it('opens at the section that the address asks for, without taking the focus', async () => {
      location.hash = '#/consumption';
      const { element } = await open({ persona: 'camille' });
      expect(shown(element)).to.equal('oya-consumption');
      expect(document.activeElement).to.equal(document.body);
    });

    it('begins at its start for an address that names no section, and stays where it is for an anchor of the page', async () => {
      location.hash = '#/nothing';
      const { element } = await open({ persona: 'camille' });
      expect(shown(element)).to.equal('oya-dashboard');
      location.hash = '#/consumption';
      await until(() => shown(element) === 'oya-consumption');
      location.hash = '#contact';
      await new Promise((resolve) => setTimeout(resolve, 30));
      expect(shown(element)).to.equal('oya-consumption');
    });

    it('keeps a section as it was left', async () => {
      const { element } = await open({ persona: 'camille' });
      await goTo(element, 'Consommation');
      const consumption = element.querySelector('oya-consumption') as OyaElement;
      await until(() => consumption.state === 'ready');
      control(consumption, 'Année').click();
      await goTo(element, 'Accueil');
      await goTo(element, 'Consommation');
      expect(element.querySelector('oya-consumption')).to.equal(consumption);
      expect(control(consumption, 'Année').getAttribute('aria-pressed')).to.equal('true');
    });

    it('keeps the address with routing="none"', async () => {
      const { element } = await open({ persona: 'camille', attributes: { routing: 'none' } });
      const before = [location.href, history.length];
      await goTo(element, 'Consommation');
      expect(shown(element)).to.equal('oya-consumption');
      expect([location.href, history.length]).to.deep.equal(before);
    });

    it('writes paths with routing="path"', async () => {
      const here = location.pathname + location.search;
      const { element } = await open({ persona: 'camille', attributes: { routing: 'path', base: '/mon-espace' } });
      await goTo(element, 'Consommation');
      expect(location.pathname).to.equal('/mon-espace/consumption');
      history.replaceState(null, '', here);
    });

    it('takes hash for a routing that there is not', async () => {
      const { element } = await open({ persona: 'camille', attributes: { routing: 'magic' } });
      expect(element.routing).to.equal('hash');
    });

    it('gives the host its title back', async () => {
      const { provider } = await open({ persona: 'camille' });
      expect(document.title).to.equal('Accueil – Mon espace, ENEO');
      provider.remove();
      expect(document.title).to.equal('Mon espace, ENEO');
    });

    it('writes the title in the host’s way, or leaves it alone', async () => {
      await open({ persona: 'camille', attributes: { 'title-template': 'ENEO : {section}' } });
      expect(document.title).to.equal('ENEO : Accueil');
      unmountAll();
      await open({ persona: 'camille', attributes: { 'title-template': 'none' } });
      expect(document.title).to.equal('Mon espace, ENEO');
    });

    it('has a link that skips the navigation and leaves the address alone', async () => {
      const { element } = await open({ persona: 'camille' });
      control(element, 'Aller au contenu de l’espace client').click();
      await element.updateComplete;
      expectFocusOn(heading(element));
      expect(location.hash).to.equal('');
    });

    it('passes on the contract, the language and the level of headings', async () => {
      const { element } = await open({ persona: 'nadia', attributes: { contract: 'nadia-gas', lang: 'en', 'heading-level': '1' } });
      const dashboard = element.querySelector('oya-dashboard');
      expect(['contract', 'lang', 'heading-level'].map((name) => dashboard?.getAttribute(name))).to.deep.equal(['nadia-gas', 'en', '2']);
      expect(heading(element)?.localName).to.equal('h1');
      expect(textOf(element)).to.include('Home');
    });
  });

  describe('for a visitor', () => {
    it('is the sign-in, in the light DOM', async () => {
      const { element } = await open({});
      expect(shown(element)).to.equal('oya-login');
      expect(element.querySelector('nav')).to.equal(null);
      await until(() => document.querySelector('input[autocomplete="current-password"]'));
    });

    it('goes on to what was asked for', async () => {
      location.hash = '#/consumption';
      const { element } = await open({});
      expect(shown(element)).to.equal('oya-login');
      await signIn(element);
      expect([shown(element), location.hash]).to.deep.equal(['oya-consumption', '#/consumption']);
      expectFocusOn(heading(element));
    });

    it('does not stay at the sign-in after it', async () => {
      location.hash = '#/login';
      const { element } = await open({});
      await signIn(element);
      expect([shown(element), location.hash]).to.deep.equal(['oya-dashboard', '#/dashboard']);
    });

    it('tells the host of the sign-in, and keeps no form', async () => {
      const { element, provider } = await open({});
      let told = 0;
      provider.addEventListener('oya-signed-in', () => told++);
      await signIn(element);
      await until(() => told === 1);
      await until(() => !element.querySelector('oya-login'));
    });

    it('says that nothing is offered, where nothing is', async () => {
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { signIn: undefined }) });
      expect(textOf(element)).to.include('Votre espace n’est pas encore disponible ici');
    });

    it('says with a retry that the space cannot be reached', async () => {
      const { element } = await open({ faults: { '*': 'not-found' } });
      await until(() => element.state === 'error');
      expect(control(element, 'Réessayer').getBoundingClientRect().height).to.be.at.least(44);
    });
  });

  describe('when somebody leaves', () => {
    it('is the sign-in again, with nothing left of the customer', async () => {
      const { element, provider } = await open({ persona: 'camille' });
      let told = 0;
      provider.addEventListener('oya-signed-out', () => told++);
      control(element, 'Me déconnecter').focus();
      control(element, 'Me déconnecter').click();
      await until(() => shown(element) === 'oya-login');
      await element.updateComplete;
      expect(told).to.equal(1);
      expect(element.querySelector('oya-dashboard')).to.equal(null);
      expect(textOf(element)).to.include('Votre session est fermée.').and.not.to.include('Camille');
      expectFocusOn(heading(element));
    });

    it('says when signing out has failed', async () => {
      const { element } = await open({ persona: 'camille', faults: { signOut: 'unavailable' } });
      control(element, 'Me déconnecter').click();
      await until(() => textOf(element.querySelector('[role=alert]')).includes('Votre session est encore ouverte'));
    });

    it('is at the same place, as it was left, after a session that ended by itself', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      await goTo(element, 'Consommation');
      const consumption = element.querySelector('oya-consumption') as OyaElement;
      await until(() => consumption.state === 'ready');
      control(consumption, 'Année').click();
      await until(() => consumption.shadowRoot?.querySelector('.stale') === null);
      adapter.controls.expireSession();
      control(consumption, /Période précédente/).click();
      await until(() => shown(element) === 'oya-login');
      await until(() => textOf(element).includes('Votre session est terminée'));
      await signIn(element);
      expect([shown(element), location.hash]).to.deep.equal(['oya-consumption', '#/consumption']);
      expect(element.querySelector('oya-consumption')).to.equal(consumption);
      await until(() => consumption.state === 'ready');
      expect(control(consumption, 'Année').getAttribute('aria-pressed')).to.equal('true');
    });

    it('keeps nothing for another customer', async () => {
      const { element, adapter } = await open({ persona: 'camille' });
      const dashboard = element.querySelector('oya-dashboard');
      adapter.controls.expireSession();
      await goTo(element, 'Consommation');
      await until(() => shown(element) === 'oya-login');
      await signIn(element, 'lucien');
      expect(element.querySelector('oya-dashboard')).not.to.equal(dashboard);
    });
  });

  describe('with a section beside it', () => {
    it('shares the contract that is chosen', async () => {
      const { element, provider } = await open({ persona: 'helene' });
      const outside = document.createElement('oya-consumption') as OyaElement;
      provider.append(outside);
      const dashboard = element.querySelector('oya-dashboard') as OyaElement;
      await until(() => dashboard.shadowRoot?.querySelector('select') && outside.shadowRoot?.querySelector('select'));
      const select = dashboard.shadowRoot?.querySelector('select') as HTMLSelectElement;
      select.value = 'helene-second-electricity';
      select.dispatchEvent(new Event('change'));
      await until(() => outside.shadowRoot?.querySelector('select')?.value === 'helene-second-electricity');
    });

    it('is where that section’s links lead', async () => {
      const { element, provider } = await open({ persona: 'camille', attributes: { without: 'dashboard' } });
      expect(shown(element)).to.equal('oya-consumption');
      const outside = document.createElement('oya-dashboard') as OyaElement;
      provider.append(outside);
      await until(() => textOf(outside).includes('Voir toute ma consommation'));
      control(outside, 'Voir toute ma consommation').click();
      await element.updateComplete;
      expectFocusOn(heading(element));
      expect(document.title).to.include('Consommation');
    });
  });

  describe('on a phone', () => {
    it('opens its navigation from a button, and closes it with Escape or a choice', async () => {
      const { element } = await open({ persona: 'camille' }, 320);
      const button = control(element, /^Menu/);
      expect(button.getAttribute('aria-expanded')).to.equal('false');
      expect(element.querySelector('nav ul')?.getBoundingClientRect().height).to.equal(0);
      button.click();
      await element.updateComplete;
      expect(button.getAttribute('aria-expanded')).to.equal('true');
      const link = control(element, 'Consommation');
      for (const target of element.querySelectorAll('nav a, nav button')) expect(target.getBoundingClientRect().height).to.be.at.least(44);
      link.focus();
      link.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
      await element.updateComplete;
      expect(button.getAttribute('aria-expanded')).to.equal('false');
      expectFocusOn(button);
      button.click();
      await goTo(element, 'Consommation');
      expect(button.getAttribute('aria-expanded')).to.equal('false');
    });

    it('fits', async () => {
      const { element } = await open({ persona: 'camille' }, 320);
      expect(element.scrollWidth).to.be.at.most(320);
    });
  });

  it('looks the same on a page that restyles every element', async () => {
    const { element } = await open({ persona: 'camille' });
    const before = looks(element);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('a, button, nav, ul, li, div, p, span, h1, h2, h3 { color: red; background: yellow; border: 9px solid; float: right; font: 40px serif; margin: 3em; padding: 2em; text-transform: uppercase } svg { width: 99px; fill: red }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const after = looks(element);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
    expect(after).to.deep.equal(before);
  });

  for (const [name, options, width] of [['a customer', { persona: 'camille' }, 1000], ['a customer on a phone', { persona: 'camille' }, 320], ['a visitor', {}, 1000]] as const) {
    it(`can be used by everyone: ${name}`, async () => {
      const { element } = await open(options, width);
      if (width === 320) control(element, /^Menu/).click();
      await until(() => element.querySelector('form') ?? textOf(element.querySelector('oya-dashboard')).includes('Bonjour'));
      await expectAccessible(element);
    });
  }
});

async function open(options: MountOptions, width = 1000) {
  const mounted = await mount<OyaPortal>('oya-portal', options);
  mounted.provider.style.display = 'block';
  mounted.provider.style.inlineSize = `${width}px`;
  await mounted.element.updateComplete;
  return mounted;
}

async function goTo(element: OyaPortal, name: string): Promise<void> {
  control(element, name).click();
  await element.updateComplete;
}

async function signIn(element: OyaPortal, who = 'camille'): Promise<void> {
  await until(() => element.querySelector('input[name=password]'));
  const { login, password } = findPersona(who);
  const [loginField, passwordField] = element.querySelectorAll<HTMLInputElement>('input');
  (loginField as HTMLInputElement).value = login;
  (passwordField as HTMLInputElement).value = password;
  (passwordField as HTMLInputElement).focus();
  element.querySelector('form')?.requestSubmit();
  await until(() => element.querySelector('nav'), 'the space is there');
  await element.updateComplete;
}

/** The tag of the section on view. */
function shown(element: OyaPortal): string | undefined {
  return section(element)?.lastElementChild?.localName;
}

function heading(element: OyaPortal): Element | null | undefined {
  return section(element)?.querySelector(':scope > .unseen > *');
}

function section(element: OyaPortal): Element | null {
  return element.querySelector('.section:not([hidden])');
}

/** What of the portal's own looks a host page could have changed. */
function looks(element: OyaPortal): string[] {
  const properties = ['color', 'background-color', 'border-top-width', 'float', 'font', 'margin-top', 'padding-left', 'text-transform', 'width', 'fill'];
  return [...element.querySelectorAll('.oya-part, .oya-part > svg')].map((each) => {
    const style = getComputedStyle(each);
    return `${each.localName} ${properties.map((property) => style.getPropertyValue(property)).join(' ')}`;
  });
}
