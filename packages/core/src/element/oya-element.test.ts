import { defineAdapter, listContracts, PortalError, type AdapterHandlers, type Output } from '@oya/contract';
import { expect } from 'chai';
import { html } from 'lit';
import { configure } from '../client/configuration.ts';
import { Resource } from '../client/resource.ts';
import { defineMessages } from '../i18n/words.ts';
import { define } from './define.ts';
import { important } from './light.ts';
import { OyaElement } from './oya-element.ts';

const testMessages = defineMessages('test-contracts', { title: 'Vos contrats' }, { en: () => Promise.resolve({ title: 'Your contracts' }) });

class TestContracts extends OyaElement {
  static override readonly messages = testMessages;
  readonly #contracts = new Resource(this, listContracts, () => ({}));

  protected override isEmpty(): boolean {
    return this.#contracts.data?.items.length === 0;
  }

  protected override renderReady(): unknown {
    return html`${this.heading(this.words(testMessages)('title'))}<output>${this.#contracts.data?.items.length}</output>${this.link('space', 'go')}`;
  }
}
define('test-contracts', TestContracts);

const contract: Output<'listContracts'>['items'][number] = {
  id: 'c1', energy: 'electricity', site: { id: 's', label: 'Maison', address: '1 rue', postcode: '81400', commune: 'Carmaux' },
  deliveryPoint: '00000000000000', number: 'EN-000000', holder: 'Camille Durand', offer: 'Base', subscribedPowerKva: 6, from: '2020-01-01', to: null,
};
const session = { state: 'signed-in', customer: { id: 'camille', displayName: 'Camille' }, expiresAt: '2030-01-01T00:00:00Z' };

