import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { OUTAGE_CAUSES, OUTAGE_STATES } from '@oya/contract';
import { FormatError } from '../errors.ts';
import { timeZone } from '../testing/arbitraries.ts';
import { latin1 } from '../testing/latin1.ts';
import { mutations } from '../testing/mutations.ts';
import { readOutagesCsv, type ListedOutage } from './outages-csv.ts';

const COMMUNES = [{ code: '81060', name: 'Carmaux' }, { code: '81170', name: 'Monestiés' }];
const HEAD = 'Référence;Nature;Énergie;Cause;Commune;Rue;De;À;Côté;Foyers;État;Début;Fin;Note;Note en';
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));
const read = (file: Uint8Array) => readOutagesCsv(file, { timeZone, communes: COMMUNES });

const street = fc.record({ name: fc.constantFrom('rue du Puits', 'avenue Albert-Thomas', 'Lieu-dit "Le Bruc"; ferme'), from: fc.option(fc.integer({ min: 1, max: 9999 }), { nil: undefined }), side: fc.option(fc.constantFrom('odd', 'even'), { nil: undefined }) }, { requiredKeys: ['name'] });
const listed = fc.record({
  kind: fc.constantFrom('outage', 'works'),
  energy: fc.constantFrom('electricity', 'gas'),
  cause: fc.constantFrom(...OUTAGE_CAUSES),
  areas: fc.uniqueArray(fc.record({ commune: fc.constantFrom('81060', '81170', '2A004'), streets: fc.uniqueArray(street, { maxLength: 3, selector: ({ name }) => name }) }), { minLength: 1, maxLength: 3, selector: ({ commune }) => commune }),
  households: fc.option(fc.nat(100_000)),
  state: fc.option(fc.constantFrom(...OUTAGE_STATES)),
  startsAt: fc.integer({ min: 0, max: 5_000 }).map((hours) => new Date(Date.parse('2026-11-01T00:00:00Z') + hours * 3_600_000).toISOString().replace('.000', '')),
  note: fc.option(fc.record({ fr: fc.constantFrom('Un arbre est tombé.', 'Deux\nlignes; et un "mot"') })),
});

/** As the utility's system would write them: a line for each street. */
function written(outages: readonly Omit<ListedOutage, 'lines' | 'reference' | 'estimatedEnd'>[], delimiter: ';' | ','): Uint8Array {
  const quoted = (value: unknown) => `"${String(value ?? '').replaceAll('"', '""')}"`;
  const rows = outages.flatMap(({ kind, energy, cause, areas, households, state, startsAt, note }, index) =>
    areas.flatMap(({ commune, streets }) =>
      (streets.length === 0 ? [undefined] : streets).map((part) => [`R${index}`, kind, energy, cause, commune, part?.name, part?.from, part?.to, part?.side, households, state, startsAt, '', note?.fr, ''].map(quoted).join(delimiter)),
    ),
  );
  return bytes(HEAD.replaceAll(';', delimiter), ...rows, '');
}

