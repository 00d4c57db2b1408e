/** What stands behind a load curve: when which register counts, by the contract's hours. */
import type { CurveBand } from '@oya/charts';
import { addDays, dayStart, registersOfDay, type LocalDay, type Period, type RegisterPlan, type TimeZone } from '@oya/contract';

const MINUTE = 60_000;

/** How a register stands behind a curve; `undefined` for one that has no background, as what stands out is the exception. */
export type Shade = (code: string) => Pick<CurveBand, 'tone' | 'label'> | undefined;

/** The bands of days in a row; one over midnight is one. None on days whose hours are not known, or with one register alone. */
export function bandsOf({ from, to }: Period, plan: RegisterPlan, timeZone: TimeZone, shade: Shade): CurveBand[] {
  const bands: CurveBand[] = [];
  if (plan.registers.length < 2) return bands;
  for (let day: LocalDay = from; day < to; day = addDays(day, 1)) {
    const midnight = dayStart(day, timeZone);
    for (const stretch of registersOfDay(day, plan, timeZone) ?? []) {
      const shown = shade(stretch.code);
      if (!shown) continue;
      const band = { from: midnight + stretch.from * MINUTE, to: midnight + stretch.to * MINUTE, ...shown };
      const last = bands.at(-1);
      if (last?.to === band.from && last.tone === band.tone) bands[bands.length - 1] = { ...last, to: band.to };
      else bands.push(band);
    }
  }
  return bands;
}
