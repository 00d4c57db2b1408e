/** What goes wrong with files on their way: bytes, lines, numbers, encodings. */
import fc from 'fast-check';

type Mutation = (bytes: Uint8Array) => Uint8Array;

const NEWLINE = 10;
/** Evenly over the file: fast-check's doubles are nearly all next to 0. */
const place = fc.noBias(fc.integer({ min: 0, max: 999_999 })).map((part) => part / 1_000_000);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const joined = (...parts: readonly Iterable<number>[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

const TOKENS = ['"', ';', '\n', '\r', '{', ']', ',', '-', '9', '0', '.5', 'null', '\0', '99999999999', '1e3', 'NaN', '2026-10-25 02:30:00', '__proto__', '\ufeff', '00:00:00', 'Identifiant PRM;'];
const NUMBERS = ['0', '-1', '-0', '1.5', '1,5', '0001', '', '1e9', '99999999999', '9007199254740993', '0x1f', '١٢', '31/02/2026', '1 234'];

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  // Bytes flipped, put in, taken out; the end cut off.
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([at, bits]): Mutation => (bytes) => bytes.map((byte, index) => (index === Math.floor(at * bytes.length) ? byte ^ bits : byte))),
  fc.tuple(place, fc.oneof(fc.uint8Array({ maxLength: 6 }), fc.constantFrom(...TOKENS).map(encode)), fc.oneof(fc.constantFrom(0, 1, 40), fc.nat(3000))).map(([at, inserted, removed]): Mutation => (bytes) => {
    const start = Math.floor(at * bytes.length);
    return joined(bytes.subarray(0, start), inserted, bytes.subarray(start + removed));
  }),
  place.map((at): Mutation => (bytes) => bytes.slice(0, Math.floor(at * bytes.length))),
  // Lines twice, gone, or in another place.
  fc.tuple(place, place, fc.constantFrom<'twice' | 'gone' | 'moved'>('twice', 'gone', 'moved')).map(([at, to, what]): Mutation => (bytes) => {
    const lines = linesOf(bytes);
    const index = Math.floor(at * lines.length);
    const line = lines[index] ?? new Uint8Array();
    if (what !== 'twice') lines.splice(index, 1);
    if (what !== 'gone') lines.splice(Math.floor(to * (lines.length + 1)), 0, line);
    return joined(...lines);
  }),
  // A number, or a part of a time, is another.
  fc.tuple(place, fc.oneof(fc.constantFrom(...NUMBERS), fc.nat(100_000).map(String))).map(([at, number]): Mutation => (bytes) => {
    const starts = numbersIn(bytes);
    const [start, end] = starts[Math.floor(at * starts.length)] ?? [0, 0];
    return joined(bytes.subarray(0, start), encode(number), bytes.subarray(end));
  }),
  // JSON that stays JSON: something in it is another thing, or gone, or there twice.
  {
    weight: 5,
    arbitrary: fc.tuple(place, fc.oneof(fc.jsonValue(), fc.constantFrom('2026-03-29 02:30:00', 'kWh', 'PT7M', ['1'], {}, -3, 0.5, 1e21)), fc.constantFrom<'other' | 'gone' | 'twice'>('other', 'gone', 'twice')).map(([at, other, what]): Mutation => (bytes) => {
      let root: unknown;
      try {
        root = JSON.parse(new TextDecoder().decode(bytes));
      } catch {
        return bytes;
      }
      const members = membersOf(root);
      const [holder, key] = members[Math.floor(at * members.length)] ?? [];
      if (!holder || key === undefined) return bytes;
      if (what === 'other') holder[key] = other;
      else if (what === 'gone') delete holder[key];
      else if (Array.isArray(holder)) holder.splice(Number(key), 0, holder[Number(key)]);
      return encode(JSON.stringify(root, null, 2));
    }),
  },
  // Another encoding, other line ends.
  fc.constantFrom<Mutation>(
    (bytes) => joined([0xef, 0xbb, 0xbf], bytes),
    (bytes) => joined([0xff, 0xfe], [...bytes].flatMap((byte) => [byte, 0])),
    (bytes) => encode(new TextDecoder('latin1').decode(bytes)),
    (bytes) => Uint8Array.from(new TextDecoder().decode(bytes), (character) => character.charCodeAt(0)),
    (bytes) => bytes.filter((byte) => byte !== 13),
    (bytes) => bytes.map((byte) => (byte === NEWLINE ? 13 : byte)),
    (bytes) => joined(bytes, bytes),
  ),
);

/** One to four of them, one after another. */
export const mutations: fc.Arbitrary<Mutation> = fc.array(mutation, { minLength: 1, maxLength: 4 }).map((all) => (bytes) => all.reduce((given, mutate) => mutate(given), bytes));

/** Every member of every object and array in a JSON value, by what holds it. */
function membersOf(value: unknown): (readonly [holder: Record<string, unknown>, key: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...membersOf(holder[key])]);
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, start) + 1 || bytes.length;
    lines.push(bytes.subarray(start, end));
    start = end;
  }
  return lines;
}

function numbersIn(bytes: Uint8Array): (readonly [start: number, end: number])[] {
  return [...new TextDecoder('latin1').decode(bytes).matchAll(/\d+/g)].map(({ index, 0: digits }) => [index, index + digits.length] as const);
}
