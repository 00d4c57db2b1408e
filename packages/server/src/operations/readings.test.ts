import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addDays, type Activity, type MeterReading, type MeterReadings, type Page, type ProblemDocument } from '@oya/contract';
import { writeCsv } from '@oya/formats/write/csv';
import { findPersona, findUtility } from '@oya/personas';
import { asOperator } from '../../test/billing-office.ts';
import { Visitor } from '../../test/visitor.ts';
import { importFile } from '../measurements/import-file.ts';
import { checkReading, readingRows, readingsToCheck } from '../readings/check-readings.ts';
import { readReplacedMeter, takeMeterChange } from '../readings/meter-changes.ts';
import { readingTable } from '../readings/reading-table.ts';
import { LineRefused } from '../taken-lines.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

/** SEEDED_AT, on the installation's clock. */
const TODAY = '2026-11-24';
const METER = '/meters/odette-meter/readings';

for (const engine of testEngines()) {
  describe(`readings, on ${engine.name}`, () => {
    let server: TestServer;
    let odette: Visitor;
    let bernard: Visitor;
    let camille: Visitor;

    before(async () => {
      server = await startTestServer({ engine, now: () => SEEDED_AT });
      [odette, bernard, camille] = [new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo')), new Visitor(server.baseUrl('eneo'))];
      await odette.signInAs('odette');
      await bernard.signInAs('bernard');
      await camille.signInAs('camille');
    });
    after(() => server.stop());

    const of = async (visitor: Visitor, path = METER) => (await visitor.get<MeterReadings>(path)).body;
    const send = (visitor: Visitor, body: object, path = METER) => visitor.send<MeterReading & ProblemDocument>('POST', path, { body });
    const codes = ({ body }: { body: ProblemDocument }) => body.fields?.map(({ path, code }) => `${path}: ${code}`);
    const lastReal = async (visitor: Visitor, path = METER) => (await of(visitor, path)).readings.find(({ state }) => state === 'used') as MeterReading;
    const indexOf = ({ indexes }: MeterReading) => indexes[0]?.index ?? NaN;

    it('are told as invoices know them, real and estimated, with the day of the next invoice', async () => {
      const { readings, nextInvoiceOn } = await of(odette);
      assert.ok(nextInvoiceOn !== null && nextInvoiceOn > TODAY);
      assert.ok(readings.length > 6 && readings.every(({ source, invoiceId }) => source === 'invoice' && invoiceId?.startsWith('EN')));
      assert.deepEqual(new Set(readings.map(({ state }) => state)), new Set(['used', 'estimated']));
      assert.ok(readings.every(({ on }, at) => at === 0 || on < (readings[at - 1]?.on ?? '')));
    });

    it('are sent, told by mail, and kept with what was said; on the same day another one corrects it', async () => {
      const index = indexOf(await lastReal(odette)) + 200;
      const { status, body: sent } = await send(odette, { on: TODAY, indexes: [{ register: 'BASE', index }], words: 'Lu ce matin.' });
      assert.equal(status, 200, JSON.stringify(sent));
      assert.deepEqual([sent.state, sent.source, sent.indexes, sent.words], ['transmitted', 'customer', [{ register: 'BASE', index }], 'Lu ce matin.']);
      assert.deepEqual((await of(odette)).readings[0], sent);
      const mails = (await server.mails()).filter(({ to, subject }) => to === findPersona('odette').email && subject.includes('relevé'));
      assert.equal(mails.length, 1);
      assert.ok(mails[0]?.text.includes(`${index} kWh`) && mails[0].text.includes('Il servira à votre prochaine facture'));

      assert.deepEqual(codes(await send(odette, { on: TODAY, indexes: [{ register: 'BASE', index: index + 5 }] })), ['on: already-read']);
      const { body: better } = await send(odette, { on: TODAY, indexes: [{ register: 'BASE', index: index + 5 }], corrects: sent.id });
      assert.equal(better.state, 'transmitted');
      const { readings } = await of(odette);
      assert.deepEqual(readings.filter(({ source }) => source === 'customer').map(({ id, state }) => [id, state]).toSorted(), [[sent.id, 'corrected'], [better.id, 'transmitted']].toSorted());
      assert.equal((await send(odette, { on: TODAY, indexes: [{ register: 'BASE', index }], corrects: sent.id })).status, 409, 'it was corrected already');

      assert.equal(Date.parse(better.correctableUntil ?? ''), SEEDED_AT + 48 * 3_600_000);
      await server.db.updateTable('reading').set({ correctable_until: new Date(SEEDED_AT) }).where('id', '=', better.id).execute();
      assert.equal((await send(odette, { on: TODAY, indexes: [{ register: 'BASE', index }], corrects: better.id })).status, 409, 'its time is over');
      const { body: { items } } = await odette.get<Page<Activity>>('/profile/activity');
      assert.deepEqual(items.slice(0, 2).map(({ kind }) => kind), ['reading-corrected', 'reading-sent']);
    });

    it('that are odd are asked about, and taken with the reason', async () => {
      const path = '/meters/bernard-workshop-meter/readings';
      const last = indexOf(await lastReal(bernard, path));
      const sent = (index: number, reason?: string, on = TODAY) => send(bernard, { on, indexes: [{ register: 'BASE', index, ...(reason && { reason }) }] }, path);
      assert.deepEqual(codes(await sent(last - 50)), ['indexes.BASE: lower']);
      assert.deepEqual(codes(await sent(last + 30_000)), ['indexes.BASE: far-above']);
      assert.deepEqual(codes(await sent(last + 30_000, 'rolled-over')), ['indexes.BASE: far-above'], 'that explains nothing');
      assert.deepEqual(codes(await sent(last, undefined, addDays(TODAY, 1))), ['on: future']);
      assert.deepEqual(codes(await sent(last, undefined, '2026-01-01')), ['on: before-last']);
      assert.deepEqual(codes(await sent(100_000)), ['indexes.BASE: digits']);
      const { body } = await sent(last + 30_000, 'confirmed');
      assert.deepEqual([body.state, body.indexes], ['under-check', [{ register: 'BASE', index: last + 30_000, doubt: 'far-above', reason: 'confirmed' }]]);
      assert.ok((await server.mails()).at(-1)?.text.includes('une personne le regarde'));
    });

    it('under check are looked at by the utility’s people, who take them or say why not', async () => {
      const [odd, ...others] = await readingsToCheck(server.db, 'eneo');
      assert.deepEqual([odd?.serialNumber, odd?.indexes[0]?.reason, others], ['M00000001608', 'confirmed', []]);
      assert.deepEqual(await readingsToCheck(server.db, 'sicae'), []);
      const id = odd?.id ?? '';
      assert.equal(await asOperator(server, SEEDED_AT, (place) => checkReading(place, id, false, 'Ce cadran n’a que cinq chiffres : relisez-le sans la virgule.')), true);
      assert.equal(await asOperator(server, SEEDED_AT, (place) => checkReading(place, id, true, undefined)), false, 'it is decided');
      const told = (await of(bernard, '/meters/bernard-workshop-meter/readings')).readings.find((each) => each.id === id);
      assert.deepEqual([told?.state, told?.answer], ['corrected', 'Ce cadran n’a que cinq chiffres : relisez-le sans la virgule.']);
      assert.ok((await server.mails()).some(({ to, subject, text }) => to === findPersona('bernard').email && subject === 'Votre relevé n’a pas pu être retenu' && !text.includes('cadran')));

      const csv = new TextDecoder().decode(writeCsv(readingTable(await readingRows(server.db, 'eneo', new Date(0))), { timeZone: 'Europe/Paris' }));
      const [head, ...lines] = csv.replace('\ufeff', '').trim().split('\r\n');
      assert.equal(head, 'reading;contract;delivery_point;meter;register;day;index;unit;state;doubt;reason;outside_window;words;answer;sent_at');
      assert.ok(lines.some((line) => line.startsWith(`${id};EN-001608;00810000001608;M00000001608;BASE;2026-11-24;`) && line.includes(';kWh;corrected;far-above;confirmed;')), csv);
      assert.ok(lines.some((line) => line.includes(';Lu ce matin.;')), 'what its customer wrote');
      assert.deepEqual(await readingRows(server.db, 'eneo', new Date(SEEDED_AT + 1)), []);
    });

    it('need an index of each register', async () => {
      const path = '/meters/bernard-meter/readings';
      assert.deepEqual(codes(await send(bernard, { on: TODAY, indexes: [{ register: 'HP', index: 36_800 }] }, path)), ['indexes.HC: missing']);
      const last = await lastReal(bernard, path);
      const { status } = await send(bernard, { on: TODAY, indexes: last.indexes.map(({ register, index }) => ({ register, index: index + 100 })) }, path);
      assert.equal(status, 200);
    });

    it('that are sent twice at once count once', async () => {
      const path = '/meters/bernard-gas-meter/readings';
      const index = indexOf(await lastReal(bernard, path)) + 60;
      const answers = await Promise.all([1, 2, 3].map(() => send(bernard, { on: TODAY, indexes: [{ register: 'BASE', index }] }, path)));
      assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 422, 422]);
      assert.equal((await of(bernard, path)).readings.filter(({ source }) => source === 'customer').length, 1);
    });

    it('of a meter that reports by itself are those it told last, and are not sent', async () => {
      const { readings, silentSince } = await of(camille, '/meters/camille-linky/readings');
      assert.deepEqual([readings[0]?.source, readings[0]?.on, readings[0]?.indexes.map(({ register }) => register), silentSince], ['meter', TODAY, ['HC', 'HP'], undefined]);
      assert.equal((await send(camille, { on: TODAY, indexes: [] }, '/meters/camille-linky/readings')).status, 422);
      const { status, body } = await send(camille, { on: TODAY, indexes: [{ register: 'HP', index: 1 }] }, '/meters/camille-linky/readings');
      assert.deepEqual([status, body.code], [501, 'collected']);
      const roland = new Visitor(server.baseUrl('sicae'));
      await roland.signInAs('roland');
      assert.equal((await of(roland, '/meters/roland-linky/readings')).silentSince, '2026-11-16');
    });

    it('go on from what another meter began with, once its change is taken in', async () => {
      const path = '/meters/bernard-workshop-meter/readings';
      const last = indexOf(await lastReal(bernard, path));
      const change = { deliveryPoint: '00810000001608', on: '2026-11-10', oldSerialNumber: 'M00000001608', newSerialNumber: 'M00000009999', indexes: [{ register: 'BASE', closing: last + 40, opening: 3 }] };
      const take = (more: object) => takeMeterChange(server.db, findUtility('eneo'), readReplacedMeter(JSON.stringify({ ...change, ...more })));
      await assert.rejects(take({ deliveryPoint: '99999999999999' }), LineRefused);
      await assert.rejects(take({ oldSerialNumber: 'M1' }), /the meter at 00810000001608 is M00000001608, not M1/);
      await assert.rejects(take({ indexes: [] }), /it does not say what BASE showed/);
      assert.throws(() => readReplacedMeter('{"on":"yesterday"}'), LineRefused);
      assert.equal(await take({}), 'taken');
      assert.equal(await take({}), 'known');
      const { status, body } = await send(bernard, { on: TODAY, indexes: [{ register: 'BASE', index: 30 }] }, path);
      assert.deepEqual([status, body.state, body.indexes], [200, 'transmitted', [{ register: 'BASE', index: 30 }]]);
    });

    it('of a route come in by the importer, and are the last real ones from then on', async () => {
      const last = indexOf((await of(odette)).readings.find(({ state }) => state === 'transmitted') as MeterReading);
      const file = new TextEncoder().encode(`point de livraison;date;cadran;index\n00810000000303;20/11/2026;BASE;${last - 20}\n`);
      const report = await importFile(server.db, { fileName: 'tournee.csv', bytes: file, now: SEEDED_AT });
      assert.equal(report.format, 'route-readings-csv');
      const taken = (await of(odette)).readings.find(({ source }) => source === 'route');
      assert.deepEqual([taken?.on, taken?.state, taken?.indexes], ['2026-11-20', 'accepted', [{ register: 'BASE', index: last - 20 }]]);
      assert.deepEqual(codes(await send(odette, { on: '2026-11-20', indexes: [{ register: 'BASE', index: last }] })), ['on: already-read']);
    });

    it('are nobody else’s', async () => {
      assert.equal((await camille.get(METER)).status, 404);
      assert.equal((await send(camille, { on: TODAY, indexes: [{ register: 'BASE', index: 1 }] })).status, 404);
    });
  });
}
