/** What part of the time is shown, and how a hand or a key changes it. Pure: a window in, a window out. */
import type { TimeWindow } from './columns.ts';

export function timeToX(instant: number, window: TimeWindow, width: number): number {
  return ((instant - window.from) / (window.to - window.from)) * width;
}

export function xToTime(x: number, window: TimeWindow, width: number): number {
  return window.from + (x / width) * (window.to - window.from);
}

/**
 * Scales a window about an instant that stays where it is: factor 0.5 shows half the time.
 * @param shortest in milliseconds: nothing more is to be seen in less
 */
export function zoom(window: TimeWindow, factor: number, about: number, extent: TimeWindow, shortest: number): TimeWindow {
  const length = window.to - window.from;
  const longest = extent.to - extent.from;
  const scaled = Math.min(longest, Math.max(Math.min(shortest, longest), length * factor));
  const share = Math.min(1, Math.max(0, (about - window.from) / length));
  const from = window.from + share * (length - scaled);
  return within({ from, to: from + scaled }, extent);
}

/** Moves a window by milliseconds, as far as there is data. */
export function pan(window: TimeWindow, by: number, extent: TimeWindow): TimeWindow {
  return within({ from: window.from + by, to: window.to + by }, extent);
}

/** The same length where there is data; the whole extent for what is longer. */
export function within(window: TimeWindow, extent: TimeWindow): TimeWindow {
  const length = window.to - window.from;
  if (!(length < extent.to - extent.from)) return extent;
  const from = Math.min(Math.max(window.from, extent.from), extent.to - length);
  return { from, to: from + length };
}
