/** The twin and the portal's own costs are reckoned apart, and agree to the cent: whoever sees both sees one amount. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sandboxAdapter } from '@oya/adapters/sandbox';
import { addDays, compareTariffs, describeTariffs, getConsumption, getContract, lastTwelveMonths, listContracts, listMeters, listTempoDays, toCents, type ExactCost } from '@oya/contract';
import { measuredDays } from '@oya/formats/measured-days';
import { kindOf, subjectOf, tariffOf } from './subject.ts';

const timeZone = 'Europe/Paris';
const NOW = '2026-11-24T09:00:00Z';

describe('the tariff twin of an account', () => {
  for (const persona of ['camille', 'julien', 'lucien', 'nadia']) {
    it(`costs under ${persona}’s own tariff what ${persona}’s consumption cost, each month`, async () => {
      const adapter = sandboxAdapter({ persona, now: NOW });
      const contract = (await adapter.perform(listContracts, {})).items.find(({ energy }) => energy === 'electricity');
      assert.ok(contract);
      const meter = (await adapter.perform(listMeters, { contractId: contract.id })).items[0];
      assert.ok(meter);
      const { tariffs } = await adapter.perform(describeTariffs, {});
      const details = await adapter.perform(getContract, { contractId: contract.id });
      const { available } = await adapter.perform(getConsumption, { meterId: meter.id, resolution: 'day', from: '2026-11-01', to: '2026-11-02' });
      assert.ok(available);
      const period = lastTwelveMonths(available);
      const ask = (resolution: 'day' | 'half-hour' | 'month') => adapter.perform(getConsumption, { meterId: meter.id, resolution, ...period });
      const colours = new Map((await adapter.perform(listTempoDays, { from: addDays(period.from, -1), to: period.to })).items.map(({ day, colour }) => [day, colour]));

      const [days, months] = [await ask('day'), await ask('month')];
      const curve = meter.resolutions.includes('half-hour') ? (await ask('half-hour')).series : undefined;
      const measured = measuredDays({ days: days.series.kind === 'energy' ? [days.series] : [], curves: curve?.kind === 'curve' ? [curve] : [] }, timeZone);
      const subject = subjectOf(measured, kindOf(meter.registers.map(({ code }) => code)));
      assert.deepEqual(subject?.period, period);
      const own = tariffOf(details, tariffs, addDays(period.to, -1));
      assert.equal(own?.kind, subject?.counted);
      const { results } = compareTariffs(tariffs, measured, { subscribedPowerKva: contract.subscribedPowerKva, offPeak: details.offPeak, tempoColour: (day) => colours.get(day), timeZone }, period);
      const mine = results.find(({ tariff }) => tariff === own);
      assert.ok(mine?.cost && months.cost);
      assert.equal(mine.months.length, 12);
      const inCents = (amounts: readonly (number | null)[]) => amounts.map((amount) => toCents(amount as ExactCost));
      // What is due for days without a measure is no part of a comparison, which has them under no tariff.
      const whole = mine.months.flatMap(({ month, days: counted }, index) => (counted === daysOf(month) ? [index] : []));
      assert.ok(whole.length >= 10, `${whole.length} whole months`);
      assert.deepEqual(inCents(mine.months.map(({ energy }) => energy)), inCents(months.cost.energy));
      assert.deepEqual(inCents(whole.map((index) => mine.months[index]?.standingCharge ?? null)), inCents(whole.map((index) => months.cost?.standingCharge[index] ?? null)));
    });
  }
});

function daysOf(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
}
