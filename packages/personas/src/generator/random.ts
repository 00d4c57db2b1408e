/**
 * Chance that can be asked for again: the same key gives the same numbers, whatever was asked before.
 */

/**
 * A stream of numbers in [0, 1) for a key. The generator is mulberry32 (Tommy Ettinger, public domain),
 * started from the key's hash.
 */
export function randomStream(...key: readonly number[]): () => number {
  let state = hash(key);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** One number in [0, 1) for a key. */
export function randomAt(...key: readonly number[]): number {
  return randomStream(...key)();
}

/** Folds the parts with the finalizer of MurmurHash3 (Austin Appleby, public domain). */
function hash(key: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const part of key) {
    state ^= part;
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state;
}
