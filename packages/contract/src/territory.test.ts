import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Energy } from './portal.ts';
import { searchCommunes, supplierFor, Territory, type Commune } from './territory.ts';

const contact = { label: { fr: 'Accueil' }, email: 'contact@oya.example' };

function supplier(utility: string) {
  return { utility, name: utility.toUpperCase(), portal: `https://www.${utility}.example/espace-client`, contact };
}

const CARMAUX: Commune = { id: '81060', name: 'Carmaux', postcodes: ['81400'], formerNames: ['Cramaux'] };
const ROSIERES: Commune = { id: '81230', name: 'Rosières', postcodes: ['81400'] };
const MONESTIES: Commune = { id: '81170', name: 'Monestiés', postcodes: ['81640'] };
const SAINTE_GEMME: Commune = { id: '81249', name: 'Sainte-Gemme', postcodes: ['81190'] };
const MIRANDOL: Commune = { id: '81168', name: 'Mirandol-Bourgnounac', postcodes: ['81190'], formerNames: ['Mirandol'] };
const SEGUR: Commune = { id: '81280', name: 'Le Ségur', postcodes: ['81640'] };
const SAINT_BENOIT: Commune = { id: '81244', name: 'Saint-Benoît-de-Carmaux', postcodes: ['81400'] };
const VALENCE: Commune = { id: '81308', name: 'Valence-d’Albigeois', postcodes: ['81340'], formerNames: ['Valence'] };

const territory: Territory = {
  communes: [SAINT_BENOIT, CARMAUX, ROSIERES, MONESTIES, SAINTE_GEMME, MIRANDOL, SEGUR, VALENCE],
  rules: [
    { communes: [CARMAUX.id], energies: ['electricity', 'gas'], utility: 'eneo', reason: { fr: 'Carmaux' } },
    { communes: 'all', energies: ['gas'], utility: 'eneo', reason: { fr: 'gaz ailleurs' } },
    { communes: [ROSIERES.id, MONESTIES.id, SAINTE_GEMME.id, MIRANDOL.id, VALENCE.id], energies: ['electricity'], utility: 'sicae', reason: { fr: 'Ségala' } },
  ],
  suppliers: [supplier('eneo'), supplier('sicae')],
  contact,
};

function found(typed: string): string[] {
  return searchCommunes(territory, typed).map(({ commune }) => commune.name);
}

describe('which utility', () => {
  it('is as the guide says', () => {
    const table: [Commune, Energy, string][] = [
      [CARMAUX, 'electricity', 'eneo'],
      [CARMAUX, 'gas', 'eneo'],
      [ROSIERES, 'gas', 'eneo'],
      [MONESTIES, 'gas', 'eneo'],
      [ROSIERES, 'electricity', 'sicae'],
      [SAINTE_GEMME, 'electricity', 'sicae'],
      [MIRANDOL, 'electricity', 'sicae'],
    ];
    for (const [commune, energy, utility] of table) {
      const answer = supplierFor(territory, commune.id, energy);
      assert.equal(answer.state === 'supplied' && answer.supplier.utility, utility, `${commune.name}, ${energy}`);
    }
  });

  it('comes with the reason of the first rule that fits', () => {
    const answer = supplierFor(territory, CARMAUX.id, 'gas');
    assert.equal(answer.state === 'supplied' && answer.reason.fr, 'Carmaux');
  });

  it('is nobody of the installation where no rule fits, and then there is somebody to ask', () => {
    assert.deepEqual(supplierFor(territory, SEGUR.id, 'electricity'), { state: 'not-supplied', contact });
  });

  it('is nobody where the rule names a supplier that an adapter left out', () => {
    assert.equal(supplierFor({ ...territory, suppliers: [supplier('sicae')] }, CARMAUX.id, 'gas').state, 'not-supplied');
  });
});

