import { amendAdapter, type Ecowatt } from '@oya/contract';
import { expect } from 'chai';
import { sendKeys } from '@web/test-runner-commands';
import { expectAccessible, focused, mount, textOf, unmountAll, type MountOptions } from '../testing.ts';
import type { OyaEcowatt } from './ecowatt.ts';
import './ecowatt.define.ts';

const hours = (level: 0 | 1 | 2 | 3 | null, other: Readonly<Record<number, 0 | 1 | 2 | 3 | null>> = {}) => Array.from({ length: 24 }, (_, hour) => (hour in other ? (other[hour] ?? null) : level));
const allDay: Ecowatt['days'][number] = { day: '2026-11-24', level: 1, message: '', generatedAt: '2026-11-24T06:36:25Z', hours: Array.from({ length: 24 }, () => 1 as const) };
const signal: Ecowatt = {
  readAt: '2026-11-24T06:36:25Z',
  answeredAt: '2026-11-24T09:00:00Z',
  days: [
    { day: '2026-11-24', level: 1, message: 'Pas d’alerte.', generatedAt: '2026-11-24T06:36:25Z', hours: hours(1, { 0: null, 1: null, 2: null, 3: null, 4: null, 5: null, 6: null }) },
    { day: '2026-11-25', level: 1, message: '', generatedAt: '2026-11-24T06:36:25Z', hours: hours(1, { 2: 0, 3: 0 }) },
    { day: '2026-11-26', level: 2, message: 'Tendu', generatedAt: '2026-11-24T06:36:25Z', hours: hours(1, { 8: 2, 9: 2, 18: 2 }) },
    { day: '2026-11-27', level: 3, message: 'Très tendu', generatedAt: '2026-11-24T06:36:25Z', hours: hours(1, { 19: 3 }) },
  ],
};

const open = (options: MountOptions = {}) => mount<OyaEcowatt>('oya-ecowatt', options);
const telling = (changed: Partial<Ecowatt>) => open({ between: (sandbox) => amendAdapter(sandbox, { getEcowatt: async () => ({ ...signal, ...changed }) }) });
const shown = (element: OyaEcowatt, selector: string) => [...(element.shadowRoot?.querySelectorAll(selector) ?? [])].map((each) => textOf(each));
const plain = (text: string) => text.replaceAll(/\s/g, ' ');
const cells = (element: OyaEcowatt) => [...(element.shadowRoot?.querySelectorAll<HTMLElement>('.strip .hour') ?? [])];
const reading = (element: OyaEcowatt) => plain(shown(element, '.reading')[0] ?? '');

