import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, instant } from '@oya/contract';
import { calendar, type Calendar, type CalendarEvent } from './icalendar.ts';

/** What a calendar program reads: unfolded, by name, with its parameters, its value unescaped. */
function parsed(file: string): { name: string; parameters: string; value: string }[] {
  return file.replaceAll('\r\n ', '').split('\r\n').slice(0, -1).map((line) => {
    const { name = '', parameters = '', value = '' } = /^(?<name>[A-Z-]+)(?<parameters>[^:]*):(?<value>.*)$/s.exec(line)?.groups ?? {};
    return { name, parameters, value: value.replaceAll(/\\(.)/g, (_, escaped: string) => (/n/i.test(escaped) ? '\n' : escaped)) };
  });
}

/** What is left of a text when lines end alike and what cannot be written is gone. */
function readable(text: string): string {
  return text.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');
}

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', 'é', '👩‍🔧', '\n', '\r', '\t', ',', ';', '\\', ':', '"', '\u0000', '\ud800') , maxLength: 300 }));
const moment = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => instant(seconds * 1000));
const day = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays('1990-01-01', days));
const times = fc.oneof(fc.record({ start: moment, end: moment }), fc.record({ start: day, end: day }));
const event: fc.Arbitrary<CalendarEvent> = fc
  .tuple(times, fc.record({ uid: text, summary: text, stamp: moment }), fc.record({ description: text, location: text, sequence: fc.nat(), status: fc.constantFrom('confirmed', 'tentative', 'cancelled') }, { requiredKeys: [] }))
  .map(([when, required, optional]) => ({ ...when, ...required, ...optional }));
const calendars: fc.Arbitrary<Calendar> = fc.record({ name: text, productId: text, events: fc.array(event, { maxLength: 4 }) });

const example: CalendarEvent = { uid: 'tempo-2026-11-25@oya', start: '2026-11-25', end: '2026-11-26', summary: 'Jour rouge', stamp: '2026-11-24T10:00:00Z' };

describe('A calendar', () => {
  it('is read back by whoever follows the RFC, with any text in it', () => {
    fc.assert(
      fc.property(calendars, (given) => {
        const fields = parsed(calendar(given));
        const valuesOf = (name: string): string[] => fields.filter((field) => field.name === name).map(({ value }) => value);
        assert.deepEqual(valuesOf('NAME'), [readable(given.name)]);
        assert.deepEqual(valuesOf('PRODID'), [readable(given.productId)]);
        assert.deepEqual(valuesOf('UID'), given.events.map(({ uid }) => readable(uid)));
        assert.deepEqual(valuesOf('SUMMARY'), given.events.map(({ summary }) => readable(summary)));
        assert.deepEqual(valuesOf('SEQUENCE'), given.events.map(({ sequence }) => String(sequence ?? 0)));
        assert.deepEqual(valuesOf('DESCRIPTION'), given.events.flatMap(({ description }) => (description === undefined ? [] : [readable(description)])));
        assert.deepEqual(valuesOf('LOCATION'), given.events.flatMap(({ location }) => (location === undefined ? [] : [readable(location)])));
        assert.deepEqual(valuesOf('STATUS'), given.events.flatMap(({ status }) => (status === undefined ? [] : [status.toUpperCase()])));
        assert.equal(valuesOf('BEGIN').length, given.events.length + 1);
        assert.deepEqual(valuesOf('BEGIN').toSorted(), valuesOf('END').toSorted());
      }),
    );
  });

  it('has lines of 75 octets at most, which end with CR and LF, and no control in them', () => {
    fc.assert(
      fc.property(calendars, (given) => {
        const file = calendar(given);
        assert.ok(file.endsWith('\r\n'));
        for (const line of file.split('\r\n')) {
          assert.ok(Buffer.byteLength(line) <= 75, line);
          assert.doesNotMatch(line, /[\u0000-\u0008\u000a-\u001f\u007f]/);
        }
      }),
    );
  });

  it('never cuts a character in two: each line stands for itself', () => {
    fc.assert(
      fc.property(calendars, (given) => {
        for (const line of calendar(given).split('\r\n')) assert.ok(line.isWellFormed());
      }),
    );
  });

  it('tells days as days and moments in UTC, with an end only where it comes after the start', () => {
    const fieldOf = (given: Partial<CalendarEvent>, name: string): string | undefined => parsed(calendar({ name: '', productId: '', events: [{ ...example, ...given }] })).filter((field) => field.name === name).map(({ parameters, value }) => `${parameters} ${value}`)[0];
    assert.equal(fieldOf({}, 'DTSTART'), ';VALUE=DATE 20261125');
    assert.equal(fieldOf({}, 'DTEND'), ';VALUE=DATE 20261126');
    const hours = { start: '2026-11-25T05:00Z', end: '2026-11-25T06:30:00.5Z' };
    assert.equal(fieldOf(hours, 'DTSTART'), ' 20261125T050000Z');
    assert.equal(fieldOf(hours, 'DTEND'), ' 20261125T063000Z');
    assert.equal(fieldOf({ end: example.start }, 'DTEND'), undefined);
    assert.throws(() => fieldOf({ end: '2026-11-26T05:00:00Z' }, 'DTEND'), /neither of days nor of hours/);
  });

  it('keeps an address on its line and unescaped, and says how often to ask again', () => {
    const fields = parsed(calendar({ name: 'Tempo', productId: '-//OYA//FR', refreshMinutes: 60, events: [{ ...example, url: 'https://a.example/b?c=1,2;d\r\nX-EVIL: 1' }] }));
    assert.equal(fields.find(({ name }) => name === 'URL')?.value, 'https://a.example/b?c=1,2;dX-EVIL:%201');
    assert.ok(!fields.some(({ name }) => name === 'X-EVIL'));
    assert.deepEqual(fields.filter(({ name }) => /REFRESH|TTL/.test(name)).map(({ value }) => value), ['PT60M', 'PT60M']);
  });
});
