import { addDays, type Consumption, type LocalDay, type WattHours } from '@oya/contract';
import { expect } from 'chai';
import { recentOf, recentQuestion, stepOf } from './recent.ts';

/** Days up to the 24th, excluded, in the form of an answer; one letter of quality per day, `m` without a value. */
function days(quality: string, from: LocalDay = '2026-11-10', value = (index: number) => (index < 7 ? 1000 : 2000)): Consumption {
  const values = [...quality].map((letter, index) => (letter === 'm' ? null : value(index)));
  return {
    meterId: 'm', resolution: 'day', period: { from: '2026-11-10', to: '2026-11-24' },
    series: { kind: 'energy', unit: 'Wh', step: 'day', from, values, quality }, total: null,
    available: { from: '2025-01-01', to: addDays(from, quality.length) }, freshness: { measuredUntil: null, collectedAt: null, nextExpectedAt: null },
  };
}

describe('the last days', () => {
  it('are asked for with those before, in one question', () => {
    expect(recentQuestion('m', 'day', '2026-11-24')).to.deep.equal({ meterId: 'm', resolution: 'day', from: '2026-11-10', to: '2026-11-24' });
  });

  it('are whole months where a meter is read by hand, held against the same months', () => {
    expect(recentQuestion('m', 'month', '2026-11-24')).to.deep.equal({ meterId: 'm', resolution: 'month', from: '2025-05-01', to: '2026-11-01' });
    expect(stepOf({ resolutions: ['month', 'year'] })).to.equal('month');
    expect(stepOf({ resolutions: ['year'] })).to.equal(undefined);
  });

  it('are seven, beside the same weekdays a week earlier', () => {
    const recent = recentOf(days('rrrrrrrrrrrrpp'));
    expect([recent?.from, recent?.values, recent?.earlier]).to.deep.equal(['2026-11-17', Array(7).fill(2000), Array(7).fill(1000)]);
    expect([recent?.total, recent?.quality]).to.deep.equal([14_000 as WattHours, 'rrrrrpp']);
    expect(recent?.change).to.deep.equal({ ratio: 1, whole: true });
  });

  it('are compared only where both sides are complete', () => {
    expect(recentOf(days('rrrrrrrrrrrrrm'))?.change).to.deep.equal({ ratio: 1, whole: false });
    expect(recentOf(days('rmrrrrrirrrrrr'))?.change).to.deep.equal({ ratio: 1, whole: false });
  });

  it('are not compared when too little is complete', () => {
    expect(recentOf(days('rrrrrrrrrriimm'))?.change).to.equal(undefined);
    expect(recentOf(days('mmmmmmmrrrrrrr'))?.change).to.equal(undefined);
  });

  it('keep their places when the answer begins later or ends earlier', () => {
    const recent = recentOf(days('rrrr', '2026-11-18'));
    expect(recent?.values.map((value) => value !== null)).to.deep.equal([false, true, true, true, true, false, false]);
    expect(recent?.quality).to.equal('mrrrrmm');
  });

  it('do not exist before the first measurement', () => {
    expect(recentOf({ ...days('rrrrrrrrrrrrrr'), available: null })).to.equal(undefined);
  });
});
