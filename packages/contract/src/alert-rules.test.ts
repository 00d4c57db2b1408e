import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { alertChoices, tellAt, worksReminders } from './alert-rules.ts';

const paris = 'Europe/Paris';
const at = (text: string) => Date.parse(text);
const night = { from: '22:00', to: '07:00' };

describe('by which ways one is told', () => {
  it('is mail of one’s supply, until one chooses', () => {
    assert.deepEqual(alertChoices([], ['push', 'email']).map(({ topic, channels }) => [topic, channels.join()]), [['outages', 'email'], ['works', 'email'], ['ecowatt', ''], ['tempo', '']]);
  });
  it('is what was chosen last, by the ways that there are', () => {
    const chosen = [{ topic: 'outages', channels: ['email'] }, { topic: 'outages', channels: ['sms', 'push'] }] as const;
    assert.deepEqual(alertChoices(chosen.map(({ topic, channels }) => ({ topic, channels: [...channels] })), ['push', 'email'])[0]?.channels, ['push']);
  });
});

describe('quiet hours', () => {
  it('hold what comes at night until their end', () => {
    assert.equal(tellAt(at('2026-11-24T22:30:00Z'), night, paris), at('2026-11-25T06:00:00Z'));
    assert.equal(tellAt(at('2026-11-24T03:00:00Z'), night, paris), at('2026-11-24T06:00:00Z'));
    assert.equal(tellAt(at('2026-11-24T06:00:00Z'), night, paris), at('2026-11-24T06:00:00Z'));
    assert.equal(tellAt(at('2026-11-24T12:00:00Z'), { from: '12:30', to: '14:00' }, paris), at('2026-11-24T13:00:00Z'));
    assert.equal(tellAt(at('2026-11-24T12:00:00Z'), null, paris), at('2026-11-24T12:00:00Z'));
  });
  it('end by the clock in the nights in which it is set', () => {
    assert.equal(tellAt(at('2026-10-24T22:00:00Z'), night, paris), at('2026-10-25T06:00:00Z'));
    assert.equal(tellAt(at('2026-03-28T23:00:00Z'), night, paris), at('2026-03-29T05:00:00Z'));
  });
  it('never tell earlier, and never a whole day late', () => {
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    fc.assert(fc.property(fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), clock, clock, (now, from, to) => {
      fc.pre(from !== to);
      const told = tellAt(now, { from, to }, paris);
      assert.ok(told >= now && told - now <= 25 * 3_600_000);
      assert.equal(tellAt(told, { from, to }, paris), told);
    }));
  });
});

describe('reminders of planned works', () => {
  const works = { kind: 'works', state: 'planned', startsAt: '2026-12-10T07:30:00Z' } as const;
  it('come ten days and one day before, in the morning', () => {
    assert.deepEqual(worksReminders(works, at('2026-11-24T12:00:00Z'), paris), [{ days: 10, at: at('2026-11-30T08:00:00Z') }, { days: 1, at: at('2026-12-09T08:00:00Z') }]);
  });
  it('leave out what is past, or told by the announcement itself', () => {
    assert.deepEqual(worksReminders(works, at('2026-12-01T12:00:00Z'), paris).map(({ days }) => days), [1]);
    assert.deepEqual(worksReminders(works, at('2026-12-09T07:30:00Z'), paris), []);
  });
  it('are not there for outages, nor for what is called off', () => {
    assert.deepEqual(worksReminders({ ...works, kind: 'outage' }, 0, paris), []);
    assert.deepEqual(worksReminders({ ...works, state: 'cancelled' }, 0, paris), []);
  });
});
