/** What becomes of a reading, case by case: the tests hold the rule to them, and the page for utilities is written from them. */
import type { Meter, ReadingWindow } from './portal.ts';
import type { ReadingFault, ReadingPlace, SentReading } from './reading-judgement.ts';
import type { MeterReading, ReadingReason } from './readings.ts';
import { addSteps, type LocalDay } from './time.ts';

export interface ReadingCase {
  /** What happened at the meter. */
  readonly says: string;
  readonly on?: LocalDay;
  /** Register → index; of `BASE` where it is one number. */
  readonly index: number | Readonly<Record<string, number>>;
  readonly reason?: ReadingReason;
  readonly place?: Partial<ReadingPlace>;
  readonly corrects?: string;
  readonly becomes: 'transmitted' | 'under-check' | readonly ReadingFault['code'][];
  readonly isOutsideWindow?: true;
  /** What was perhaps meant. */
  readonly meant?: readonly number[];
}

const TODAY: LocalDay = '2026-03-01';
const WINDOW: ReadingWindow = { opensDaysBefore: 20, closesDaysBefore: 5 };
const NEXT_INVOICE: LocalDay = '2026-03-12';

function meter(digits: number, codes: readonly string[] = ['BASE']): Pick<Meter, 'registers' | 'energy'> {
  return { energy: 'electricity', registers: codes.map((code) => ({ code, digits })) };
}

function reading(on: LocalDay, index: number | Readonly<Record<string, number>>, more: Partial<MeterReading> = {}): MeterReading {
  return { id: `r-${on}`, on, source: 'invoice', state: 'used', indexes: Object.entries(typeof index === 'number' ? { BASE: index } : index).map(([register, each]) => ({ register, index: each })), ...more };
}

/** Heated by electricity: 600 kWh in a winter month, 150 in summer; January and February of 2025 counted 1 200. */
const HEATED = [600, 600, 500, 300, 150, 150, 150, 150, 200, 400, 600, 600];
function year(first: number): MeterReading[] {
  let index = first;
  return [reading('2025-01-01', first), ...HEATED.map((count, at) => reading(addSteps('2025-01-01', 'month', at + 1), (index += count)))];
}
const PEAK = ['HP', 'HC'];

/** Where a case says nothing else: a meter of five digits whose last real index is 24 400, of 1 January 2026; today is 1 March. */
export const USUAL_PLACE: ReadingPlace = { meter: meter(5), contract: { subscribedPowerKva: 9 }, readings: year(20_000), nextInvoiceOn: NEXT_INVOICE, window: WINDOW, today: TODAY };

const FULL_TURN: Partial<ReadingPlace> = { readings: year(95_500) };

