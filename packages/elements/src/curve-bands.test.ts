import { dayMinutes, dayStart, localDay, periodOf, type RegisterPlan } from '@oya/contract';
import { expect } from 'chai';
import { bandsOf, type Shade } from './curve-bands.ts';

const PARIS = 'Europe/Paris';
const day = (text: string) => localDay(Date.parse(`${text}T12:00:00Z`), PARIS);
const plan: RegisterPlan = { registers: ['HP', 'HC'], offPeak: [{ ranges: [{ from: '22:00', to: '06:00' }], from: day('2020-01-01'), to: null }] };
const offPeak: Shade = (code) => (code === 'HC' ? { tone: 'off-peak', label: 'Heures creuses' } : undefined);
const hour = (instant: number) => new Date(instant).toISOString().slice(0, 16);

describe('the bands behind a load curve', () => {
  it('joins over midnight, and ends with the days that were asked for', () => {
    const bands = bandsOf({ from: day('2026-11-02'), to: day('2026-11-04') }, plan, PARIS, offPeak);
    expect(bands.map(({ from, to }) => `${hour(from)} ${hour(to)}`)).to.deep.equal(['2026-11-01T23:00 2026-11-02T05:00', '2026-11-02T21:00 2026-11-03T05:00', '2026-11-03T21:00 2026-11-03T23:00']);
  });

  it('is as long as the night in which clocks are set back', () => {
    const back = day('2026-10-25');
    const [night] = bandsOf(periodOf(back, 'day'), plan, PARIS, offPeak);
    expect((night?.to ?? 0) - dayStart(back, PARIS)).to.equal((dayMinutes(back, PARIS) - 18 * 60) * 60_000);
  });

  it('has none where one register counts, or the hours are not known', () => {
    const period = periodOf(day('2026-11-02'), 'month');
    expect(bandsOf(period, { registers: ['BASE'], offPeak: [] }, PARIS, () => ({ tone: 'peak', label: '' }))).to.deep.equal([]);
    expect(bandsOf(period, { registers: ['HP', 'HC'], offPeak: [] }, PARIS, offPeak)).to.deep.equal([]);
  });
});
