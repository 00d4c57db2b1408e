import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { before, describe, it } from 'node:test';
import fc from 'fast-check';
import { instant, type ConsentEvent } from '@oya/contract';
import { offeredConsents } from '@oya/personas';
import { Keys } from '../identity/keys.ts';
import { migrate } from '../database/migrate.ts';
import { SEEDED_AT, testEngines } from '../testing.ts';
import { receiptPaper } from './receipt-paper.ts';
import { RECEIPT_FORMAT, type Receipt } from './receipt.ts';
import { signJson, signPdf, verifyReceipt } from './signatures.ts';
import { currentSigningKey, keyIdOf, publicSigningKeys, rotateSigningKey, SigningKeyError, type SigningKey } from './signing-keys.ts';

function madeKey(): SigningKey & { find: (keyId: string) => KeyObject | undefined } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = keyIdOf(publicKey);
  return { keyId, privateKey, find: (asked) => (asked === keyId ? publicKey : undefined) };
}

const TEXT = offeredConsents[0]?.text ?? assert.fail();
const GIVEN: ConsentEvent = { id: 'given', purpose: 'curve-recording', kind: 'requested', state: 'requested', at: instant(SEEDED_AT), actor: 'customer', name: 'Lucien Fabre', channel: 'web', text: TEXT };

function receiptWith({ word = 'Lucien Fabre', event = {} }: { word?: string; event?: Partial<ConsentEvent> } = {}): Receipt {
  const told: ConsentEvent = { ...GIVEN, name: word, ...event };
  return {
    format: RECEIPT_FORMAT,
    issuedAt: instant(SEEDED_AT),
    utility: { id: 'eneo', name: 'ENEO', legalName: 'ENEO, entreprise locale', timeZone: 'Europe/Paris' },
    contract: { number: 'EN-000202', holder: word, energy: 'electricity', deliveryPoint: '00810000000202' },
    meter: { id: 'lucien-linky', serialNumber: '032361234567' },
    event: told,
    history: [told],
  };
}

async function pdfOf(receipt: Receipt, key: SigningKey, language: 'fr' | 'en' = 'fr'): Promise<Buffer> {
  const attachment = { name: 'recu.json', bytes: signJson(receipt, key) };
  return signPdf(await receiptPaper({ receipt, language, theme: 'eneo', keyId: key.keyId, attachment }), key);
}