export const READING_CASES: readonly ReadingCase[] = [
  { says: 'As in the same months of the year before.', index: 25_600, becomes: 'transmitted' },
  { says: 'Nobody was at home: nothing was counted.', index: 24_400, becomes: 'transmitted' },
  { says: 'Twice the usual is still nobody’s business.', index: 26_800, becomes: 'transmitted' },
  { says: 'A few units more than that.', index: 26_801, becomes: ['far-above'] },
  { says: 'Far above, and the customer has looked again.', index: 29_000, reason: 'confirmed', becomes: 'under-check' },
  { says: 'Two digits the other way round.', index: 52_600, becomes: ['far-above'], meant: [25_600] },
  { says: 'The decimals were typed along, at a meter of six digits.', index: 256_004, place: { meter: meter(6) }, becomes: ['far-above'], meant: [25_600] },
  { says: 'More than the subscribed power lets through in these days is asked about too.', index: 24_700, on: '2026-01-02', becomes: ['far-above'] },
  { says: 'Less than the last real index.', index: 24_000, becomes: ['lower'] },
  { says: 'Less, as another meter hangs there.', index: 40, reason: 'meter-replaced', becomes: 'under-check' },
  { says: 'Less, as the index before was wrong.', index: 24_000, reason: 'last-index-wrong', becomes: 'under-check' },
  { says: 'Less, and the customer only says that it is so.', index: 24_000, reason: 'confirmed', becomes: 'under-check' },
  { says: 'The register has begun anew: asked once.', index: 1_100, place: FULL_TURN, becomes: ['rolled-over'] },
  { says: 'The register has begun anew, and the customer has seen that.', index: 1_100, place: FULL_TURN, reason: 'rolled-over', becomes: 'transmitted' },
  { says: 'It may also be another meter that shows so little.', index: 1_100, place: FULL_TURN, reason: 'meter-replaced', becomes: 'under-check' },
  { says: 'Below what an invoice had estimated, above the last real index.', index: 25_000, place: { readings: [...year(20_000), reading('2026-02-01', 25_400, { state: 'estimated' })] }, becomes: 'transmitted' },
  { says: 'Nothing is known of the meter: the first index is what it is.', index: 80_000, place: { readings: [] }, becomes: 'transmitted' },
  { says: 'After a meter change it goes on from what the new one began with.', index: 1_250, place: { meter: { ...meter(5), replaced: { on: '2026-01-01', serialNumber: 'OLD', indexes: [{ register: 'BASE', closing: 24_400, opening: 12 }] } } }, becomes: 'transmitted' },
  { says: 'A day that is still to come.', index: 25_600, on: '2026-03-02', becomes: ['future'] },
  { says: 'A day before the last real index.', index: 25_600, on: '2025-12-31', becomes: ['before-last'] },
  { says: 'A reading of that day is known already.', index: 25_600, place: { readings: [...year(20_000), reading(TODAY, 25_500, { source: 'customer', state: 'transmitted' })] }, becomes: ['already-read'] },
  { says: 'The same, to correct that one.', index: 25_600, corrects: `r-${TODAY}`, place: { readings: [...year(20_000), reading(TODAY, 25_500, { source: 'customer', state: 'transmitted' })] }, becomes: 'transmitted' },
  { says: 'Before the window of the next invoice.', index: 25_600, place: { nextInvoiceOn: '2026-05-12' }, becomes: 'transmitted', isOutsideWindow: true },
  { says: 'After it has closed.', index: 25_600, place: { nextInvoiceOn: '2026-03-03' }, becomes: 'transmitted', isOutsideWindow: true },
  { says: 'The utility takes readings at any time.', index: 25_600, place: { window: undefined }, becomes: 'transmitted' },
  { says: 'One register of two is missing.', index: { HP: 11_000 }, place: { meter: meter(5, PEAK), readings: [reading('2026-01-01', { HP: 10_000, HC: 5_000 })] }, becomes: ['missing'] },
  { says: 'Peak and off-peak in each other’s place.', index: { HP: 5_100, HC: 10_200 }, place: { meter: meter(5, PEAK), readings: [reading('2025-11-01', { HP: 9_800, HC: 4_900 }), reading('2026-01-01', { HP: 10_000, HC: 5_000 })] }, becomes: ['lower', 'far-above'] },
  { says: 'More digits than the register has.', index: 123_456, becomes: ['digits'] },
];

/** A case as what is sent. */
export function sentOf({ on = TODAY, index, reason, corrects }: ReadingCase): SentReading {
  return { on, indexes: Object.entries(typeof index === 'number' ? { BASE: index } : index).map(([register, each]) => ({ register, index: each, ...(reason && { reason }) })), ...(corrects !== undefined && { corrects }) };
}

/** The page for utilities, in Markdown. */
export function readingCasesPage(): string {
  const rows = READING_CASES.map(({ says, index, reason, becomes, isOutsideWindow, meant = [] }) => {
    const shown = typeof index === 'number' ? String(index) : Object.entries(index).map(([register, each]) => `${register} ${each}`).join(', ');
    const outcome = typeof becomes === 'string' ? `taken, \`${becomes}\`` : `asked or told: ${becomes.map((code) => `\`${code}\``).join(', ')}`;
    return `| ${says} | ${shown} | ${reason ? `\`${reason}\`` : ''} | ${outcome}${isOutsideWindow ? ', outside the window' : ''}${meant.length > 0 ? `; perhaps meant: ${meant.join(', ')}` : ''} |`;
  });
  return `# What becomes of a reading

Written from \`packages/contract/src/reading-cases.ts\`, which the tests of the rule run: change the cases there, then \`OYA_WRITE_PAGES=1 npm test -- unit\`.

Unless a case says otherwise, the meter has one register of five digits, its last real index is 24 400 of 1 January 2026, January and February of 2025 counted 1 200 kWh, the contract has 9 kVA, today is 1 March 2026 and the next invoice is due on 12 March. The utility takes readings from 20 to 5 days before it.

No honest reading is refused: what is odd is asked about, taken with the customer’s reason, and shown to the utility. Only a day that cannot be, and an index that the register cannot show, are sent back with what to do.

| What happened | Index | Reason given | Outcome |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}
