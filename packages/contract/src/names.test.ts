import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { comparableName } from './names.ts';

describe('a name for comparing', () => {
  it('has no accents, capitals, hyphens or apostrophes', () => {
    assert.equal(comparableName('  Valence-d’Albigeois '), 'valence d albigeois');
    assert.equal(comparableName('TAÏX'), comparableName('taix'));
  });
});