describe('a signed receipt', () => {
  const key = madeKey();
  const files: Record<'json' | 'pdf', Buffer> = { json: Buffer.alloc(0), pdf: Buffer.alloc(0) };

  before(async () => {
    files.json = signJson(receiptWith(), key);
    files.pdf = await pdfOf(receiptWith(), key);
  });

  for (const format of ['json', 'pdf'] as const) {
    it(`is genuine as it was signed, as ${format}`, () => {
      const verdict = verifyReceipt(files[format], key.find);
      assert.ok(verdict.isGenuine);
      assert.deepEqual([verdict.format, verdict.keyId], [format, key.keyId]);
    });

    it(`is refused with any one byte changed, dropped or added, as ${format}`, () => {
      // Half of the places are near an end, where signature and marks stand.
      const place = fc.double({ min: 0, max: 1, noNaN: true });
      fc.assert(
        fc.property(place, fc.boolean(), fc.integer({ min: 1, max: 255 }), fc.constantFrom('changed', 'dropped', 'added'), (share, isNearEnd, by, how) => {
          const file = files[format];
          const at = isNearEnd ? file.length - 1 - Math.floor(share * 300) : Math.floor(share * (file.length - 1));
          const byte = Buffer.from([((file[at] ?? 0) + by) % 256]);
          const [head, tail] = [file.subarray(0, at), file.subarray(how === 'added' ? at : at + 1)];
          assert.equal(verifyReceipt(Buffer.concat(how === 'dropped' ? [head, tail] : [head, byte, tail]), key.find).isGenuine, false);
        }),
        { numRuns: 1500 },
      );
    });

    it(`is refused with anything before or after it, and by its end alone, as ${format}`, () => {
      const file = files[format];
      for (const added of ['\n', ' ', '\0', '%', '\ufeff', file.toString('latin1')]) {
        assert.equal(verifyReceipt(Buffer.concat([file, Buffer.from(added)]), key.find).isGenuine, false, `after: ${JSON.stringify(added.slice(0, 3))}`);
        assert.equal(verifyReceipt(Buffer.concat([Buffer.from(added), file]), key.find).isGenuine, false, `before: ${JSON.stringify(added.slice(0, 3))}`);
      }
      for (const part of [file.subarray(0, 0), file.subarray(-200), file.subarray(0, 200)]) assert.equal(verifyReceipt(part, key.find).isGenuine, false);
    });

    it(`is refused by whoever does not know its key, and with another's key under its name, as ${format}`, () => {
      const other = madeKey();
      assert.deepEqual(verifyReceipt(files[format], other.find), { isGenuine: false, why: 'unknown-key', keyId: key.keyId });
      assert.deepEqual(verifyReceipt(files[format], () => other.find(other.keyId)), { isGenuine: false, why: 'altered' });
    });
  }

  it('says the same in one way only: in other order, with other spaces or escapes, or with a field twice it is refused', () => {
    const text = files.json.toString();
    const { receipt, signature } = JSON.parse(text) as { receipt: Receipt; signature: object };
    const others = [
      JSON.stringify({ signature, receipt }, null, 2) + '\n',
      JSON.stringify({ receipt, signature }) + '\n',
      JSON.stringify({ receipt, signature, more: 1 }, null, 2) + '\n',
      JSON.stringify({ receipt: Object.fromEntries(Object.entries(receipt).reverse()), signature }, null, 2) + '\n',
      text.replace('Lucien', '\\u004cucien'),
      text.replace('"id": "eneo"', '"id": "sicae",\n      "id": "eneo"'),
      text.replaceAll('\n', '\r\n'),
      text.trimEnd(),
    ];
    for (const other of others) {
      assert.notEqual(other, text);
      assert.equal(verifyReceipt(Buffer.from(other), key.find).isGenuine, false, other.slice(0, 60));
    }
  });

  it('is told from what is none, and from the examples of a sandbox', () => {
    for (const other of ['', '{}', 'null', '[]', '"receipt"', '%PDF-1.7\n%%EOF\n', 'hello', '{"receipt":{"format":"oya-consent-receipt/1"}}']) {
      assert.deepEqual(verifyReceipt(Buffer.from(other), key.find), { isGenuine: false, why: 'not-a-receipt' }, other);
    }
    assert.deepEqual(verifyReceipt(Buffer.from('{"format":"oya-sandbox-consent-receipt/1"}'), key.find), { isGenuine: false, why: 'example' });
  });
});

describe('a receipt whatever is written on it', () => {
  const key = madeKey();
  const hostile: [string, string][] = [
    ['very long, in one word', 'x'.repeat(10_000)],
    ['very long, in many words', 'nom '.repeat(3000)],
    ['right to left', '\u202eשלום مرحبا\u202c'],
    ['emoji and marks', '😀👨‍👩‍👧‍👦🇫🇷 Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357\u0358\u0359\u0360alg\u0301o'],
    ['control characters', 'a\u0000b\u0007c\u001b[31m\r\n\t\u2028d'],
    ['half a letter', 'a\ud800b\udc00'],
    ['syntax of PDF', '%%EOF\n) Tj ET endstream endobj << /Type /Catalog >> (\\'],
    ['syntax of JSON and XML', '"}],\n"signature": {"value": "</rdf:li>]]> & <x>"'],
    ['the mark of a signature', `%OYA-RECEIPT 1 ${'A'.repeat(43)} ${'A'.repeat(86)}\n`],
    ['nothing', ''],
    ['names of fields', '__proto__'],
  ];

  for (const [what, word] of hostile) {
    it(`is made and genuine: ${what}`, { timeout: 20_000 }, async () => {
      const receipt = receiptWith({ word, event: { recipient: { id: 'x', name: word }, text: { version: word, title: { fr: word }, text: { fr: word, en: word } } } });
      const json = signJson(receipt, key);
      const verdict = verifyReceipt(json, key.find);
      assert.ok(verdict.isGenuine);
      assert.equal(verdict.receipt?.event.name, word, 'exactly as it was written');
      for (const language of ['fr', 'en'] as const) {
        const pdf = await pdfOf(receipt, key, language);
        assert.ok(verifyReceipt(pdf, key.find).isGenuine);
        const xml = /<x:xmpmeta[^]*<\/x:xmpmeta>/.exec(pdf.toString('utf8'))?.[0] ?? assert.fail('what it is titled is told to programs');
        assert.doesNotMatch(xml, /<x>|<\/rdf:li>\]\]>|& /);
      }
    });
  }

  it('is a tagged document with language and title, and holds the receipt for programs', async () => {
    const pdf = (await pdfOf(receiptWith(), key, 'en')).toString('latin1');
    for (const part of ['/Lang (en-GB)', '/Marked true', '/StructTreeRoot', '/S /H1', '/S /TH', '/Scope /Row', '/DisplayDocTitle true', '<pdfuaid:part>1', '/EmbeddedFile', '/AFRelationship /Source']) {
      assert.ok(pdf.includes(part), part);
    }
    assert.match(pdf, /%%EOF\n%OYA-RECEIPT 1 [\w-]{43} [\w-]{86}\n$/);
  });
});

