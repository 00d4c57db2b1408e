import { amendAdapter, describeTerritory, PortalError, type Territory } from '@oya/contract';
import { territory } from '@oya/personas';
import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaUtilityPicker } from './utility-picker.ts';
import './utility-picker.define.ts';

const PORTALS = { 'portal-eneo': 'https://www.eneo.example/espace-client', 'portal-sicae': 'https://www.sicae.example/espace-client' };

describe('<oya-utility-picker>', () => {
  afterEach(unmountAll);

  describe('the answer', () => {
    const table: [typed: string, energy: Energy, supplier: string, reason: string][] = [
      ['Carmaux', 'electricity', 'ENEO', 'À Carmaux, ENEO fournit l’électricité et le gaz.'],
      ['Carmaux', 'gas', 'ENEO', 'À Carmaux, ENEO fournit l’électricité et le gaz.'],
      ['ROSIERES', 'gas', 'ENEO', 'Hors de Carmaux aussi, ENEO fournit le gaz.'],
      ['monestiès', 'gas', 'ENEO', 'Hors de Carmaux aussi, ENEO fournit le gaz.'],
      ['Ste Gemme', 'electricity', 'SICAE', 'Dans les communes du Ségala, SICAE fournit l’électricité.'],
      ['Tanus', 'electricity', 'SICAE', 'Dans les communes du Ségala, SICAE fournit l’électricité.'],
    ];
    for (const [typed, energy, supplier, reason] of table) {
      it(`for ${typed} and ${energy} is ${supplier}, with the reason and the way to its portal`, async () => {
        const { element } = await open({ routes: PORTALS });
        await answer(element, typed, energy);
        expect(textOf(element.renderRoot.querySelector('h3'))).to.equal(supplier);
        expect(textOf(outcome(element))).to.include(reason);
        expect(control<HTMLAnchorElement>(outcome(element)!, `Ouvrir mon espace ${supplier}`).href).to.equal(PORTALS[`portal-${supplier.toLowerCase()}` as keyof typeof PORTALS]);
        expect(status(element)).to.equal(`${supplier}. ${reason}`);
      });
    }

    it('leads where the territory says when the page has no route of its own', async () => {
      const { element } = await open();
      await answer(element, 'Carmaux', 'gas');
      expect(control(element, 'Ouvrir mon espace ENEO').getAttribute('href')).to.equal('/eneo/espace-client');
    });

    it('tells of the other energy where that is another portal, and else not', async () => {
      const { element } = await open();
      await answer(element, 'Tanus', 'electricity');
      expect(textOf(outcome(element))).to.include('Et votre gaz ? Il est chez ENEO.');
      expect(control(element, 'Ouvrir mon espace ENEO').getAttribute('href')).to.equal('/eneo/espace-client');
      await answer(element, 'Carmaux', 'electricity');
      expect(textOf(outcome(element))).not.to.include('gaz ?');
      await answer(element, 'Le Garric', 'gas');
      expect(textOf(outcome(element))).to.include('L’électricité de cette commune vient d’un autre fournisseur');
    });

    it('says that nobody of the installation supplies it, and whom to ask', async () => {
      const { element } = await open();
      await answer(element, 'Le Garric', 'electricity');
      expect(textOf(element.renderRoot.querySelector('h3'))).to.equal('Ici, l’électricité vient d’un autre fournisseur');
      expect(control(element, '05 36 49 30 10').getAttribute('href')).to.equal('tel:0536493010');
      expect(control(element, 'contact@oya-energies.fr').getAttribute('href')).to.equal('mailto:contact@oya-energies.fr');
      expect(textOf(outcome(element))).to.include('Et votre gaz ? Il est chez ENEO.');
      await expectAccessible(element);
    });

    it('goes with the commune that it was for', async () => {
      const { element } = await open();
      await answer(element, 'Carmaux', 'gas');
      await type(element, 'Tan');
      expect(outcome(element)).to.equal(null);
      control(element, 'Effacer la commune').click();
      await element.updateComplete;
      expectFocusOn(field(element));
      expect(field(element).value).to.equal('');
    });

    it('is told to the host page by the utility’s id and nothing else, for each commune and energy', async () => {
      const { element } = await open();
      const chosen: string[] = [];
      document.body.addEventListener('oya-utility-chosen', (event) => chosen.push(event.utility));
      await answer(element, 'Tanus', 'electricity');
      radio(element, 'gas').click();
      await answer(element, 'Le Garric', 'electricity');
      expect(chosen).to.deep.equal(['sicae', 'eneo', 'eneo']);
    });

    it('lets the host page route the link', async () => {
      const { element } = await open({ routes: PORTALS });
      await answer(element, 'Carmaux', 'gas');
      const seen: string[] = [];
      element.addEventListener('oya-navigate', (event) => (event.preventDefault(), seen.push(event.view, event.href)), { once: true });
      control(element, 'Ouvrir mon espace ENEO').click();
      expect(seen).to.deep.equal(['portal-eneo', PORTALS['portal-eneo']]);
    });

    it('never links to an address that would run code, and gives the utility’s contact instead', async () => {
      const { element } = await open({ routes: { 'portal-eneo': 'javascript:alert(1)' } });
      await answer(element, 'Carmaux', 'gas');
      expect([...element.renderRoot.querySelectorAll('a')].map((link) => link.protocol)).to.deep.equal(['tel:', 'mailto:']);
      expect(textOf(outcome(element))).to.include('05 36 49 10 10');
    });
  });

  describe('the commune', () => {
    it('is found by a former name, which is said', async () => {
      const { element } = await open();
      await type(element, 'cramau');
      expect(options(element)).to.deep.equal(['Carmaux 81400, anciennement Cramaux']);
      await press(element, 'Enter');
      expect([field(element).value, describedBy(element)]).to.deep.equal(['Carmaux', '81400, anciennement Cramaux']);
    });

    it('is found by its postcode', async () => {
      const { element } = await open();
      await type(element, '81350');
      expect(options(element).map((option) => option.split(' ')[0])).to.deep.equal(['Andouque', 'Crespin', 'Saint-Jean-de-Marcel', 'Saussenac', 'Valderiès']);
      expect(status(element)).to.equal('5 communes trouvées. Choisissez la vôtre avec la flèche du bas, puis Entrée.');
    });

    it('is chosen with the mouse, and the field keeps the focus', async () => {
      const { element } = await open();
      await type(element, 'mar');
      const option = element.renderRoot.querySelector<HTMLElement>('[role=option]')!;
      expect(option.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, composed: true }))).to.equal(false);
      option.click();
      await element.updateComplete;
      expect(field(element).value).to.equal('Saint-Jean-de-Marcel');
      expectFocusOn(field(element));
      expect(status(element)).to.equal('Saint-Jean-de-Marcel. Indiquez maintenant votre énergie.');
    });

    it('that is not in the list is said to be so, with somebody to ask', async () => {
      const { element } = await open({ attributes: { energy: 'gas' } });
      await type(element, 'Toulouse');
      expect([status(element), textOf(element.renderRoot.querySelector('h3'))]).to.deep.equal(Array(2).fill('Cette commune n’est pas dans notre liste'));
      expect(control(element, '05 36 49 30 10').getAttribute('href')).to.equal('tel:0536493010');
      expect(field(element).getAttribute('aria-expanded')).to.equal('false');
      await expectAccessible(element);
    });

    it('is not said to be missing at its first letters', async () => {
      const { element } = await open();
      await type(element, 'zz');
      expect(outcome(element)).to.equal(null);
    });

    it('is asked for when the field is left with words that several fit', async () => {
      const { element } = await open();
      await type(element, 'saint');
      await press(element, 'Tab');
      expect(field(element).getAttribute('aria-invalid')).to.equal('true');
      expect(describedBy(element)).to.include('Choisissez votre commune dans la liste');
      await expectAccessible(element);
      field(element).focus();
      await press(element, 'ArrowDown');
      await press(element, 'Enter');
      expect(field(element).hasAttribute('aria-invalid')).to.equal(false);
    });

    it('is taken when the field is left with its whole name, though others hold it too', async () => {
      const { element } = await open({ attributes: { energy: 'gas' } });
      await type(element, 'carmaux');
      expect(options(element)).to.have.length(2);
      field(element).blur();
      await element.updateComplete;
      expect(textOf(element.renderRoot.querySelector('h3'))).to.equal('ENEO');
    });

    it('keeps a list that is long short, and says so', async () => {
      const many: Territory = {
        ...territory,
        communes: Array.from({ length: 45 }, (_, index) => ({ id: `c${index}`, name: `Saint-Numéro ${index}`, postcodes: ['81400'] })),
        rules: [{ communes: 'all', energies: ['gas'], utility: 'eneo', reason: { fr: 'Parce que.' } }],
      };
      const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { describeTerritory: async () => many }) });
      await type(element, 'st');
      expect(options(element)).to.have.length(30);
      expect(textOf(element.renderRoot.querySelector('.further'))).to.equal('15 autres communes correspondent. Précisez le nom ou le code postal.');
    });
  });

  describe('the keyboard', () => {
    it('goes through the list and round it, with the focus in the field', async () => {
      const { element } = await open();
      await type(element, 'mo');
      expect([field(element).getAttribute('aria-expanded'), active(element)]).to.deep.equal(['true', undefined]);
      await press(element, 'ArrowDown');
      expect(active(element)).to.equal('Monestiés 81640');
      await press(element, 'ArrowUp');
      expect(active(element)).to.equal('Moularès 81190');
      await press(element, 'ArrowDown');
      expect(active(element)).to.equal('Monestiés 81640');
      expectFocusOn(field(element));
      await expectAccessible(element);
      await press(element, 'Enter');
      expect([field(element).value, field(element).getAttribute('aria-expanded'), active(element)]).to.deep.equal(['Monestiés', 'false', undefined]);
    });

    it('closes the list with Escape, then clears the field', async () => {
      const { element } = await open();
      await type(element, 'mo');
      await press(element, 'Escape');
      expect([field(element).value, field(element).getAttribute('aria-expanded')]).to.deep.equal(['mo', 'false']);
      await press(element, 'Escape');
      expect(field(element).value).to.equal('');
    });

    it('opens the list again with the arrows: at its beginning, at its end, or without going into it', async () => {
      const { element } = await open();
      for (const [keys, reached] of [['ArrowDown', 'Monestiés 81640'], ['ArrowUp', 'Moularès 81190'], ['Alt+ArrowDown', undefined]] as const) {
        await type(element, 'mo');
        await press(element, 'Escape');
        await press(element, keys);
        expect([field(element).getAttribute('aria-expanded'), active(element)], keys).to.deep.equal(['true', reached]);
      }
      await press(element, 'Alt+ArrowUp');
      expect(field(element).getAttribute('aria-expanded')).to.equal('false');
    });

    it('takes the option that the arrows have reached when Tab leaves the field', async () => {
      const { element } = await open();
      await type(element, 'mo');
      await press(element, 'ArrowDown');
      await press(element, 'Tab');
      expect(field(element).value).to.equal('Monestiés');
    });

    it('answers by itself, from the field to the link', async () => {
      const { element } = await open({ routes: PORTALS });
      await type(element, 'tanus');
      await press(element, 'Enter');
      await press(element, 'Tab');
      await press(element, 'Tab');
      await press(element, 'Space');
      expect(textOf(element.renderRoot.querySelector('h3'))).to.equal('SICAE');
      await press(element, 'ArrowRight');
      expect(textOf(element.renderRoot.querySelector('h3'))).to.equal('ENEO');
      await press(element, 'Tab');
      expectFocusOn(control(element, 'Ouvrir mon espace ENEO'));
    });
  });

  describe('everywhere', () => {
    it('names its fields, and asks nothing twice', async () => {
      const { element } = await open();
      expect(textOf(element.renderRoot.querySelector('label[for=commune]'))).to.equal('Votre commune');
      expect(describedBy(element)).to.equal('Son nom ou son code postal');
      expect([...element.renderRoot.querySelectorAll('legend, .energy')].map(textOf)).to.deep.equal(['Votre énergie', 'Électricité', 'Gaz']);
      await expectAccessible(element);
    });

    it('begins with the energy that its attribute says, and with none for one that is not', async () => {
      const { element } = await open({ attributes: { energy: 'gas' } });
      expect(checked(element)).to.equal('gas');
      expect(checked((await open({ attributes: { energy: 'coal' } })).element)).to.equal(undefined);
    });

    it('speaks English, the installation’s sentences included', async () => {
      const { element } = await open({ lang: 'en' });
      await answer(element, 'Carmaux', 'gas');
      expect(textOf(element)).to.include('Find your customer space').and.to.include('In Carmaux, ENEO supplies both electricity and gas.');
      expect(control(element, 'Open my ENEO space').getAttribute('href')).to.equal('/eneo/espace-client');
    });

    it('takes the level of its title from the page, and the answer’s from that', async () => {
      const { element } = await open({ attributes: { 'heading-level': '4' } });
      await answer(element, 'Carmaux', 'gas');
      expect([textOf(element.renderRoot.querySelector('h4')), textOf(element.renderRoot.querySelector('h5'))]).to.deep.equal(['Trouvez votre espace client', 'ENEO']);
    });

    it('has targets of 44 pixels and fits into 320, from either side', async () => {
      for (const direction of ['ltr', 'rtl']) {
        const { element, provider } = await open({ routes: PORTALS });
        provider.style.display = 'block';
        provider.style.inlineSize = '320px';
        provider.dir = direction;
        const edge = provider.getBoundingClientRect();
        await answer(element, 'Mirandol', 'electricity');
        const answered = targets(element);
        await type(element, 'l');
        for (const { name, height, left, right } of [...answered, ...targets(element)]) {
          expect(height, name).to.be.at.least(44);
          expect(left, name).to.be.at.least(edge.left);
          expect(right, name).to.be.at.most(edge.right);
        }
        unmountAll();
      }
    });

    it('shows what an installation wrote as text, however hostile', async () => {
      const hostile = `<img src=x onerror=alert(1)>\u202E\0${'x'.repeat(10_000)}`;
      const { element } = await open({
        between: (sandbox) =>
          amendAdapter(sandbox, {
            describeTerritory: async () => ({ ...territory, suppliers: territory.suppliers.map((each) => ({ ...each, name: hostile })), rules: territory.rules.map((rule) => ({ ...rule, reason: { fr: hostile } })) }),
          }),
      });
      await answer(element, 'Carmaux', 'gas');
      expect(textOf(element.renderRoot.querySelector('h3'))).to.include('<img src=x');
      expect(element.renderRoot.querySelector('img')).to.equal(null);
      expect(element.renderRoot.querySelector('.frame')!.scrollWidth).to.be.at.most(element.clientWidth);
    });

    it('is unsupported where the portal has no territory, and an error with another try where it does not answer', async () => {
      const { element: without } = await open({ between: (sandbox) => amendAdapter(sandbox, { describeTerritory: async () => Promise.reject(new PortalError('unsupported')) }) });
      expect(without.state).to.equal('unsupported');
      let broken = true;
      const { element } = await open({
        between: (sandbox) =>
          amendAdapter(sandbox, {
            describeTerritory: (input, context) => (broken ? Promise.reject(new PortalError('not-found', { requestId: '4F2A' })) : sandbox.perform(describeTerritory, input, context)),
          }),
      });
      expect(textOf(element)).to.include('4F2A');
      broken = false;
      control(element, 'Réessayer').click();
      await until(() => element.state === 'ready');
    });
  });
});

