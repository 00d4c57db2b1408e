import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { getEcowatt, isEcowattSilent, listContracts, listTempoDays, type Instant } from '@oya/contract';
import { sandboxAdapter, type Signals } from './sandbox.ts';

const NOW: Instant = '2026-11-24T10:30:00Z';
const told = (signals: Signals, now = NOW) => sandboxAdapter({ now, signals }).perform(getEcowatt, {});
const tomorrow = async (signals: Signals, now = NOW) => (await sandboxAdapter({ now, signals }).perform(listTempoDays, { from: '2026-11-25', to: '2026-11-27' })).items;

describe('what RTE tells the sandbox', () => {
  it('is of the demo’s weather: four days, and colours up to tomorrow', async () => {
    assert.deepEqual((await told({})).days.map(({ day }) => day), ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27']);
    assert.deepEqual((await tomorrow({})).map(({ day }) => day), ['2026-11-25']);
  });

  it('is a tense day where one wants to see it', async () => {
    const levels = async (signals: Signals) => (await told(signals)).days.map(({ level }) => level);
    assert.equal((await levels({ ecowatt: 'tense' }))[0], 2);
    assert.equal((await levels({ ecowatt: 'very-tense' }))[0], 3);
    assert.equal((await told({ ecowatt: 'very-tense' })).days[0]?.hours[18], 3);
  });

  it('is two days old, or nothing, where RTE is silent', async () => {
    const silent = await told({ ecowatt: 'silent' });
    assert.deepEqual([silent.days.map(({ day }) => day), isEcowattSilent(silent, Date.parse(NOW))], [['2026-11-24', '2026-11-25'], true]);
    assert.deepEqual(await told({ ecowatt: 'unknown' }), { days: [], readAt: null, answeredAt: NOW });
  });

  it('is of tomorrow what one wants to see', async () => {
    assert.deepEqual(await tomorrow({ tempo: 'red' }), [{ day: '2026-11-25', colour: 'red' }]);
    assert.deepEqual(await tomorrow({ tempo: 'provisional' }), [{ day: '2026-11-25', colour: 'white', isProvisional: true }]);
    assert.deepEqual(await tomorrow({ tempo: 'unknown' }), []);
    assert.deepEqual((await tomorrow({ tempo: 'changed' }))[0]?.changed?.from, 'white');
  });

  it('leaves the days before alone', async () => {
    const days = (signals: Signals) => sandboxAdapter({ now: NOW, signals }).perform(listTempoDays, { from: '2026-09-01', to: '2026-11-25' });
    assert.deepEqual(await days({ tempo: 'red' }), await days({}));
  });
});

describe('a contract', () => {
  it('says that it follows the colours of Tempo', async () => {
    const of = async (persona: string) => (await sandboxAdapter({ persona }).perform(listContracts, {})).items.map(({ isTempo }) => isTempo);
    assert.deepEqual([await of('julien'), await of('camille')], [[true], [undefined]]);
  });
});
