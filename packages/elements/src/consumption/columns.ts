/** What the table of a picture holds: the same on the screen, in the clipboard and in files. */
import { toCents, type ExactCost } from '@oya/contract';
import type { Format, Translate } from '@oya/core';
import type { fr as consumptionWords } from './consumption.messages.ts';
import { volumeWords } from './facts-list.ts';
import type { fr } from './parts.messages.ts';
import { amountsOf } from './picture.ts';
import { inOrder, registerName } from './registers.ts';
import type { Shown } from './shown.ts';

type Values = readonly (number | null)[];

export interface Column {
  readonly name: string;
  /** What the rows are sorted by: a number, or for states their rank. */
  value(index: number): number | null;
  words(index: number): string;
  /** How files hold it: whole numbers of 10⁻ⁿ units. Absent for words. */
  readonly number?: { readonly unit: string; readonly decimals: number; cell(index: number): number | null };
}

interface Kind {
  readonly unit: string;
  readonly decimals: number;
  words(value: number): string;
  cell?(value: number): number;
}

/** How far a value can be trusted, best first: what a state is sorted by. */
const RANKS = ['real', 'provisional', 'estimated', 'incomplete', 'begun', 'unfinished', 'missing', 'before'];

/** All columns but the first, which says when. */
export function columnsOf({ picture, question, told, tell }: Shown, t: Translate<typeof fr>, names: Translate<typeof consumptionWords>, format: Format): Column[] {
  const { unit } = told;
  const none = t('none');
  const column = (name: string, values: Values, { words, cell = (value) => value, ...kind }: Kind): Column => {
    const known = <T>(index: number, make: (value: number) => T, otherwise: T): T => {
      const value = values[index] ?? null;
      return value === null ? otherwise : make(value);
    };
    return {
      name,
      value: (index) => values[index] ?? null,
      words: (index) => known(index, words, none),
      number: { ...kind, cell: (index) => known<number | null>(index, cell, null) },
    };
  };
  const amount: Kind = { words: (value) => tell.amount(value, unit), ...(unit === 'cost' ? { unit: '€', decimals: 2, cell: (value: number) => toCents(value as ExactCost) } : { unit: 'kWh', decimals: 3 }) };
  const { before, states, volumes, maximumPower, weather, cost } = picture;
  const registers = (unit === 'cost' ? cost?.registers : picture.registers) ?? [];
  const counted = registers.length < 2 ? [] : inOrder(registers).filter(({ values }) => values.some(Boolean));
  const what = question.direction === 'production' ? 'production' : unit === 'cost' ? 'cost' : 'energy';
  const earlier = before && amountsOf(before, unit);
  const columns = [column(t(`column.${what}`), amountsOf(picture, unit), amount), ...counted.map(({ code, values }) => column(registerName(code, names), values, amount))];
  if (unit === 'cost' && cost?.standingCharge.some(isKnown)) columns.push(column(t('column.charge'), cost.standingCharge, amount));
  if (earlier?.some(isKnown)) columns.push(column(t(question.view === 'month' && question.baseline === 'previous' ? 'column.previous' : 'column.year-before'), earlier, amount));
  if (unit === 'measure') {
    if (volumes) columns.push(column(t('column.volume'), volumes, { unit: 'm³', decimals: 3, words: (value) => volumeWords(value, format) }));
    if (maximumPower) columns.push(column(t('column.peak'), maximumPower.values, { unit: `k${maximumPower.unit}`, decimals: 3, words: (value) => tell.power(value, maximumPower.unit) }));
    if (weather?.temperature.some(isKnown)) columns.push(column(t('column.temperature'), weather.temperature, { unit: '°C', decimals: 1, words: (value) => tell.temperature(value) }));
  }
  return [
    ...columns,
    {
      name: t('column.state'),
      value: (index) => RANKS.indexOf(states[index] ?? 'missing'),
      words: (index) => tell.state(states[index] ?? 'missing'),
    },
  ];
}

function isKnown(value: number | null): value is number {
  return value !== null;
}
