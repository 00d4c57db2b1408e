import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTerritory, TerritoryError } from './territory-check.ts';

/** A territory as a file holds it, without a mistake; each test makes one. */
function written() {
  return {
    $comment: 'Ours, from the concession of 2020.',
    communes: [
      { id: 'carmaux', name: 'Carmaux', postcodes: ['81400'] },
      { id: 'tanus', name: 'Tanus', postcodes: ['81190'] },
    ],
    rules: [
      { communes: ['carmaux'] as string[] | string, energies: ['electricity', 'gas'], utility: 'eneo', reason: { fr: 'À Carmaux, ENEO.' } },
      { communes: ['tanus'] as string[] | string, energies: ['electricity'], utility: 'sicae', reason: { fr: 'Au Ségala, SICAE.' } },
    ],
    suppliers: [
      { utility: 'eneo', name: 'ENEO', portal: 'https://www.eneo.example', contact: { label: { fr: 'ENEO' }, phone: '05 36 49 10 10' } },
      { utility: 'sicae', name: 'SICAE', portal: '/sicae', contact: { label: { fr: 'SICAE' }, phone: '05 36 49 20 10' } },
    ],
    contact: { label: { fr: 'Accueil' }, email: 'contact@oya.example' } as Record<string, unknown>,
  };
}

function mistakesOf(change: (territory: ReturnType<typeof written>) => void): string {
  const territory = written();
  change(territory);
  try {
    readTerritory(territory);
  } catch (thrown) {
    assert.ok(thrown instanceof TerritoryError, String(thrown));
    return thrown.message;
  }
  assert.fail('expected a TerritoryError');
}

describe('a territory that people wrote', () => {
  it('is read, without what is for its writers', () => {
    const { $comment: _, ...territory } = written();
    assert.deepEqual(readTerritory(written()), territory);
  });

  it('that is no territory at all is refused by the names of what it lacks', () => {
    assert.throws(() => readTerritory({}), /^TerritoryError: communes: .*\nrules: .*\nsuppliers: .*\ncontact: /);
    assert.throws(() => readTerritory(null), /^TerritoryError: the file: /);
  });

  it('may name only communes and suppliers that there are', () => {
    assert.equal(
      mistakesOf(({ rules }) => (rules[1]!.communes = ['tanus', 'CARMAUX'])),
      'rules[1].communes[1]: there is no commune “CARMAUX”; did you mean “carmaux”? add it to communes, or correct the id',
    );
    assert.equal(
      mistakesOf(({ rules }) => (rules[0]!.utility = 'edf')),
      'rules[0].utility: there is no supplier “edf”; there are eneo, sicae: add it to suppliers, or correct the id',
    );
  });

  it('leaves no commune without a rule', () => {
    assert.equal(
      mistakesOf(({ communes }) => communes.push({ id: 'virac', name: 'Virac', postcodes: ['81640'] })),
      'communes[2]: no rule names Virac (“virac”) for electricity or gas; add it to a rule, or take it out',
    );
  });

  it('gives each commune and supplier an id of its own', () => {
    const message = mistakesOf(({ communes, suppliers }) => {
      communes.push(communes[0]!);
      suppliers.push(suppliers[1]!);
    });
    assert.equal(
      message,
      'communes[2].id: “carmaux” is already communes[0]; give each its own, or take one out\n' +
        'suppliers[2].utility: “sicae” is already suppliers[1]; give each its own, or take one out',
    );
  });

  it('has no rule that never applies', () => {
    assert.equal(
      mistakesOf(({ rules }) => rules.splice(1, 0, { ...rules[1]!, communes: 'all', energies: ['electricity'] })),
      'rules[2]: never applies, since earlier rules decide all that it names; move it up, or take it out',
    );
  });

  it('has no field that nobody reads', () => {
    assert.equal(
      mistakesOf(({ communes }) => Object.assign(communes[1]!, { formerName: 'Tanus-le-Vieux' })),
      'communes[1].formerName: there is no such field; correct its name, or take it out',
    );
  });

  it('is told what a postcode, an address, a contact and a list of communes look like', () => {
    assert.match(mistakesOf(({ communes }) => (communes[0]!.postcodes = ['8140'])), /^communes\[0\]\.postcodes\[0\]: a postcode has five digits$/);
    assert.match(mistakesOf(({ suppliers }) => (suppliers[0]!.portal = 'javascript:alert(1)')), /^suppliers\[0\]\.portal: write an address as https:/);
    assert.match(mistakesOf(({ contact }) => delete contact['email']), /^contact: a contact has a phone number or an e-mail address$/);
    assert.match(mistakesOf(({ rules }) => (rules[0]!.communes = 'most')), /^rules\[0\]\.communes: write "all", or a list of ids of communes$/);
    assert.match(mistakesOf(({ communes }) => (communes[0]!.name = '…')), /^communes\[0\]\.name: a name has letters$/);
  });

  it('is told every mistake at once', () => {
    const message = mistakesOf(({ rules }) => {
      rules[0]!.communes = ['carmeaux'];
      rules[1]!.utility = 'sica';
    });
    assert.deepEqual(message.split('\n').map((line) => line.split(':')[0]), ['rules[0].communes[0]', 'rules[1].utility', 'communes[0]']);
  });
});
