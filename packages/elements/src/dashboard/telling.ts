/** How the last days are put into words, for the picture and the sentences alike. */
import type { BarFormat } from '@oya/charts';
import { addDays, qualityAt, type Energy, type Quality } from '@oya/contract';
import { capitalized, type Format, type Translate } from '@oya/core';
import type { fr } from './dashboard.messages.ts';
import { startOf, type Recent } from './recent.ts';

type Words = Translate<typeof fr>;

/** Below this change one number says more precision than it has. */
const LEAST_CHANGE = 0.015;

/** The qualities that need a sentence, in the order in which they are told. */
const TOLD = ['estimated', 'provisional', 'incomplete', 'missing'] as const satisfies readonly Quality[];

/** The sentence over the picture. */
export function findingOf(recent: Recent, t: Words, format: Format): string {
  const { step, change, total } = recent;
  if (total === null) return t(`nothing.${step}`);
  if (!change) return t(`plain.${step}`);
  const direction = Math.abs(change.ratio) < LEAST_CHANGE ? 'same' : change.ratio < 0 ? 'less' : 'more';
  return t(`${direction}.${step}${change.whole ? '' : '.part'}`, { percent: format.percent(Math.abs(change.ratio)) });
}

/** What the large number is. */
export function labelOf(recent: Recent, energy: Energy, t: Words, format: Format): string {
  return t(`recent.label.${energy}.${recent.step}`, lastOf(recent, format));
}

/** What the picture shows, for screen readers. */
export function captionOf(recent: Recent, t: Words, format: Format): string {
  return t(`chart.${recent.step}`, lastOf(recent, format));
}

/** Each quality that needs a word, with what it means. */
export function notesOf({ quality, step }: Recent, t: Words): string[] {
  const qualities = [...quality].map((_, index) => qualityAt(quality, index));
  return TOLD.flatMap((each) => {
    const count = qualities.filter((one) => one === each).length;
    return count === 0 ? [] : [t(`note.${each}.${step}`, { count })];
  });
}

export function barFormatOf(recent: Recent, t: Words, format: Format): BarFormat {
  const { step, values, quality } = recent;
  const spoken = (index: number) => {
    const when = format.day(startOf(recent, index), step === 'day' ? 'full' : 'month');
    const state = qualityAt(quality, index);
    const value = values[index] ?? null;
    if (value === null) return t('spoken', { when, value: t(`state.${state}`) });
    if (state === 'real') return t('spoken', { when, value: format.energy(value) });
    return t('spoken.state', { when, value: format.energy(value), state: t(`state.${state}`) });
  };
  return {
    value: (value) => format.energy(value),
    axis: (value, withUnit) => `${format.number(value / 1000, Number.isInteger(value / 1000) ? 0 : 1)}${withUnit ? '\u202fkWh' : ''}`,
    position: (index) => format.day(startOf(recent, index), step === 'day' ? 'weekday' : 'month-name'),
    spoken: (index) => capitalized(spoken(index), format.locale),
  };
}

function lastOf({ to }: Recent, format: Format): { day: string; month: string } {
  const last = addDays(to, -1);
  return { day: format.day(last, 'medium'), month: format.day(last, 'month') };
}