type Energy = 'electricity' | 'gas';

async function open(options: MountOptions = {}) {
  return mount<OyaUtilityPicker>('oya-utility-picker', options);
}

function field(element: OyaUtilityPicker): HTMLInputElement {
  return element.renderRoot.querySelector('input[role=combobox]')!;
}

/** As from a keyboard: what was in the field goes. */
async function type(element: OyaUtilityPicker, text: string): Promise<void> {
  field(element).focus();
  field(element).select();
  await sendKeys({ type: text });
  await element.updateComplete;
}

async function press(element: OyaUtilityPicker, keys: string): Promise<void> {
  await sendKeys({ press: keys });
  await element.updateComplete;
}

async function answer(element: OyaUtilityPicker, typed: string, energy: Energy): Promise<void> {
  await type(element, typed);
  await press(element, 'Enter');
  radio(element, energy).click();
  await element.updateComplete;
}

function radio(element: OyaUtilityPicker, energy: Energy): HTMLInputElement {
  return element.renderRoot.querySelector<HTMLInputElement>(`input[value=${energy}]`)!;
}

function outcome(element: OyaUtilityPicker): HTMLElement | null {
  return element.renderRoot.querySelector('.answer');
}

function options(element: OyaUtilityPicker): string[] {
  return [...element.renderRoot.querySelectorAll('[role=option]')].map(textOf);
}

/** The option that assistive technology is told of. */
function active(element: OyaUtilityPicker): string | undefined {
  const id = field(element).getAttribute('aria-activedescendant');
  return id === null ? undefined : textOf(element.renderRoot.querySelector(`#${id}[role=option][aria-selected=true]`));
}

function describedBy(element: OyaUtilityPicker): string {
  const ids = field(element).getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => textOf(element.renderRoot.querySelector(`#${id}`))).join(' ');
}

function status(element: OyaUtilityPicker): string {
  return textOf(element.renderRoot.querySelector('[role=status]'));
}

function checked(element: OyaUtilityPicker): string | undefined {
  return element.renderRoot.querySelector<HTMLInputElement>('input[type=radio]:checked')?.value;
}

function targets(element: OyaUtilityPicker): { name: string; height: number; left: number; right: number }[] {
  return [...element.renderRoot.querySelectorAll('input[role=combobox], button, a, [role=option], .energy')].map((target) => {
    const { height, left, right } = target.getBoundingClientRect();
    return { name: `${target.localName} ${textOf(target)}`, height, left, right };
  });
}
