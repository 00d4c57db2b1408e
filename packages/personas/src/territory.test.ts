import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTerritory, searchCommunes, supplierFor, type Energy } from '@oya/contract';
import { territory } from './territory.ts';
import { utilities } from './utilities.ts';

/** By what a customer types and the energy of the contract: the utility of the answer. */
function utilityFor(typed: string, energy: Energy): string | undefined {
  const [match] = searchCommunes(territory, typed);
  assert.ok(match, `“${typed}” is found`);
  const answer = supplierFor(territory, match.commune.id, energy);
  return answer.state === 'supplied' ? answer.supplier.utility : undefined;
}

describe('the demo’s territory', () => {
  it('has no mistake', () => {
    assert.deepEqual(readTerritory(structuredClone(territory)), territory);
  });

  it('follows the rules of the guide', () => {
    assert.equal(utilityFor('Carmaux', 'electricity'), 'eneo');
    assert.equal(utilityFor('Carmaux', 'gas'), 'eneo');
    assert.equal(utilityFor('ROSIERES', 'gas'), 'eneo');
    assert.equal(utilityFor('MONESTIES', 'gas'), 'eneo');
    assert.equal(utilityFor('Tanus', 'electricity'), 'sicae');
    assert.equal(utilityFor('Rosières', 'electricity'), 'sicae');
    assert.equal(utilityFor('St Jean de Marcel', 'electricity'), 'sicae');
    assert.equal(utilityFor('Blaye', 'electricity'), undefined);
  });

  it('sends nobody elsewhere than the utilities’ own descriptions do', () => {
    for (const { id, territory: served } of utilities) {
      for (const { name, energies } of served) for (const energy of energies) assert.equal(utilityFor(name, energy), id, `${name}, ${energy}`);
    }
  });
});
