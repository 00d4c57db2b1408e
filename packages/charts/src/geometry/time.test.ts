import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { rememberOffsets, timeTicks } from './time-axis.ts';
import { pan, timeToX, within, xToTime, zoom } from './window.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Paris in 2026, by the rule itself: summer time from 29 March to 25 October, 01:00 UTC. */
const paris = (instant: number) => (instant >= Date.UTC(2026, 2, 29, 1) && instant < Date.UTC(2026, 9, 25, 1) ? 120 : 60);
const clock = (instant: number) => new Date(instant + paris(instant) * 60_000).toISOString().slice(5, 16);

const extent = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };
const window = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.001, max: 1, noNaN: true }))
  .map(([at, share]) => {
    const length = (extent.to - extent.from) * share;
    const from = extent.from + at * (extent.to - extent.from - length);
    return { from, to: from + length };
  });

describe('time on the axis', () => {
  it('goes to a pixel and back', () => {
    fc.assert(
      fc.property(window, fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 100, max: 3000 }), (shown, share, width) => {
        const instant = shown.from + share * (shown.to - shown.from);
        assert.ok(Math.abs(xToTime(timeToX(instant, shown, width), shown, width) - instant) < 1);
      }),
    );
  });

  it('is marked at midnights of the installation, in summer and in winter', () => {
    for (const month of [0, 6]) {
      const from = Date.UTC(2026, month, 5);
      const ticks = timeTicks({ from, to: from + 5 * DAY }, 6, paris);
      assert.ok(ticks.length >= 4);
      for (const { instant, unit } of ticks) {
        assert.equal(clock(instant).slice(6), '00:00');
        assert.equal(unit, 'day');
      }
    }
  });

  it('has three-hour marks at round local hours on both days of a clock change', () => {
    for (const [from, hours] of [[Date.UTC(2026, 2, 28, 23), 23], [Date.UTC(2026, 9, 24, 22), 25]] as const) {
      const ticks = timeTicks({ from, to: from + hours * HOUR }, 8, paris);
      assert.deepEqual(ticks.map(({ instant }) => clock(instant).slice(6)), ['00:00', '03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '00:00']);
    }
  });

  it('does not mark an hour that the clocks leave out twice', () => {
    const from = Date.UTC(2026, 2, 28, 23);
    const ticks = timeTicks({ from, to: from + 6 * HOUR }, 6, paris);
    assert.deepEqual(ticks.map(({ instant }) => clock(instant).slice(6)), ['00:00', '01:00', '03:00', '04:00', '05:00', '06:00', '07:00']);
  });

  it('begins weeks on Monday', () => {
    const ticks = timeTicks({ from: Date.UTC(2026, 4, 1), to: Date.UTC(2026, 5, 20) }, 7, () => 0);
    for (const { instant } of ticks) assert.equal(new Date(instant).getUTCDay(), 1);
  });

  it('names the largest unit that begins at a mark', () => {
    const units = timeTicks({ from: Date.UTC(2025, 9, 31, 23), to: Date.UTC(2026, 2, 2) }, 5, () => 60).map(({ unit }) => unit);
    assert.deepEqual(units, ['month', 'month', 'year', 'month', 'month']);
  });

  it('lies inside the window', () => {
    fc.assert(
      fc.property(window, fc.integer({ min: 1, max: 12 }), (shown, count) => {
        for (const { instant } of timeTicks(shown, count, paris)) assert.ok(instant >= shown.from && instant <= shown.to);
      }),
    );
  });

  it('remembers offsets without changing them, also on the days of a clock change', () => {
    const remembered = rememberOffsets(paris);
    fc.assert(fc.property(fc.integer({ min: extent.from, max: extent.to }), (instant) => assert.equal(remembered(instant), paris(instant))));
    for (const change of [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]) {
      for (const away of [-HOUR, -1, 0, 1, HOUR]) assert.equal(remembered(change + away), paris(change + away));
    }
  });

  it('asks for the same offset once', () => {
    let asked = 0;
    const offset = rememberOffsets((instant) => {
      asked++;
      return paris(instant);
    });
    timeTicks(extent, 8, offset);
    const first = asked;
    timeTicks(extent, 8, offset);
    assert.equal(asked, first);
  });
});

describe('a window on the curve', () => {
  it('stays inside the data, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(window, fc.double({ min: 0.01, max: 100, noNaN: true }), fc.double({ min: -1e11, max: 1e11, noNaN: true }), (shown, factor, by) => {
        const about = shown.from + 0.3 * (shown.to - shown.from);
        for (const next of [zoom(shown, factor, about, extent, HOUR), pan(shown, by, extent)]) {
          assert.ok(next.from >= extent.from - 1 && next.to <= extent.to + 1);
          assert.ok(next.to - next.from >= HOUR - 1);
        }
      }),
    );
  });

  it('keeps the instant under the finger where it is', () => {
    const shown = { from: extent.from + 100 * DAY, to: extent.from + 120 * DAY };
    const about = shown.from + 5 * DAY;
    const closer = zoom(shown, 0.5, about, extent, HOUR);
    assert.ok(Math.abs(timeToX(about, closer, 800) - timeToX(about, shown, 800)) < 1e-6);
    assert.equal(closer.to - closer.from, 10 * DAY);
  });

  it('keeps its length when it is moved, up to the border', () => {
    const shown = { from: extent.from + DAY, to: extent.from + 3 * DAY };
    assert.deepEqual(pan(shown, -5 * DAY, extent), { from: extent.from, to: extent.from + 2 * DAY });
  });

  it('is the whole when it would be longer', () => {
    assert.deepEqual(within({ from: 0, to: extent.to * 2 }, extent), extent);
  });
});
