import { expect } from 'chai';
import { expectAccessible, expectFocusOn, mount, textOf, unmountAll, until } from '../testing.ts';
import type { OyaApp } from './app.ts';
import './app.define.ts';
import { tabAt } from './tabs.ts';

/** Elements that stand in for those of the kit: an app is what its page has. */
for (const tag of ['oya-alerts', 'oya-ecowatt', 'oya-tempo', 'oya-emergency', 'oya-portal']) {
  customElements.define(
    tag,
    class extends HTMLElement {
      connectedCallback(): void {
        this.innerHTML ||= `<h2>${tag}</h2><p><label>${tag} <input></label></p>`;
      }
    },
  );
}

async function app(hash = ''): Promise<OyaApp> {
  history.replaceState(null, '', `${location.pathname}${location.search}${hash}`);
  const { element } = await mount<OyaApp>('oya-app', { persona: 'camille' });
  await until(() => element.textContent.includes('ENEO'), 'the utility is named');
  return element;
}

function tabs(element: OyaApp): HTMLAnchorElement[] {
  return [...element.querySelectorAll<HTMLAnchorElement>('nav a')];
}

function shown(element: OyaApp): string[] {
  return [...element.querySelectorAll<HTMLElement>('.tab-content:not([hidden]) > *')].map(({ localName }) => localName);
}

async function touch(element: OyaApp, name: string): Promise<void> {
  tabs(element).find((tab) => textOf(tab) === name)?.click();
  await until(() => textOf(tabs(element).find((tab) => tab.hasAttribute('aria-current'))) === name, `${name} is on view`);
  await element.updateComplete;
}

describe('the app', () => {
  afterEach(() => {
    unmountAll();
    history.replaceState(null, '', `${location.pathname}${location.search}`);
  });

  it('has a tab for each thing that its page has elements for, and begins with the first', async () => {
    const element = await app();
    expect(tabs(element).map((tab) => textOf(tab))).to.deep.equal(['Alertes', 'Météo', 'Urgences', 'Mon espace']);
    expect(shown(element)).to.deep.equal(['oya-alerts']);
    await expectAccessible(element);
  });

  it('shows the tab that is touched, under its name, with the focus there', async () => {
    const element = await app();
    await touch(element, 'Météo');
    expect(shown(element)).to.deep.equal(['oya-ecowatt', 'oya-tempo']);
    expect(location.hash).to.equal('#weather');
    const title = element.querySelector('.title > *');
    expect(textOf(title)).to.equal('Météo de l’énergie');
    expectFocusOn(title);
    expect(document.title).to.match(/^Météo de l’énergie/);
  });

  it('keeps what was typed in a tab, and makes it only when it is visited', async () => {
    const element = await app();
    expect(element.querySelector('oya-emergency')).to.equal(null);
    const field = element.querySelector<HTMLInputElement>('oya-alerts input');
    if (field) field.value = 'Carmaux';
    await touch(element, 'Urgences');
    await touch(element, 'Alertes');
    expect(element.querySelector<HTMLInputElement>('oya-alerts input')?.value).to.equal('Carmaux');
  });

  it('begins with what an address asks for: a shortcut to a section of the space is in the space', async () => {
    const element = await app('#/consumption');
    expect(shown(element)).to.deep.equal(['oya-portal']);
    expect(element.querySelector('oya-portal')?.getAttribute('without')).to.equal('alerts tempo ecowatt procedures emergency');
  });

  it('follows the portal, which changes the address by itself, and Back', async () => {
    const element = await app('#alerts');
    history.pushState(null, '', '#/invoices');
    element.querySelector('oya-alerts')?.dispatchEvent(new Event('oya-navigate', { bubbles: true, composed: true }));
    await until(() => shown(element)[0] === 'oya-portal', 'the space is on view');
    history.back();
    await until(() => shown(element)[0] === 'oya-alerts', 'the alerts are on view');
  });

  it('has nothing on the icon to count once the alerts are on view', async () => {
    let cleared = 0;
    Object.defineProperty(navigator, 'clearAppBadge', { value: async () => cleared++, configurable: true });
    try {
      const element = await app('#weather');
      expect(cleared).to.equal(0);
      await touch(element, 'Alertes');
      expect(cleared).to.be.greaterThan(0);
    } finally {
      Reflect.deleteProperty(navigator, 'clearAppBadge');
    }
  });

  it('gives the page its title back', async () => {
    document.title = 'ENEO';
    await app();
    expect(document.title).to.equal('Mes alertes – ENEO');
    unmountAll();
    expect(document.title).to.equal('ENEO');
  });

  it('hears of a tab by its address only', () => {
    expect(['', '#', '#/', '#/invoices', '#alerts', '#oya-procedure=new:moving', '#oya-invoice=a/b', '#contenu'].map(tabAt)).to.deep.equal([undefined, undefined, 'space', 'space', 'alerts', 'steps', undefined, undefined]);
  });
});