describe('a commune', () => {
  it('is found by the beginning of its name, or of any word of it', () => {
    assert.deepEqual(found('rosi'), ['Rosières']);
    assert.deepEqual(found('bourg'), ['Mirandol-Bourgnounac']);
    assert.deepEqual(found('benoit carm'), ['Saint-Benoît-de-Carmaux']);
  });

  it('is found whatever the accents, capitals, hyphens, apostrophes and spaces', () => {
    for (const typed of ['MONESTIES', 'monestiés', 'Monestiès']) assert.deepEqual(found(typed), ['Monestiés'], typed);
    for (const typed of ['valence d albigeois', 'Valence-d\'Albigeois', 'VALENCE D’ALBI']) assert.deepEqual(found(typed), ['Valence-d’Albigeois'], typed);
    for (const typed of ['saint benoit', '  Saint - Benoît ', 'lesegur']) assert.equal(found(typed).length, 1, typed);
  });

  it('is found by “St” and “Ste”', () => {
    assert.deepEqual(found('Ste Gemme'), ['Sainte-Gemme']);
    assert.deepEqual(found('st-benoit'), ['Saint-Benoît-de-Carmaux']);
  });

  it('is found by its postcode, with the name or without', () => {
    assert.deepEqual(found('814'), ['Carmaux', 'Rosières', 'Saint-Benoît-de-Carmaux']);
    assert.deepEqual(found('81190'), ['Mirandol-Bourgnounac', 'Sainte-Gemme']);
    assert.deepEqual(found('81400 ros'), ['Rosières']);
    assert.deepEqual(found('Rosières (81400)'), ['Rosières']);
  });

  it('is found by a former name, which is told; not when its own fits as well', () => {
    assert.deepEqual(searchCommunes(territory, 'cramaux'), [{ commune: CARMAUX, formerName: 'Cramaux', whole: true }]);
    assert.deepEqual(searchCommunes(territory, 'mirandol'), [{ commune: MIRANDOL, whole: false }]);
  });

  it('comes first by its whole name, then by the beginning, then by a word of it', () => {
    assert.deepEqual(found('carmaux'), ['Carmaux', 'Saint-Benoît-de-Carmaux']);
  });

  it('is not found when it is elsewhere, nor by nothing', () => {
    for (const typed of ['Toulouse', '', '   ', '-’-', '31000', 'carmaux toulouse']) assert.deepEqual(found(typed), [], typed);
  });
});

const name = fc.oneof(
  fc.constantFrom(...territory.communes.map((commune) => commune.name)),
  fc.array(fc.constantFrom('Saint', 'Ste', 'le', 'L’', 'Œuf', 'bois', 'Èze', '2', '81'), { minLength: 1, maxLength: 4 }).map((words) => words.join('-')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => /[\p{L}]/u.test(text.normalize('NFD').replaceAll(/\p{M}/gu, ''))),
);
const id = fc.string({ minLength: 1, maxLength: 5 });
const postcode = fc.integer({ min: 1000, max: 98_999 }).map((number) => String(number).padStart(5, '0'));
const commune = fc.record({ id, name, postcodes: fc.array(postcode, { minLength: 1, maxLength: 3 }), formerNames: fc.array(name, { maxLength: 2 }) });
const anyTerritory = fc.uniqueArray(commune, { selector: (each) => each.id, minLength: 1, maxLength: 20 }).chain((communes) =>
  fc
    .array(
      fc.record({
        communes: fc.oneof(fc.constant('all' as const), fc.subarray(communes.map((each) => each.id), { minLength: 1 })),
        energies: fc.subarray([...Energy.options], { minLength: 1 }),
        utility: fc.constantFrom('eneo', 'sicae'),
        reason: fc.constant({ fr: 'parce que' }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((rules): Territory => ({ communes, rules, suppliers: territory.suppliers, contact })),
);

describe('any territory', () => {
  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(anyTerritory, fc.string({ unit: 'binary', maxLength: 200 }), (any, typed) => {
        const matches = searchCommunes(any, typed);
        assert.ok(matches.length <= any.communes.length);
        assert.equal(new Set(matches.map((match) => match.commune.id)).size, matches.length, 'each once');
      }),
    );
  });

  it('finds each commune first by its own name, or one of the same name', () => {
    fc.assert(
      fc.property(anyTerritory, (any) => {
        for (const each of any.communes) {
          const matches = searchCommunes(any, each.name);
          const same = searchCommunes({ ...any, communes: [{ ...each, name: matches[0]?.commune.name ?? '' }] }, each.name);
          assert.ok(matches.some((match) => match.commune.id === each.id), each.name);
          assert.deepEqual(same.map((match) => match.formerName), [undefined], `${matches[0]?.commune.name} for ${each.name}`);
        }
      }),
    );
  });

  it('gives one answer for every commune and energy', () => {
    fc.assert(
      fc.property(anyTerritory, (any) => {
        for (const each of any.communes) {
          for (const energy of Energy.options) {
            const answer = supplierFor(any, each.id, energy);
            const isRuled = any.rules.some((rule) => rule.energies.includes(energy) && (rule.communes === 'all' || rule.communes.includes(each.id)));
            assert.equal(answer.state, isRuled ? 'supplied' : 'not-supplied');
          }
        }
      }),
    );
  });

  it('fits the contract', () => {
    fc.assert(fc.property(anyTerritory, (any) => assert.ok(Territory.safeParse(any).success)), { numRuns: 20 });
  });
});