describe('<oya-ecowatt>', () => {
  afterEach(unmountAll);

  it('says first how the network is today, then which days to come are tense and when', async () => {
    const { element } = await telling({});
    expect(shown(element, 'h2')).to.deep.equal(['Pas d’alerte aujourd’hui']);
    const text = plain(textOf(element));
    expect(text).to.include('Jeudi 26 novembre, le réseau sera tendu de 8 h à 10 h et de 18 h à 19 h.');
    expect(text).to.include('Vendredi 27 novembre, le réseau sera très tendu de 19 h à 20 h.');
    expect(text).to.include('Annoncé par RTE').and.to.include('mardi 24 novembre à 7 h 36');
  });

  it('says of a very tense day when to take care, what RTE says and what one can do', async () => {
    const { element } = await open({ signals: { ecowatt: 'very-tense' } });
    expect(shown(element, 'h2')).to.deep.equal(['Aujourd’hui, le réseau électrique est très tendu']);
    expect(plain(textOf(element))).to.include('Les heures difficiles : de 8 h à 13 h et de 18 h à 20 h.').and.to.include('Le message de RTE : Système électrique très tendu.');
    expect(shown(element, '.advice li').length).to.equal(5);
    expect(element.shadowRoot?.querySelector('[part~=sign]')?.getAttribute('class')).to.equal('sign l3');
  });

  it('tells each level by its word, and by a shape of its own', async () => {
    const { element } = await telling({});
    expect(shown(element, '.day-level')).to.deep.equal(['normal', 'normal', 'tendu', 'très tendu']);
    const shapes = [...(element.shadowRoot?.querySelectorAll('.day-level .ground') ?? [])].map((shape) => `${shape.localName} ${shape.getAttribute('d') ?? ''}`);
    expect(new Set(shapes).size).to.equal(3);
    const height = (level: number) => getComputedStyle(element.shadowRoot?.querySelector(`.strip .l${level}`) as Element, '::before').height;
    expect(new Set([0, 1, 2, 3].map(height)).size, 'bars of four heights').to.equal(4);
  });

  it('shows hours that RTE did not tell as unknown', async () => {
    const { element } = await telling({});
    expect(plain(cells(element)[0]?.getAttribute('aria-label') ?? '')).to.equal('mardi 24 novembre, de minuit à 1 h : inconnu');
    expect(plain(cells(element)[24 + 2]?.getAttribute('aria-label') ?? '')).to.equal('mercredi 25 novembre, de 2 h à 3 h : électricité sans carbone');
  });

  it('is read by arrow keys from the present hour on, in one line above the picture', async () => {
    const { element } = await telling({});
    expect(reading(element)).to.equal('En ce moment, de 10 h à 11 h : normal.');
    expect(cells(element).filter(({ tabIndex }) => tabIndex === 0)).to.deep.equal([cells(element)[10]]);
    cells(element)[10]?.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) await sendKeys({ press: key });
    await element.updateComplete;
    expect(plain(focused()?.getAttribute('aria-label') ?? '')).to.equal('jeudi 26 novembre, de 9 h à 10 h : tendu');
    expect(reading(element)).to.equal('jeudi 26 novembre, de 9 h à 10 h : tendu');
    for (const key of ['End', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await sendKeys({ press: key });
    expect(plain(focused()?.getAttribute('aria-label') ?? '')).to.equal('vendredi 27 novembre, de 23 h à minuit : normal');
  });

  it('has the same in a table', async () => {
    const { element } = await telling({});
    element.shadowRoot?.querySelector('summary')?.click();
    const rows = [...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map((cell) => plain(textOf(cell))).join(' | '));
    expect(rows).to.include('jeudi 26 novembre | de 8 h à 10 h | tendu').and.to.include('mercredi 25 novembre | de 2 h à 4 h | électricité sans carbone');
  });

  it('says of a day that is the same at all hours that it is so all day', async () => {
    const { element } = await telling({ days: [allDay] });
    expect([...(element.shadowRoot?.querySelectorAll('tbody tr') ?? [])].map((row) => [...row.children].map((cell) => plain(textOf(cell))).join(' | '))).to.deep.equal(['mardi 24 novembre | toute la journée | normal']);
  });

  it('says how old it is while RTE is silent', async () => {
    const { element } = await open({ signals: { ecowatt: 'silent' } });
    expect(plain(textOf(element))).to.include('Ces informations datent').and.to.include('sans nouvelles de RTE depuis le dimanche 22 novembre à 7 h 36 (il y a 2 jours)');
    expect(shown(element, '.day').length).to.equal(2);
  });

  it('leaves out days that are over, and says that today is not known', async () => {
    const { element } = await telling({ answeredAt: '2026-11-28T09:00:00Z' });
    expect(element.state).to.equal('empty');
    unmountAll();
    const later = await telling({ days: signal.days.slice(1) });
    expect(shown(later.element, 'h2')).to.deep.equal(['La situation d’aujourd’hui n’est pas connue']);
  });

  it('says that nothing is known, and since when', async () => {
    const { element } = await open({ signals: { ecowatt: 'unknown' } });
    expect([element.state, textOf(element).includes('n’est pas connu en ce moment')]).to.deep.equal(['empty', true]);
  });

  it('shows whatever RTE writes as text', async () => {
    const { element } = await telling({ days: [{ ...(signal.days[2] as Ecowatt['days'][number]), day: '2026-11-24', message: '<img src=x onerror=alert(1)> '.repeat(300) }] });
    expect(element.shadowRoot?.querySelector('img')).to.equal(null);
    expect(element.scrollWidth).to.be.at.most(element.clientWidth);
  });

  it('is for visitors too, in English as well, and accessible', async () => {
    const { element } = await open({ signals: { ecowatt: 'very-tense' }, lang: 'en' });
    expect(shown(element, 'h2')).to.deep.equal(['Today the electricity network is very tense']);
    await expectAccessible(element);
  });
});