for (const engine of testEngines()) {
  describe(`the keys that sign receipts, on ${engine.name}`, () => {
    it('are one for instances that start at once, and sealed', async () => {
      const { db, drop } = await engine.empty();
      await migrate(db);
      const keys = Array.from({ length: 4 }, () => new Keys(db, 'a secret of thirty-two characters or more'));
      const made = await Promise.all(keys.map((each) => currentSigningKey(db, each, SEEDED_AT)));
      assert.equal(new Set(made.map(({ keyId }) => keyId)).size, 1);
      const [row, ...more] = await db.selectFrom('receipt_key').selectAll().execute();
      assert.deepEqual([row?.key_id, more.length], [made[0]?.keyId, 0]);
      assert.ok(!row?.private_key?.includes((made[0]?.privateKey.export({ format: 'der', type: 'pkcs8' }) as Buffer).toString('base64url').slice(-40)));
      const elsewhere = currentSigningKey(db, new Keys(db, 'another secret of thirty-two characters'), SEEDED_AT);
      await assert.rejects(elsewhere, (error) => error instanceof SigningKeyError && /OYA_SECRET.*npm run receipts -- rotate/.test(error.message));
      await drop();
    });

    it('are changed once by two who change them at once, and what the old one signed stays genuine', async () => {
      const { db, drop } = await engine.empty();
      await migrate(db);
      const keys = new Keys(db, undefined);
      const first = await currentSigningKey(db, keys, SEEDED_AT);
      const old = { json: signJson(receiptWith(), first), pdf: await pdfOf(receiptWith(), first) };
      await Promise.all([rotateSigningKey(db, keys, SEEDED_AT + 1000), rotateSigningKey(db, keys, SEEDED_AT + 1000)]);
      const second = await currentSigningKey(db, keys, SEEDED_AT + 2000);
      assert.notEqual(second.keyId, first.keyId);
      const known = await publicSigningKeys(db);
      assert.deepEqual([known[0]?.keyId, known.at(-1)?.keyId], [second.keyId, first.keyId]);
      assert.equal(known.filter(({ retiredAt }) => retiredAt === null).length, 1);
      const find = (keyId: string) => known.find((key) => key.keyId === keyId)?.publicKey;
      for (const file of [old.json, old.pdf, signJson(receiptWith(), second)]) assert.ok(verifyReceipt(file, find).isGenuine);
      const kept = await db.selectFrom('receipt_key').select('private_key').where('retired_at', 'is not', null).execute();
      assert.ok(kept.every(({ private_key }) => private_key === null), 'nobody signs with it any more');
      // What somebody else verifies with is text.
      const pem = find(first.keyId)?.export({ format: 'pem', type: 'spki' }) as string;
      assert.equal(keyIdOf(createPublicKey(pem)), first.keyId);
      await drop();
    });
  });
}
