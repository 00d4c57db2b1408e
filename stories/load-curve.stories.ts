import '@oya/charts/load-curve.define';
import type { CurveColumns, Tone } from '@oya/charts';
import type { LoadCurve, LocalDay } from '@oya/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { bandsFrom, consumption, curveFormat, emptyWords } from './chart-data.ts';
import { renderElement } from './portal.ts';

export default { title: 'Charts/Load curve', component: 'oya-load-curve' } satisfies Meta;

interface Extras {
  /** Subscribed power. */
  watts?: number;
  /** Off-peak hours behind the curve. */
  bands?: boolean;
  /** Days of Tempo behind the curve, one after the other. */
  tones?: readonly Tone[];
  forms?: Readonly<Record<string, string>>;
}

/** The half-hours of a persona over local days, `to` excluded. */
function curve(persona: string, from: LocalDay, to: LocalDay, { watts, tones, bands = false, ...more }: Extras = {}): StoryObj {
  return {
    args: { label: `${persona}, ${from} – ${to}`, ...more },
    loaders: [async () => ({ curve: (await consumption(persona, 'half-hour', from, to)).series })],
    render: (args, context) => {
      const language = String(context.globals['language']);
      const given = context.loaded['curve'] as LoadCurve;
      const first = Date.parse(given.segments[0]?.start ?? '');
      const limit = watts === undefined ? undefined : { watts, label: `${language === 'fr' ? 'Puissance souscrite :' : 'Subscribed power:'} ${watts / 1000}\u202fkVA` };
      const behind = bands || tones ? bandsFrom(first, Math.ceil((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1, language, tones) : [];
      const chart = renderElement({ ...args, curve: given, format: curveFormat(language), limit, bands: behind }, context) as HTMLElement;
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

/** Off-peak hours behind a day, and a subscribed power that the evening exceeds. */
export const LimitExceeded = curve('camille', '2026-11-16', '2026-11-17', { watts: 3000, bands: true });
export const OffPeakHours = curve('marc', '2026-11-09', '2026-11-16', { bands: true });
export const TempoDays = curve('camille', '2026-11-16', '2026-11-20', { tones: ['blue', 'white', 'red', 'blue'] });
export const LimitOverYears = curve('camille', '2024-10-01', '2026-11-24', { watts: 6000, bands: true });
export const WithKey = curve('camille', '2025-06-14', '2025-06-22', { forms: { estimated: 'Estimé', missing: 'Pas de mesure' } });

/** Ten years at every three minutes: 1 752 000 values, zoomed from decades to hours. */
export const TenYears: StoryObj = {
  args: { label: '2016 – 2026' },
  render: (args, context) => {
    const values = Int32Array.from({ length: 1_752_000 }, (_, index) => {
      const season = 1 + 0.5 * Math.cos((index / 175_200) * 2 * Math.PI);
      return Math.round(season * (300 + 200 * Math.sin((index / 480) * 2 * Math.PI)) + ((index * 7919) % 997 > 960 ? 2500 : 0));
    });
    const columns: CurveColumns = { start: Date.UTC(2016, 10, 23, 23), stepMinutes: 3, values, quality: 'r'.repeat(values.length) };
    return renderElement({ ...args, curve: [columns], format: curveFormat(String(context.globals['language'])) }, context) as HTMLElement;
  },
};
