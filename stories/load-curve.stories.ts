import '@oya/charts/load-curve.define';
import type { LoadCurve, LocalDay } from '@oya/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { consumption, curveFormat, emptyWords } from './chart-data.ts';
import { renderElement } from './portal.ts';

export default { title: 'Charts/Load curve', component: 'oya-load-curve' } satisfies Meta;

/** The half-hours of a persona over local days, `to` excluded. */
function curve(persona: string, from: LocalDay, to: LocalDay): StoryObj {
  return {
    args: { label: `${persona}, ${from} – ${to}` },
    loaders: [async () => ({ curve: (await consumption(persona, 'half-hour', from, to)).series })],
    render: (args, context) => {
      const language = String(context.globals['language']);
      const chart = renderElement({ ...args, curve: context.loaded['curve'] as LoadCurve, format: curveFormat(language) }, context) as HTMLElement;
      chart.append(emptyWords(language));
      return chart;
    },
  };
}

export const Day = curve('camille', '2026-11-16', '2026-11-17');
/** A day of 25 hours: the clocks go back at three. */
export const LongDay = curve('camille', '2026-10-25', '2026-10-26');
/** From noon on the meter measures every ten minutes. */
export const StepChange = curve('camille', '2026-03-11', '2026-03-12');
export const Week = curve('marc', '2026-11-09', '2026-11-16');
/** Nothing came from the meter on two days. */
export const WithGap = curve('camille', '2025-06-14', '2025-06-22');
export const TwoYears = curve('camille', '2024-10-01', '2026-11-24');
export const Empty = curve('camille', '2026-11-24', '2026-11-25');
