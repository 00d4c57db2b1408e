import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { worksEntry } from './works-entry.ts';

const said = { at: '2026-11-20T08:00:00Z', state: 'planned' as const, startsAt: '2026-12-01T08:00:00Z', estimatedEnd: '2026-12-01T11:00:00Z', note: null };
const works = { id: 'w1', state: said.state, startsAt: said.startsAt, estimatedEnd: said.estimatedEnd, history: [said] };

describe('works in a calendar', () => {
  it('keep their name, and count their changes', () => {
    assert.deepEqual(worksEntry(works), { uid: 'works-w1@oya', start: '2026-12-01T08:00:00Z', end: '2026-12-01T11:00:00Z', sequence: 0, stamp: '2026-11-20T08:00:00Z', status: 'confirmed' });
    const calledOff = worksEntry({ ...works, state: 'cancelled', history: [said, { ...said, at: '2026-11-25T08:00:00Z', state: 'cancelled' }] });
    assert.deepEqual([calledOff.uid, calledOff.sequence, calledOff.stamp, calledOff.status], ['works-w1@oya', 1, '2026-11-25T08:00:00Z', 'cancelled']);
  });

  it('take four hours where nobody said how long', () => {
    assert.equal(worksEntry({ ...works, estimatedEnd: null }).end, '2026-12-01T12:00:00Z');
  });
});
