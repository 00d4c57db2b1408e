import '@oya/charts/bar-chart.define';
import type { BarPart, Tone } from '@oya/charts';
import { addSteps, type EnergySeries, type LoadCurve, type LocalDay } from '@oya/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { barFormat, consumption, curveFormat, dayOf, divided, emptyWords, temperatures, toneWords } from './chart-data.ts';
import { renderElement } from './portal.ts';

export default { title: 'Charts/Bar chart', component: 'oya-bar-chart' } satisfies Meta;

interface Bars {
  persona: string;
  step: 'day' | 'month';
  /** First days of months. */
  from: LocalDay;
  to: LocalDay;
  /** Compare with as much, a year earlier. */
  withPrevious?: boolean;
  /** Tones of the parts at a place, from zero up. */
  tonesAt?: (index: number) => readonly Tone[];
  withTemperature?: boolean;
  args?: StoryObj['args'];
}

/** Bars of what a persona consumed. */
function bars({ persona, step, from, to, withPrevious = false, tonesAt, withTemperature = false, args = {} }: Bars): StoryObj {
  const read = async (months: number) =>
    (await consumption(persona, step, addSteps(from, 'month', months), addSteps(to, 'month', months))).series as EnergySeries;
  return {
    args: { label: `${persona}, ${from} – ${to}`, ...args },
    loaders: [async () => ({ series: await read(0), previous: withPrevious ? (await read(-12)).values : undefined })],
    render: (given, context) => {
      const { values, quality } = context.loaded['series'] as EnergySeries;
      const language = String(context.globals['language']);
      const format = barFormat(language, step, (index) => addSteps(from, step, index), { values, quality });
      const parts = tonesAt && divided(values, tonesAt, language);
      const line = withTemperature ? temperatures(values.length, language) : undefined;
      const chart = renderElement({ ...given, step, values, quality, previous: context.loaded['previous'], format, ...(parts && { parts }), line }, context) as HTMLElement;
      chart.append(emptyWords(language));
      return chart;
    },
  };
}

const november = { persona: 'camille', step: 'day', from: '2026-11-01', to: '2026-12-01' } as const;

/** The month is not over: places are kept for the days that come, and the last days are provisional. */
export const MonthByDay = bars({ ...november, args: { slots: 30 } });
export const DaySelected = bars({ ...november, args: { slots: 30, selected: 17 } });
export const ComparedWithLastYear = bars({ ...november, withPrevious: true, args: { slots: 30, selected: 17 } });
export const YearByMonth = bars({ persona: 'camille', step: 'month', from: '2026-01-01', to: '2027-01-01', withPrevious: true, args: { slots: 12 } });
/** A meter read by hand: months between two readings are estimated. */
export const EstimatedMonths = bars({ persona: 'odette', step: 'month', from: '2026-01-01', to: '2027-01-01', args: { slots: 12 } });
/** Nothing came from the meter on two days. */
export const MissingDays = bars({ persona: 'camille', step: 'day', from: '2025-06-01', to: '2025-07-01' });
export const Quarter = bars({ persona: 'camille', step: 'day', from: '2026-01-01', to: '2026-04-01' });
export const Empty = bars({ persona: 'emma', step: 'day', from: '2026-12-01', to: '2027-01-01', args: { slots: 30 } });

/** Off-peak below, peak above, in two lightnesses of one hue; the words stand above the picture. */
export const PeakAndOffPeak = bars({ ...november, tonesAt: () => ['off-peak', 'peak'], args: { slots: 30, selected: 17 } });
/** Two days on which more power was drawn than is subscribed. */
export const PowerExceeded = bars({
  ...november,
  tonesAt: () => ['off-peak', 'peak'],
  args: { slots: 30, marks: Array.from({ length: 23 }, (_, index) => (index === 8 || index === 15 ? 'Puissance dépassée' : null)), forms: { mark: 'Puissance dépassée' } },
});
const tempo = (index: number): readonly Tone[] => (index % 7 === 2 ? ['red-off-peak', 'red'] : index % 5 === 1 ? ['white-off-peak', 'white'] : ['blue-off-peak', 'blue']);
/** Days of Tempo, told by colour and by word. */
export const TempoDays = bars({ ...november, tonesAt: tempo, args: { slots: 30 } });
export const TempoYear = bars({
  persona: 'camille',
  step: 'month',
  from: '2026-01-01',
  to: '2027-01-01',
  tonesAt: (index) => (index > 2 && index < 10 ? ['blue-off-peak', 'blue'] : ['blue-off-peak', 'blue', 'white-off-peak', 'white', 'red-off-peak', 'red']),
  args: { slots: 12 },
});
/** Months of which some are estimated keep their hatches in every part. */
export const EstimatedParts = bars({ persona: 'odette', step: 'month', from: '2026-01-01', to: '2027-01-01', tonesAt: () => ['off-peak', 'peak'], args: { slots: 12 } });
export const WithTemperature = bars({ ...november, withTemperature: true, args: { slots: 30 } });
/** What forms mean, where no list beside the chart says so. */
export const WithKey = bars({
  persona: 'camille',
  step: 'day',
  from: '2025-06-01',
  to: '2025-07-01',
  args: { forms: { estimated: 'Estimé', incomplete: 'Incomplet', missing: 'Pas de mesure' } },
});

/** The half-hours of a day as bars, off-peak until half past five and from half past nine in the evening on. */
function halfHours(day: LocalDay, next: LocalDay): StoryObj {
  return {
    args: { label: day, page: 6, step: 'half-hour' },
    loaders: [async () => ({ curve: (await consumption('camille', 'half-hour', day, next)).series })],
    render: (args, context) => {
      const language = String(context.globals['language']);
      const { values, quality, clock, instants } = dayOf(context.loaded['curve'] as LoadCurve);
      const words = curveFormat(language);
      const isOffPeak = (index: number) => (clock[index] ?? 0) < 5.5 || (clock[index] ?? 0) >= 21.5;
      const parts = (['off-peak', 'peak'] as const).map(
        (tone): BarPart => ({ code: tone, label: toneWords(tone, language), tone, values: values.map((value, index) => (isOffPeak(index) === (tone === 'off-peak') ? value : null)) }),
      );
      const format = {
        value: words.value,
        axis: words.axis,
        position: (index: number) => words.tick(instants[index] ?? 0, 'time'),
        spoken: (index: number) => words.spoken({ index, from: instants[index] ?? 0, to: (instants[index] ?? 0) + 1_800_000, watts: values[index] ?? null, quality: quality[index] ?? 'm' }),
      };
      return renderElement({ ...args, values, quality, slots: values.length, parts, format }, context) as HTMLElement;
    },
  };
}

export const HalfHours = halfHours('2026-11-16', '2026-11-17');
/** The clocks go back at three: fifty half-hours, and labels at round hours. */
export const LongDay = halfHours('2026-10-25', '2026-10-26');
/** The clocks go forward at two. */
export const ShortDay = halfHours('2026-03-29', '2026-03-30');