describe('lists of outages', () => {
  it('are what was written, street by street', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 6 }), fc.constantFrom<';' | ','>(';', ','), (told, delimiter) => {
        const { outages, skipped } = read(written(told as ListedOutage[], delimiter));
        assert.deepEqual(skipped, []);
        // A value that is absent is no value.
        const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;
        assert.deepEqual(plain(outages.map(({ lines: _, ...outage }) => outage)), plain(told.map((outage, index) => ({ reference: `R${index}`, estimatedEnd: null, ...outage }))));
      }),
      { numRuns: 200 },
    );
  });

  it('are read as French people write them, in either encoding', () => {
    const text = [HEAD, 'T-12;Travaux;Électricité;Élagage;Monestiés;rue de l’Église;2;30;pairs;38;Prévus;01/12/2026 09:00;01/12/2026 12:00;Les travaux seront courts.;'].join('\n').replaceAll('’', '\'');
    for (const file of [bytes(text), latin1(text)]) {
      assert.deepEqual(read(file).outages, [
        {
          lines: [2], reference: 'T-12', kind: 'works', energy: 'electricity', cause: 'pruning', areas: [{ commune: '81170', streets: [{ name: 'rue de l\'Église', from: 2, to: 30, side: 'even' }] }],
          households: 38, state: 'planned', startsAt: '2026-12-01T08:00:00Z', estimatedEnd: '2026-12-01T11:00:00Z', note: { fr: 'Les travaux seront courts.' },
        },
      ]);
    }
  });

  it('say of each line that says nothing why, and lose none of the others', () => {
    const row = (fields: Record<string, string>) => HEAD.split(';').map((name) => ({ Nature: 'coupure', Énergie: 'gaz', Commune: 'Carmaux', Début: '24/11/2026 17:30', ...fields })[name] ?? '').join(';');
    const { outages, skipped } = read(bytes(HEAD, row({ Nature: 'fête' }), row({ Commune: 'Paris' }), row({ Début: '31/02/2026 10:00' }), row({ Début: 'demain' }), row({ De: '3' }), row({ Rue: 'x', De: '0' }), row({ Référence: 'A', Rue: 'rue A' }), row({ Référence: 'A', Rue: 'rue B', Énergie: 'électricité' }), row({ Référence: 'A', Rue: 'rue C' }), row({ 'Note en': 'Hello' }), row({ Rue: 'x', De: '45', À: '1' })));
    assert.deepEqual(skipped.map(({ line, reason }) => [line, reason.slice(0, 44)]), [
      [2, '“fête” is no kind of outage: write one of co'],
      [3, '“Paris” is no commune that is known here: wr'],
      [4, '“31/02/2026 10:00” is no time: 2026-02-31 is'],
      [5, '“demain” is no time: write it as 24/11/2026 '],
      [6, 'numbers are those of a street, and none is n'],
      [7, '“0” is no whole number from 1 to 9999'],
      [9, 'line 8 says something else of A: the energy '],
      [11, 'a note is in French first'],
      [12, 'the numbers of a street run from the lower t'],
    ]);
    assert.deepEqual(outages.map(({ lines, areas }) => [lines, areas]), [[[8, 10], [{ commune: '81060', streets: [{ name: 'rue A' }, { name: 'rue C' }] }]]]);
  });

  it('mean a whole commune where one of its lines names no street', () => {
    const { outages: [outage] } = read(bytes('reference,kind,energy,commune,street,start', 'A,outage,gas,81060,rue A,2026-11-24 10:00', 'A,outage,gas,81060,,2026-11-24 10:00', 'A,outage,gas,81060,rue B,2026-11-24 10:00'));
    assert.deepEqual(outage?.areas, [{ commune: '81060', streets: [] }]);
  });

  it('are refused as a whole where the first line names no columns, with what to do', () => {
    for (const file of [bytes(''), bytes('a;b;c', '1;2;3'), Uint8Array.from([0x50, 0x4b, 3, 4, 0, 1])]) assert.throws(() => read(file), (error) => error instanceof FormatError && /first line|Begin with a line/.test(error.advice));
  });

  it('spoilt in any way give no error but that, and account for each line once', () => {
    fc.assert(
      fc.property(fc.array(listed, { maxLength: 4 }), mutations, (told, mutate) => {
        try {
          const { outages, skipped } = read(mutate(written(told as ListedOutage[], ';')));
          const all = [...outages.flatMap(({ lines }) => lines), ...skipped.map(({ line }) => line)];
          assert.equal(new Set(all).size, all.length);
          for (const { areas, households, startsAt } of outages) {
            assert.ok(areas.length > 0 && !Number.isNaN(Date.parse(startsAt)) && (households === null || Number.isSafeInteger(households)));
          }
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 500 },
    );
  });
});