async function mount(handlers: AdapterHandlers, attributes: Record<string, string> = {}): Promise<TestContracts> {
  await configure({ adapter: defineAdapter({ whoAmI: async () => session, listContracts: async () => ({ items: [contract] }), ...handlers }), routes: { space: '/espace', login: 'javascript:alert(1)' } });
  const element = document.createElement('test-contracts') as TestContracts;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  document.body.append(element);
  return element;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('waited 5 s in vain');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function text(element: Element): string {
  return element.shadowRoot?.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
}

describe('an element', () => {
  afterEach(() => {
    for (const element of document.querySelectorAll('test-contracts')) element.remove();
  });

  it('shows a placeholder, then its subject, and mirrors its state for the host’s styles', async () => {
    const element = await mount({});
    expect(element.state).to.equal('loading');
    await until(() => element.matches(':state(ready)'));
    expect(element.shadowRoot?.querySelector('output')?.textContent).to.equal('1');
    expect(element.matches(':state(loading)')).to.equal(false);
  });

  it('asks a visitor to sign in, and does not ask the portal for what is personal', async () => {
    let asked = 0;
    const element = await mount({ whoAmI: async () => ({ state: 'signed-out' }), listContracts: async () => (asked++, { items: [] }) });
    await until(() => element.state === 'signed-out');
    await element.updateComplete;
    expect(text(element)).to.contain('Connectez-vous');
    expect(asked).to.equal(0);
  });

  it('never links to an address that would run code', async () => {
    const element = await mount({ whoAmI: async () => ({ state: 'signed-out' }) });
    await until(() => element.state === 'signed-out');
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('a')).to.equal(null);
  });

  it('says what it lacks when the adapter does not offer it', async () => {
    await configure({ adapter: defineAdapter({ whoAmI: async () => session }) });
    const element = document.createElement('test-contracts') as TestContracts;
    document.body.append(element);
    await until(() => element.matches(':state(unsupported)'));
    expect(text(element)).to.contain('pas disponible');
  });

  it('says what the portal behind the adapter lacks, without another try', async () => {
    const element = await mount({ listContracts: async () => Promise.reject(new PortalError('unsupported')) });
    await until(() => element.matches(':state(unsupported)'));
    expect(text(element)).to.contain('pas disponible');
    expect(element.shadowRoot?.querySelector('button')).to.equal(null);
  });

  it('says when there is nothing', async () => {
    const element = await mount({ listContracts: async () => ({ items: [] }) });
    await until(() => element.matches(':state(empty)'));
  });

  it('shows an error with its words, reference and another try, which works', async () => {
    let broken = true;
    const element = await mount({
      listContracts: async () => {
        if (broken) throw new PortalError('not-found', { requestId: '4F2A' });
        return { items: [contract] };
      },
    });
    const kinds: string[] = [];
    element.addEventListener('oya-error', (event) => kinds.push(event.kind));
    await until(() => element.matches(':state(error)'));
    expect(text(element)).to.contain('introuvables').and.to.contain('4F2A');
    expect(element.shadowRoot?.querySelector('[role=alert]')).to.not.equal(null);
    expect(kinds).to.deep.equal(['not-found']);
    broken = false;
    element.shadowRoot?.querySelector('button')?.click();
    await until(() => element.matches(':state(ready)'));
  });

  it('leaves the focus to what comes in place of what had it', async () => {
    let down = true;
    const element = await mount({ listContracts: async () => (down ? Promise.reject(new PortalError('forbidden')) : { items: [contract] }) });
    await until(() => element.state === 'error');
    await element.updateComplete;
    element.shadowRoot?.querySelector('button')?.focus();
    down = false;
    element.shadowRoot?.querySelector('button')?.click();
    await until(() => element.state === 'ready');
    await element.updateComplete;
    await Promise.resolve();
    expect(element.shadowRoot?.activeElement?.textContent).to.equal('Vos contrats');
  });

  it('leaves the focus where it is when the customer goes on by themselves', async () => {
    const element = await mount({});
    await until(() => element.state === 'ready');
    const field = document.createElement('input');
    element.after(field);
    element.shadowRoot?.querySelector('a')?.focus();
    field.focus();
    element.requestUpdate();
    await element.updateComplete;
    expect(document.activeElement).to.equal(field);
    field.remove();
  });

  it('speaks the language of its attribute, else of the page, and follows a switch', async () => {
    const element = await mount({}, { lang: 'en' });
    await until(() => text(element).includes('Your contracts'));
    element.removeAttribute('lang');
    await until(() => text(element).includes('Vos contrats'));
    document.documentElement.lang = 'en';
    try {
      await until(() => text(element).includes('Your contracts'));
    } finally {
      document.documentElement.lang = 'fr';
    }
  });

  it('takes the heading level of the host’s outline, and falls back with a warning', async () => {
    const element = await mount({}, { 'heading-level': '4' });
    await until(() => element.matches(':state(ready)'));
    expect(element.shadowRoot?.querySelector('h4')).to.not.equal(null);
    element.setAttribute('heading-level', 'nine');
    await element.updateComplete;
    expect(element.shadowRoot?.querySelector('h2')).to.not.equal(null);
  });

  it('lets the host page route a link', async () => {
    const element = await mount({});
    await until(() => element.matches(':state(ready)'));
    const seen: string[] = [];
    document.body.addEventListener('oya-navigate', (event) => (event.preventDefault(), seen.push(event.view, event.href)), { once: true });
    element.shadowRoot?.querySelector('a')?.click();
    expect(seen).to.deep.equal(['space', '/espace']);
  });

  it('follows when the page configures another portal', async () => {
    const element = await mount({});
    await until(() => element.shadowRoot?.querySelector('output')?.textContent === '1');
    await configure({ adapter: defineAdapter({ whoAmI: async () => session, listContracts: async () => ({ items: [contract, { ...contract, id: 'c2' }] }) }) });
    await until(() => element.shadowRoot?.querySelector('output')?.textContent === '2');
  });

  it('works again after it was moved', async () => {
    const element = await mount({});
    await until(() => element.matches(':state(ready)'));
    element.remove();
    document.body.append(element);
    await until(() => element.matches(':state(ready)'));
    expect(element.shadowRoot?.querySelector('output')?.textContent).to.equal('1');
  });
});

describe('define', () => {
  it('yields to an element that the page has already', () => {
    const warn = console.warn;
    console.warn = () => {};
    try {
      define('test-contracts', class extends HTMLElement {});
    } finally {
      console.warn = warn;
    }
    expect(customElements.get('test-contracts')).to.equal(TestContracts);
  });
});

describe('light styles', () => {
  it('make every declaration important, also the last of a rule that the build made small', () => {
    expect(important('oya-login a:hover,oya-login b{color:red;--x:a}@media (width < 20rem){oya-login{gap:1px}}')).to.equal(
      'oya-login a:hover,oya-login b{color:red !important;--x:a !important}@media (width < 20rem){oya-login{gap:1px !important}}',
    );
  });

  it('make every declaration important, and nothing else', () => {
    const css = 'oya-login input:focus { color: red; --x: a;\n outline: 2px solid var(--c, #fff) !important; }\n@media (width < 20rem) { oya-login { gap: calc(1px + 2px); } }';
    expect(important(css)).to.equal(
      'oya-login input:focus { color: red !important; --x: a !important;\n outline: 2px solid var(--c, #fff) !important; }\n@media (width < 20rem) { oya-login { gap: calc(1px + 2px) !important; } }',
    );
  });
});
