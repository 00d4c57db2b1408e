import { addDays, dayMinutes, dayStart, instant, type LoadCurve } from '@oya/contract';
import { expect } from 'chai';
import { baseLoadOf, energyOfAYear } from './night.ts';

const PARIS = 'Europe/Paris';

/** Days of half-hours; `watts` says what ran at an hour of the night of a day. */
function nights(count: number, watts: (night: number, hour: number, half: number) => number | null, { from = '2026-11-01', stepMinutes = 30 } = {}): LoadCurve {
  const segments = Array.from({ length: count }, (_, night) => {
    const day = addDays(from, night);
    const values = Array.from({ length: dayMinutes(day, PARIS) / stepMinutes }, (_, index) => watts(night, Math.floor((index * stepMinutes) / 60), index));
    return { start: instant(dayStart(day, PARIS)), stepMinutes, values, quality: values.map((value) => (value === null ? 'm' : 'r')).join('') };
  });
  return { kind: 'curve', unit: 'W', segments };
}

describe('the base load', () => {
  it('is the quietest hour of the night, whatever heats in the others and runs by day', () => {
    expect(baseLoadOf(nights(10, (_, hour) => (hour === 4 ? 180 : hour < 6 ? 2200 : 90)), PARIS)).to.deep.equal({ watts: 180, nights: 10 });
  });

  it('is that of most nights, not of a party or an absence', () => {
    expect(baseLoadOf(nights(9, (night) => (night === 2 ? 3000 : night === 5 ? 10 : 200)), PARIS)?.watts).to.equal(200);
    expect(baseLoadOf(nights(8, (night) => (night < 4 ? 200 : 300)), PARIS)?.watts).to.equal(250);
  });

  it('leaves out an hour of which a part was not measured', () => {
    const holed = nights(8, (_, hour, half) => (half === 6 ? null : hour === 3 ? 50 : 200));
    expect(baseLoadOf(holed, PARIS)?.watts).to.equal(200);
  });

  it('is not told from a week that is not whole', () => {
    expect(baseLoadOf(nights(6, () => 200), PARIS)).to.equal(undefined);
    expect(baseLoadOf(nights(20, (night) => (night < 6 ? 200 : null)), PARIS)).to.equal(undefined);
  });

  it('reads steps of ten minutes and of an hour alike, through a night on which clocks are set', () => {
    for (const stepMinutes of [10, 30, 60]) {
      expect(baseLoadOf(nights(10, () => 150, { from: '2026-10-20', stepMinutes }), PARIS), `${stepMinutes} minutes`).to.deep.equal({ watts: 150, nights: 10 });
      expect(baseLoadOf(nights(10, () => 150, { from: '2026-03-24', stepMinutes }), PARIS), `${stepMinutes} minutes, in spring`).to.deep.equal({ watts: 150, nights: 10 });
    }
  });

  it('comes to its power all year round', () => expect(energyOfAYear(200)).to.equal(1_752_000));
});
