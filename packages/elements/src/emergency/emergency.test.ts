import type { SandboxAdapter } from '@oya/adapters/sandbox';
import { amendAdapter, describeUtility, PortalError, type Utility } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaEmergency } from './emergency.ts';
import './emergency.define.ts';

const PAGE = '<p>Odeur de gaz : <a href="tel:0536491030">05 36 49 10 30</a></p>';

describe('<oya-emergency>', () => {
  afterEach(unmountAll);

  it('shows whom to call, gas first, with what to do and when they answer', async () => {
    const { element } = await open();
    const titles = [...element.renderRoot.querySelectorAll('.emergency h3')].map(textOf);
    expect(titles).to.deep.equal(['Vous sentez une odeur de gaz', 'Vous n’avez plus de courant']);
    const gas = section(element, '.gas');
    expect(numbers(gas)).to.deep.equal(['tel:0536491030', 'sms:0639981030']);
    expect([...gas.querySelectorAll('li')].map(textOf).at(0)).to.equal('Pas de flamme, pas de cigarette.');
    expect([...gas.querySelectorAll('li')].map(textOf).at(-1)).to.equal('Appelez de dehors, loin de l’odeur.');
    expect(textOf(gas)).to.include('Tous les jours, à toute heure');
    expect(numbers(section(element, '.danger'))).to.deep.equal(['tel:112', 'sms:114']);
    expect(numbers(section(element, '.otherwise'))).to.deep.equal(['tel:0536491010']);
    await expectAccessible(element);
  });

  it('keeps to one energy, and says where the utility has no number for it', async () => {
    const { element } = await open({ attributes: { energy: 'electricity' } });
    expect(element.renderRoot.querySelector('.gas')).to.equal(null);
    unmountAll();
    const sicae = await open({ persona: 'marc', attributes: { energy: 'gas' } });
    expect(textOf(section(sicae.element, '.page-numbers'))).to.equal('SICAE n’indique pas de numéro pour cette urgence. Le numéro est sur votre facture. En cas de danger, appelez le 112.');
  });

  it('leaves out numbers that answer only elsewhere', async () => {
    const between = amending((utility) => ({
      ...utility,
      contacts: ['Tanus', 'Valderiès'].map((name, at) => ({ purpose: 'electricity-breakdown' as const, label: { fr: 'Dépannage' }, phone: `05 36 49 20 2${at}`, place: [name] })),
    }));
    const { element } = await open({ between, attributes: { commune: 'valderies' } });
    expect(numbers(section(element, '.contact'))).to.deep.equal(['tel:0536492021']);
    expect(textOf(section(element, '.contact'))).to.match(/^Dépannage. Pour Valderiès/);
    element.commune = undefined;
    await until(() => element.renderRoot.querySelectorAll('.contact').length === 2, 'both');
  });

  it('links only to addresses that a page may link to', async () => {
    const between = amending((utility) => ({ ...utility, contacts: [{ purpose: 'gas-emergency', label: { fr: '<b>Gaz</b>' }, phone: '05 36 49 10 30', textRelay: 'javascript:alert(1)' }] }));
    const { element } = await open({ between });
    expect(numbers(section(element, '.gas'))).to.deep.equal(['tel:0536491030']);
    expect(textOf(element)).to.include('<b>Gaz</b>');
  });

  it('keeps the numbers of the page while it loads and when the portal cannot be reached', async () => {
    let fail: (error: PortalError) => void = () => undefined;
    const between = (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: () => new Promise((_, reject) => (fail = reject)) });
    const provider = document.createElement('oya-provider');
    const { sandboxAdapter } = await import('@oya/adapters/sandbox');
    provider.configuration = { adapter: between(sandboxAdapter()) };
    provider.innerHTML = `<oya-emergency>${PAGE}</oya-emergency>`;
    document.body.append(provider);
    const element = provider.firstElementChild as OyaEmergency;
    const seen = () => (element.firstElementChild as HTMLElement).checkVisibility() && (element.firstElementChild as HTMLElement).offsetHeight > 0;
    await until(() => element.client && element.state === 'loading' && element.renderRoot.querySelector('slot'), 'it loads');
    expect(seen()).to.equal(true);
    // Answers that could never have come are asked for once more: each is refused.
    const refusing = setInterval(() => fail(new PortalError('unsupported')), 5);
    await until(() => element.state !== 'loading', 'the portal said that it does not know').finally(() => clearInterval(refusing));
    expect(seen()).to.equal(true);
    expect(numbers(section(element, '.danger'))).to.deep.equal(['tel:112', 'sms:114']);
  });

  it('is never an empty box: without numbers of the page, it tells of 112 and of what happened', async () => {
    const { element } = await open({ faults: { describeUtility: 'offline' } });
    expect(element.state).to.equal('error');
    expect(numbers(section(element, '.danger'))).to.deep.equal(['tel:112', 'sms:114']);
    expect(element.renderRoot.querySelector('.notice.error')).to.not.equal(null);
    await expectAccessible(element);
  });

  it('prints a card of one line for each number, in place of the page', async () => {
    const { element } = await open();
    const printed: string[] = [];
    const { print } = window;
    window.print = () => {
      printed.push(...[...document.querySelectorAll('body > .oya-emergency-card > *')].map((line) => textOf(line).replaceAll('\u202f', ' ')));
    };
    const sheets = document.adoptedStyleSheets.length;
    try {
      control(element, 'Imprimer ces numéros').click();
    } finally {
      window.print = print;
    }
    expect(printed).to.deep.equal([
      'Urgences, ENEO',
      'Urgence gaz : odeur ou fuite : 05 36 49 10 30, SMS 06 39 98 10 30, tous les jours, à toute heure',
      'Dépannage électricité : 05 36 49 10 20, SMS 06 39 98 10 20, tous les jours, à toute heure',
      'Danger : 112, SMS 114',
    ]);
    dispatchEvent(new Event('afterprint'));
    expect(document.querySelector('.oya-emergency-card')).to.equal(null);
    expect(document.adoptedStyleSheets.length).to.equal(sheets);
  });

  it('speaks English', async () => {
    const { element } = await open({ lang: 'en' });
    await until(() => textOf(element).includes('You smell gas'), 'English');
    expect(textOf(section(element, '.gas'))).to.include('Every day, at any hour');
  });
});

function open(options: MountOptions = {}) {
  return mount<OyaEmergency>('oya-emergency', { persona: null, ...options });
}

function section(element: OyaEmergency, selector: string): Element {
  const found = element.renderRoot.querySelector(selector);
  if (!found) throw new Error(`there is no ${selector} in: ${textOf(element).slice(0, 300)}`);
  return found;
}

function numbers(within: Element): string[] {
  return [...within.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
}

function amending(amend: (utility: Utility) => Utility) {
  return (sandbox: SandboxAdapter) => amendAdapter(sandbox, { describeUtility: async () => amend(await sandbox.perform(describeUtility, {}, {})) });
}
