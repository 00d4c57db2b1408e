import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { answerExpected, findsThread, previewOf } from './message-rules.ts';
import { instant, localDay } from './time.ts';

const SERVICE = { answerHours: 16, days: [1, 2, 3, 4, 5], opens: '08:30', closes: '16:30' };
const PARIS = 'Europe/Paris';
const expected = (at: string, more: object = {}) => answerExpected(Date.parse(at), { ...SERVICE, ...more }, PARIS);

describe('by when an answer is to be expected', () => {
  it('counts working hours from the moment of the message', () => {
    // Tuesday at ten: six and a half hours that day, eight on Wednesday, one and a half on Thursday.
    assert.equal(expected('2026-11-24T09:00:00Z'), '2026-11-26T09:00:00Z');
  });

  it('begins with the next opening, after a night or a weekend', () => {
    assert.equal(expected('2026-11-24T22:00:00Z', { answerHours: 8 }), '2026-11-25T15:30:00Z');
    assert.equal(expected('2026-11-28T10:00:00Z', { answerHours: 8 }), '2026-11-30T15:30:00Z');
    assert.equal(expected('2026-11-27T15:00:00Z', { answerHours: 1 }), '2026-11-30T08:00:00Z');
  });

  it('keeps to the clock over a change of it', () => {
    assert.equal(expected('2026-10-23T14:30:00Z', { answerHours: 8 }), '2026-10-26T15:30:00Z');
  });

  it('is later for who writes later, and within working hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 80 }), (one, other, answerHours) => {
        const at = (minutes: number) => Date.parse('2026-03-20T00:00:00Z') + minutes * 60_000;
        const [first, second] = [Math.min(one, other), Math.max(one, other)].map((minutes) => Date.parse(answerExpected(at(minutes), { ...SERVICE, answerHours }, PARIS)));
        assert.ok((first ?? 0) <= (second ?? 0) && (first ?? 0) > at(Math.min(one, other)));
        const local = new Date((second ?? 0)).toLocaleTimeString('en-GB', { timeZone: PARIS });
        assert.ok(local >= '08:30:00' && local <= '16:30:00', local);
        assert.ok(new Date(`${localDay(second ?? 0, PARIS)}T12:00:00Z`).getUTCDay() % 6 !== 0, instant(second ?? 0));
      }),
    );
  });
});

describe('a search', () => {
  const messages = [{ words: 'Mon relevé d’août est FAUX,\nvoyez la photo.', author: null }, { words: 'Bonjour, nous avons corrigé.', author: 'Chloé, service clients' }];

  it('finds all its words, whatever their case, accents and order', () => {
    for (const query of ['faux releve', 'AOUT', 'chloe corrige', '', '  photo  ']) assert.equal(findsThread(query.trim(), {}, messages), true, query);
    for (const query of ['septembre', 'faux septembre']) assert.equal(findsThread(query, {}, messages), false, query);
  });

  it('finds what a thread is about', () => {
    assert.equal(findsThread('en2610000101', { about: { what: 'invoice', contractId: 'c', invoiceId: 'i', label: 'EN2610000101' } }, []), true);
  });
});

describe('the beginning of a message', () => {
  it('stands on one line, and is cut between characters', () => {
    assert.equal(previewOf({ words: ' Bonjour,\n\nvoici. ' }), 'Bonjour, voici.');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (words) => {
      const preview = previewOf({ words });
      assert.ok([...preview].length <= 140 && !preview.includes('\n'));
    }));
  });
});
