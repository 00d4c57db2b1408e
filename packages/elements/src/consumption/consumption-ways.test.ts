import { sendKeys } from '@web/test-runner-commands';
import { expect } from 'chai';
import { control, expectAccessible, focused, textOf, unmountAll, until } from '../testing.ts';
import type { OyaConsumption } from './consumption.ts';
import { barButtons, bars, curve, facts, finding, number, open, part, press, settled, spoken, title } from './testing/element.ts';

describe('ways about <oya-consumption>', () => {
  afterEach(unmountAll);

  it('lead from all years to a year, a month, a day and its half-hours, and back by Escape, each time to where one was', async () => {
    const { element } = await open({ persona: 'camille', attributes: { view: 'years' } });
    await until(() => title(element) === '2024–2026');
    expect(bars(element).values).to.have.length(3);
    barButtons(element)[1]?.click();
    await until(() => title(element) === '2025' && bars(element).values.length === 12);
    barButtons(element)[7]?.click();
    await until(() => title(element) === 'Août 2025' && bars(element).values.length === 31);
    barButtons(element)[9]?.click();
    await until(() => curve(element));
    expect(textOf(element.renderRoot.querySelector('.day-title'))).to.equal('dimanche 10 août 2025');
    for (const [there, selected] of [['Août 2025', null], ['2025', 7], ['2024–2026', 1]] as const) {
      await sendKeys({ press: 'Escape' });
      await until(() => title(element) === there && bars(element).selected === selected, `${there}, ${selected}`);
      await settled(element);
    }
    await until(() => focused() === barButtons(element)[1], 'the focus on the year');
  });

  it('say where a button leads back to', async () => {
    const { element } = await open({ persona: 'camille', attributes: { view: 'year' } });
    barButtons(element)[7]?.click();
    await until(() => title(element) === 'Août 2026');
    await press(element, 'Revenir à 2026');
    await until(() => title(element) === '2026' && bars(element).selected === 7);
  });

  it('leave Escape to others where one did not come down', async () => {
    const { element } = await open({ persona: 'camille' });
    const event = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true });
    barButtons(element)[0]?.dispatchEvent(event);
    expect(event.defaultPrevented).to.equal(false);
  });

  it('go straight to a day, within what was measured', async () => {
    const { element } = await open({ persona: 'camille' });
    const field = dateField(element);
    expect([field.type, field.min, field.max, textOf(field.labels?.[0])]).to.deep.equal(['date', '2024-10-01', '2026-11-23', 'Aller au']);
    type(field, '2025-03-14');
    await until(() => title(element) === 'Mars 2025' && bars(element).selected === 13);
    await until(() => curve(element));
    type(dateField(element), '1999-01-01');
    await until(() => title(element) === 'Octobre 2024' && bars(element).selected === 0);
    type(dateField(element), '');
    expect(dateField(element).value).to.equal('2024-10-01');
  });

  it('go to a month where the meter tells no days, also typed as people do', async () => {
    const { element } = await open({ persona: 'odette' });
    const field = dateField(element);
    expect(field.type).to.equal('month');
    type(field, '2025-02');
    await until(() => title(element) === '2025' && bars(element).selected === 1);
    expect(() => control(element, 'Mois')).to.throw('no control');
  });

  it('hold a month against the one before, on the same days', async () => {
    const { element } = await open({ persona: 'camille' });
    const choice = element.renderRoot.querySelector<HTMLSelectElement>('.compare select');
    expect([...(choice?.options ?? [])].map(({ text }) => text)).to.deep.equal(['novembre 2025, un an plus tôt', 'octobre 2026, le mois d’avant']);
    if (choice) choice.value = 'previous';
    choice?.dispatchEvent(new Event('change'));
    await until(() => bars(element).previous?.length === 31);
    expect(finding(element)).to.match(/qu’en octobre 2026, sur les mêmes jours$/);
  });

  it('tell the first and the last year as not whole', async () => {
    const { element } = await open({ persona: 'camille', attributes: { view: 'years' } });
    await until(() => title(element) === '2024–2026');
    expect(textOf(element)).to.include('Vos mesures commencent en cours de période : 2024.').and.to.include('La dernière période n’est pas terminée : 2026.');
    expect(spoken(element)[0]).to.match(/commencé en cours de période$/);
  });

  it('show what a customer produces, in words of its own, without a cost', async () => {
    const { element } = await open({ persona: 'ines' });
    await press(element, 'Production');
    await until(() => textOf(element).includes('Électricité injectée dans le réseau en novembre 2026'));
    await settled(element);
    expect(bars(element).label).to.equal('Production injectée par jour, novembre 2026');
    expect(() => control(element, 'Ma conso')).to.throw('no control');
    barButtons(element)[2]?.click();
    await element.updateComplete;
    expect([bars(element).selected, element.renderRoot.querySelector('.day')]).to.deep.equal([2, null]);
    await press(element, 'Consommation');
    await until(() => textOf(element).includes('Électricité consommée en novembre 2026'));
    await expectAccessible(element);
  });

  it('say nothing of production where there is none', async () => {
    const { element } = await open({ persona: 'camille' });
    expect(() => control(element, 'Production')).to.throw('no control');
  });

  for (const [persona, width] of [['camille', 230], ['julien', 230], ['ines', 260], ['helene', 230]] as const) {
    it(`fit into ${width} pixels, which a host page may leave of a phone: ${persona}`, async () => {
      const { element, provider } = await open({ persona });
      provider.style.display = 'block';
      provider.style.inlineSize = `${width}px`;
      // A wide one, as many sites have.
      provider.style.fontFamily = 'DejaVu Sans, Verdana, sans-serif';
      await settled(element);
      await until(() => part(element, 'notes')?.querySelector('select'));
      await element.updateComplete;
      const edge = element.getBoundingClientRect().right + 0.5;
      const beyond = [...element.renderRoot.querySelectorAll(':not(.visually-hidden)')].filter((each) => each.getBoundingClientRect().right > edge);
      expect(beyond.map((each) => each.outerHTML.slice(0, 100))).to.deep.equal([]);
    });
  }

  it('stay what they are when the page changes its mind about the view', async () => {
    const { element } = await open({ persona: 'camille' });
    element.view = 'year';
    await until(() => title(element) === '2026');
    await settled(element);
    expect(number(element)).to.match(/kWh$/);
    expect(facts(element).length).to.be.greaterThan(0);
  });
});

function dateField(element: OyaConsumption): HTMLInputElement {
  return element.renderRoot.querySelector('.go-to input') as HTMLInputElement;
}

function type(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new Event('change'));
}
