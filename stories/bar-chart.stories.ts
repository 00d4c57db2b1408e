import '@oya/charts/bar-chart.define';
import { addSteps, type EnergySeries, type LocalDay } from '@oya/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { barFormat, consumption, emptyWords } from './chart-data.ts';
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
  args?: StoryObj['args'];
}

/** Bars of what a persona consumed. */
function bars({ persona, step, from, to, withPrevious = false, args = {} }: Bars): StoryObj {
  const read = async (months: number) =>
    (await consumption(persona, step, addSteps(from, 'month', months), addSteps(to, 'month', months))).series as EnergySeries;
  return {
    args: { label: `${persona}, ${from} – ${to}`, ...args },
    loaders: [async () => ({ series: await read(0), previous: withPrevious ? (await read(-12)).values : undefined })],
    render: (given, context) => {
      const { values, quality } = context.loaded['series'] as EnergySeries;
      const format = barFormat(String(context.globals['language']), step, (index) => addSteps(from, step, index), { values, quality });
      const chart = renderElement({ ...given, values, quality, previous: context.loaded['previous'], format }, context) as HTMLElement;
      chart.append(emptyWords(String(context.globals['language'])));
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
