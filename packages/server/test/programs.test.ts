/** The programs, as whoever runs them meets them. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { instant } from '@oya/contract';
import { findPersona, invoicesOf } from '@oya/personas';
import { unzipSync } from 'fflate';
import { RECEIPT_FORMAT, type Receipt } from '../src/receipts/receipt.ts';
import { signJson } from '../src/receipts/signatures.ts';
import { keyIdOf } from '../src/receipts/signing-keys.ts';
import { CLIENT_ID, CLIENT_SECRET, Operator } from './operator.ts';

const source = fileURLToPath(new URL('../src/', import.meta.url));

describe('the programs', () => {
  let folder: string;
  let dataDir: string;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'oya-programs-'));
    dataDir = path.join(folder, 'data');
  });
  after(() => rm(folder, { recursive: true, force: true }));

  function start(program: string, args: string[] = [], environment: Record<string, string> = {}) {
    const { DATABASE_URL: _, ...rest } = process.env;
    const child = spawn(process.execPath, [path.join(source, program), ...args], { env: { ...rest, OYA_DATA_DIR: dataDir, PORT: '0', ...environment }, cwd: folder });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    return { child, output: () => output };
  }

  async function run(program: string, args: string[] = [], environment: Record<string, string> = {}) {
    const { child, output } = start(program, args, environment);
    const [code] = (await once(child, 'exit')) as [number];
    return { code, output: output() };
  }

  /** None opens the database: they run side by side. */
  async function assertNotUnderstood(program: string, misuses: readonly string[][], says: RegExp): Promise<void> {
    const answers = await Promise.all(misuses.map(async (args) => ({ args, ...(await run(program, args)) })));
    for (const { args, code, output } of answers) {
      assert.equal(code, 2, args.join(' '));
      assert.match(output, says, args.join(' '));
    }
  }

  async function listening(child: ChildProcess, output: () => string): Promise<string> {
    for (;;) {
      const [, url] = /Server listening at (http:[^"]+)/.exec(output()) ?? [];
      if (url) return url;
      if (child.exitCode !== null) throw new Error(output());
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  it('the server serves the demo, keeps its folder to itself, and stops when told to', { timeout: 120_000 }, async () => {
    const { child, output } = start('main.ts', [], { OYA_DEMO: 'true' });
    const url = await listening(child, output);
    assert.equal((await fetch(`${url}/ready`)).status, 200);
    assert.equal((await fetch(`${url}/eneo/v1/utility`)).status, 200);

    const second = await run('main.ts');
    assert.equal(second.code, 1);
    assert.match(second.output, /data folder .* is in use by process \d+.*\nStop that process/);
    const file = path.join(folder, 'values.csv');
    await writeFile(file, '2023-03-01T00:30:00+01:00;1638\n2023-03-01T01:00:00+01:00;2616\n');
    const importer = await run('import.ts', [file, '--meter', 'camille-linky']);
    assert.equal(importer.code, 1);
    assert.match(importer.output, /is in use by process/);

    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0, output());
    assert.deepEqual(await readdir(dataDir), ['pglite'], 'neither lock nor owner is left behind');
    assert.doesNotMatch(output(), /Warning/);
  });

  it('the importer reports each file, and what to do about those it could not take in', { timeout: 120_000 }, async () => {
    const good = path.join(folder, 'values.csv');
    const bad = path.join(folder, 'bad.csv');
    await writeFile(bad, 'hello');
    const first = await run('import.ts', [good, bad, path.join(folder, 'absent.csv'), '--meter', 'camille-linky']);
    assert.equal(first.code, 1);
    assert.match(first.output, /values\.csv: \S.*\n {2}rows: 2 read, 0 empty, 0 skipped\n {2}load curve, consumption, meter camille-linky of eneo, 2023-03-01 to 2023-03-02 \(excluded\)\n {4}2 new, 0 replaced/);
    assert.match(first.output, /bad\.csv: .*format of the file is not known.*\n {2}Nothing of this file was stored/);
    assert.match(first.output, /absent\.csv: there is no such file/);

    const again = await run('import.ts', [good, '--meter', 'camille-linky']);
    assert.equal(again.code, 0);
    assert.match(again.output, /nothing new: this file was imported on/);

    const unnamed = await run('import.ts', [good]);
    assert.equal(unnamed.code, 1);
    assert.match(unnamed.output, /does not say which delivery point.*--meter.*\nKnown meters.*camille-linky/s);
  });

  it('the linker says of each reference what became of it', { timeout: 120_000 }, async () => {
    const file = path.join(folder, 'references.txt');
    await writeFile(file, '# reference=contract\n\nauth0|nadia=EN-000404\nnobody=EN-999999\r\n');
    const linked = await run('link.ts', ['--tenant', 'eneo', '--file', file, 'camille==EN-000101']);
    assert.equal(linked.code, 1);
    assert.match(linked.output, /^camille==EN-000101: the account of that contract has the reference now$/m);
    assert.match(linked.output, /^auth0\|nadia=EN-000404: the account/m);
    assert.match(linked.output, /^nobody=EN-999999: there is no contract with that number$/m);
    const again = await run('link.ts', ['--tenant', 'eneo', 'camille==EN-000101']);
    assert.deepEqual([again.code, /nothing new/.test(again.output)], [0, true]);
    const elsewhere = await run('link.ts', ['--tenant', 'enoe', 'camille=EN-000101']);
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.output, /no utility “enoe”/);
    assert.match((await run('link.ts', ['--tenant', 'eneo', '--file', 'absent.txt'])).output, /absent\.txt cannot be read: there is no such file/);
  });

  it('the linker explains itself', async () => {
    const help = await run('link.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run link -- --tenant.*--file.*OYA_DATA_DIR/s);
    await assertNotUnderstood('link.ts', [[], ['--tenant', 'eneo'], ['a=b'], ['--utility', 'eneo', 'a=b']], /npm run link --/);
  });

  it('receipts are verified by whoever has the keys, with the database or without, and refused in words', { timeout: 120_000 }, async () => {
    const first = await run('receipts.ts', ['keys']);
    assert.deepEqual([first.code, /no key yet/.test(first.output)], [0, true], first.output);
    const rotated = await run('receipts.ts', ['rotate']);
    assert.equal(rotated.code, 0, rotated.output);
    assert.equal((await run('receipts.ts', ['rotate'])).code, 0);
    const { output: keys } = await run('receipts.ts', ['keys']);
    assert.match(keys, /^Key \S{43}, made on .* UTC, in use\n-----BEGIN PUBLIC KEY-----\n[^-]*-----END PUBLIC KEY-----\n\nKey \S{43}, made on .* UTC, retired on/);

    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const foreign = path.join(folder, 'foreign.json');
    const receipt: Receipt = {
      format: RECEIPT_FORMAT,
      issuedAt: '2026-11-24T08:00:00Z',
      utility: { id: 'eneo', name: 'ENEO', legalName: 'ENEO', timeZone: 'Europe/Paris' },
      contract: { number: 'EN-000202', holder: 'Lucien \u001b[31mFabre', energy: 'electricity', deliveryPoint: '00810000000202' },
      meter: { id: 'lucien-linky', serialNumber: '1' },
      event: { id: 'e', purpose: 'daily-collection', kind: 'active', state: 'active', at: '2026-11-24T08:00:00Z', actor: 'system', name: null, channel: 'system', text: null },
      history: [],
    };
    await writeFile(foreign, signJson(receipt, { keyId: keyIdOf(publicKey), privateKey }));
    const altered = path.join(folder, 'altered.json');
    await writeFile(altered, (await readFile(foreign, 'utf8')).replace('EN-000202', 'EN-000203'));
    const pem = path.join(folder, 'keys.pem');
    await writeFile(pem, `${keys}\nAnother one\n${publicKey.export({ format: 'pem', type: 'spki' }) as string}`);

    const unknown = await run('receipts.ts', ['verify', foreign]);
    assert.equal(unknown.code, 1);
    assert.match(unknown.output, /^foreign\.json: REFUSED\. It names the key \S{43}, which is not among those of this portal.*--key/);
    // No database is opened: there is none at that address.
    const offline = await run('receipts.ts', ['verify', foreign, '--key', pem], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    assert.equal(offline.code, 0, offline.output);
    assert.match(offline.output, /^foreign\.json: genuine, signed with the key \S{43}\. ENEO states: daily-collection, active at 2026-11-24T08:00:00Z, contract EN-000202 of Lucien �\[31mFabre; issued at/);
    const several = await run('receipts.ts', ['verify', foreign, altered, path.join(folder, 'absent.pdf'), pem, '--key', pem]);
    assert.equal(several.code, 1);
    for (const said of [/^foreign\.json: genuine/m, /^altered\.json: REFUSED\. It is not as it was signed.*Ask for/m, /^absent\.pdf: there is no such file/m, /^keys\.pem: REFUSED\. It is no receipt/m]) assert.match(several.output, said);
    const noKeys = await run('receipts.ts', ['verify', foreign, '--key', foreign]);
    assert.deepEqual([noKeys.code, /holds no public key in PEM/.test(noKeys.output)], [1, true]);
  });

  it('what verifies receipts explains itself', async () => {
    const help = await run('receipts.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run receipts -- verify <file…>.*--key.*OYA_DATA_DIR/s);
    await assertNotUnderstood('receipts.ts', [[], ['verify'], ['check', 'x'], ['keys', 'x'], ['rotate', '--key', 'x'], ['verify', 'x', '--keys', 'y']], /npm run receipts --/);
  });

  it('what takes in invoices takes those that add up, once, and says what is wrong with the others', { timeout: 120_000 }, async () => {
    const lucien = findPersona('lucien');
    const [contract] = lucien.contracts;
    const { number, kind, issuedOn, dueOn, bill } = (contract && invoicesOf(lucien, contract, instant(Date.now() + 400 * 86_400_000)).at(-1)) ?? assert.fail();
    const invoice = { number, contract: contract?.number, kind, issuedOn, dueOn, bill };
    const file = path.join(folder, 'invoices.ndjson');
    await writeFile(file, `${JSON.stringify(invoice)}\n\n${JSON.stringify({ ...invoice, number: `${number.slice(0, 6)}999999`, bill: { ...bill, totals: { ...bill.totals, total: 1 } } })}\n`);
    const first = await run('invoices.ts', ['take', '--tenant', 'eneo', file, path.join(folder, 'absent.ndjson')]);
    assert.equal(first.code, 1, first.output);
    for (const said of [/invoices\.ndjson, line 3: its lines come to .* €, its totals say 0\.01 €/, /invoices\.ndjson: 1 taken, 0 known already, 1 refused/, /absent\.ndjson: there is no such file/]) assert.match(first.output, said);
    assert.match((await run('invoices.ts', ['take', '--tenant', 'eneo', file])).output, /0 taken, 1 known already, 1 refused/);
    const { output } = await run('invoices.ts', ['disputes', '--tenant', 'eneo']);
    const [, contested = ''] = /^(EN\d{10})\n {2}eneo, contract EN-000405, contested on .*\n1 waits for an answer\.$/m.exec(output) ?? assert.fail(output);
    const disputes = path.join(folder, 'disputes');
    assert.match((await run('invoices.ts', ['disputes', '--to', disputes])).output, new RegExp(`^  written to .*eneo-${contested}\\.zip$`, 'm'));
    const zip = unzipSync(await readFile(path.join(disputes, `eneo-${contested}.zip`)));
    assert.deepEqual(Object.keys(zip).toSorted(), ['contestation.txt', `facture-${contested}.pdf`, `facture-${contested}.xml`]);
    const answer = (words: string) => run('invoices.ts', ['answer', contested, '--tenant', 'eneo', '--words', words]);
    const answered = await answer('Le volume a été relevé deux fois.');
    assert.deepEqual([answered.code, answered.output.trim()], [0, 'Answered; its customer is told by mail.']);
    assert.equal((await answer('Encore.')).code, 1);
  });

  it('what takes in invoices explains itself', async () => {
    const help = await run('invoices.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run invoices -- take --tenant eneo <file…>.*OYA_DATA_DIR/s);
    await assertNotUnderstood('readings.ts', [[], ['export', '--tenant', 'eneo'], ['export', '--to', 'x'], ['accept'], ['set-aside', 'x'], ['checks', 'x'], ['checks', '--words', 'x'], ['accept', 'x', '--to', 'x'], ['meter-changes', '--tenant', 'eneo'], ['export', '--tenant', 'eneo', '--to', 'x', '--since', 'monday']], /npm run readings --/);
    await assertNotUnderstood('invoices.ts', [[], ['take', 'x'], ['take', '--tenant', 'eneo'], ['disputes', 'x'], ['answer', 'x', '--tenant', 'eneo'], ['answer', '--words', 'x', '--tenant', 'eneo'], ['disputes', '--words', 'x'], ['plans', '--to', 'x']], /npm run invoices --/);
  });

  it('the importer explains itself', async () => {
    const help = await run('import.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /npm run import -- \[options\] <file>.*--meter.*--tenant.*--dry-run.*Formats.*OYA_DATA_DIR/s);
    await assertNotUnderstood('import.ts', [[], ['--metre', 'x', 'file.csv']], /npm run import --/);
  });

  it('the utility\'s people decide on an address that waits, once', { timeout: 120_000 }, async () => {
    const list = await run('requests.ts', ['list']);
    assert.equal(list.code, 0, list.output);
    assert.match(list.output, /^lucien-address\n {2}eneo, Lucien Fabre, asked on .*\n {2}from 3 place Jean-Jaurès, 81400 Carmaux, FR\n {2}to {3}22 avenue de Rodez, Bâtiment B, porte 4, 81400 Carmaux, FR\n1 waits\.$/m);
    assert.match((await run('requests.ts', ['list', '--tenant', 'sicae'])).output, /Nothing waits/);

    const refused = await run('requests.ts', ['refuse', 'lucien-address', '--reason', 'Le numéro n’existe pas.']);
    assert.equal(refused.code, 0, refused.output);
    assert.match(refused.output, /Refused; Lucien Fabre is told by mail/);
    const again = await run('requests.ts', ['approve', 'lucien-address']);
    assert.equal(again.code, 1);
    assert.match(again.output, /No request lucien-address waits: it was decided/);
  });

  it('the utility\'s people say what became of consents, once', { timeout: 120_000 }, async () => {
    const list = await run('consents.ts', ['list', '--tenant', 'eneo']);
    assert.equal(list.code, 0, list.output);
    assert.match(list.output, /^sofiane-linky\n {2}eneo, delivery point 00810000001111, curve-recording, given on .*\nsofiane-linky\n.*curve-collection.*\n2 wait\.$/m);
    const one = await run('consents.ts', ['fail', 'sofiane-linky', '--only', 'curve-recording', '--reason', 'other-holder']);
    assert.deepEqual([one.code, one.output.trim()], [0, 'Failed (other-holder): curve-recording.']);
    const active = await run('consents.ts', ['activate', 'sofiane-linky']);
    assert.deepEqual([active.code, active.output.trim()], [0, 'Active: curve-collection.']);
    const history = await run('consents.ts', ['history', 'sofiane-linky']);
    assert.match(history.output, /curve-collection: active, by network-operator, words of .*\n.*curve-recording: failed, by network-operator, other-holder, .*then failed/);
    const again = await run('consents.ts', ['fail', 'sofiane-linky']);
    assert.equal(again.code, 1);
    assert.match(again.output, /No consent of the meter sofiane-linky waits: it was decided, or never given/);
    assert.match((await run('consents.ts', ['activate', 'nobody'])).output, /no meter “nobody”/);
  });

  it('the utility\'s people say what is cut, from a list or one by one, and for whom a token is', { timeout: 120_000 }, async () => {
    const outages = (...args: string[]) => run('outages.ts', args);
    const file = path.join(folder, 'coupures.csv');
    await writeFile(file, 'référence;nature;énergie;commune;rue;début;fin\nT-1;travaux;électricité;Carmaux;rue du Puits;20/01/2099 09:00;20/01/2099 12:00\nT-2;coupure;gaz;Paris;;20/01/2099 09:00;\n');
    const taken = await outages('import', '--tenant', 'eneo', file);
    assert.equal(taken.code, 1, taken.output);
    assert.match(taken.output, /coupures\.csv, line 3: “Paris” is no commune that is known here.*\n?[\s\S]*coupures\.csv: 1 new, 0 changed, 0 known already, 1 line refused\./);
    const [, id = ''] = /^(\S+) \(T-1\) {2}works of electricity, planned, 2099-01-20 at 08:00 UTC/m.exec((await outages('list', '--tenant', 'eneo')).output) ?? [];
    const moved = await outages('set', id, '--tenant', 'eneo', '--end', '2099-01-20T13:00:00Z', '--note', 'Un peu plus long.');
    assert.deepEqual([moved.code, moved.output.trim()], [0, 'It is planned. Customers are told: changed.']);
    assert.match((await outages('set', id, '--tenant', 'eneo', '--end', '2099-01-20T13:00:00Z')).output, /It is so already/);
    assert.match((await outages('set', 'nothing', '--tenant', 'eneo', '--state', 'restored')).output, /There is no outage nothing\. “list” says which there are\./);
    assert.equal((await outages('set', id, '--tenant', 'eneo', '--state', 'over')).code, 2);
    assert.match((await outages('reports', '--tenant', 'eneo')).output, /Nobody has reported anything/);
    assert.equal((await run('agents.ts', ['add', '--tenant', 'eneo', '--name', 'Conduite', '--for', 'network'])).code, 0);
    assert.match((await run('agents.ts', ['list'])).output, /Conduite, for network, since/);
    assert.equal((await run('agents.ts', ['add', '--tenant', 'eneo', '--name', 'Conduite', '--for', 'fun'])).code, 2);
  });

  it('the utility\'s people say who hears of what customers do, try it out, and see how it goes', { timeout: 120_000 }, async () => {
    const heard: { signature: string; id: string; type: string }[] = [];
    let status = 204;
    const receiver = createHttpServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        heard.push({ signature: String(request.headers['webhook-signature']), id: String(request.headers['webhook-id']), type: (JSON.parse(body) as { type: string }).type });
        response.writeHead(status).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const webhooks = (...args: string[]) => run('webhooks.ts', args);
    try {
      const refused = await webhooks('add', '--tenant', 'eneo', '--url', url);
      assert.equal(refused.code, 1);
      assert.match(refused.output, /^Only https is sent to/);
      const added = await webhooks('add', '--tenant', 'eneo', '--url', url, '--events', 'payment.*, consent.*', '--allow-private');
      assert.equal(added.code, 0, added.output);
      const [, id = '', secret = ''] = /^endpoint {2}(\S+)\nsecret {4}(whsec_\S+)$/m.exec(added.output) ?? [];
      const list = await webhooks('list');
      assert.match(list.output, new RegExp(`^${id}  eneo  active  .* payment\\.\\*,consent\\.\\*  0 waiting$`, 'm'));
      assert.ok(!list.output.includes(secret));

      const tried = await webhooks('test', id.slice(0, 8));
      assert.deepEqual([tried.code, tried.output.trim()], [0, 'The receiver answers 204.']);
      status = 500;
      const failed = await webhooks('test', id);
      assert.deepEqual([failed.code, failed.output.trim()], [1, 'The receiver answers 500.']);
      const deliveries = await webhooks('deliveries', '--failed');
      const [, key = '', eventId = ''] = /^(\d+) {2}.*webhook\.test .* waiting {2}1 attempt {2}answers 500 {2}again .* (msg_\S+)$/m.exec(deliveries.output) ?? [];
      assert.equal(heard.at(-1)?.id, eventId, deliveries.output);
      assert.match((await webhooks('list')).output, /1 waiting\n {2}fails since /);
      assert.equal((await webhooks('resend', key)).code, 0);
      status = 204;
      assert.match((await webhooks('rotate', id)).output, /^secret {4}whsec_.*\n.*signs too until/);
      assert.equal((await webhooks('pause', id)).code, 0);
      assert.match((await webhooks('test', id)).output, /It is paused: “resume” first/);
      assert.equal((await webhooks('resume', id)).code, 0);
      assert.equal((await webhooks('test', id)).code, 0);
      assert.deepEqual(heard.slice(-2).map(({ signature }) => signature.split(' ').length), [2, 2], 'what waited, and the test');
      assert.equal((await webhooks('remove', id)).code, 0);
      assert.match((await webhooks('list')).output, /Nobody is told anything/);
      assert.match((await webhooks('remove', id)).output, /There is no endpoint/);
    } finally {
      receiver.close();
      receiver.closeAllConnections();
    }
  });

  it('what looks after webhooks explains itself', async () => {
    const { code, output } = await run('webhooks.ts', ['--help']);
    assert.equal(code, 0);
    assert.match(output, /npm run webhooks -- add --tenant eneo/);
    await assertNotUnderstood('webhooks.ts', [[], ['add'], ['add', '--tenant', 'eneo'], ['list', 'eneo'], ['resend'], ['resend', 'abc'], ['pause'], ['test', 'a', 'b'], ['deliver'], ['list', '--what']], /npm run webhooks -- list/);
  });

  it('the collection is run and shown by hand, with what went wrong', { timeout: 120_000 }, async () => {
    assert.match((await run('collect.ts', ['status'])).output, /Nothing is collected: OYA_CONNECTORS names no file/);
    const operator = await Operator.start();
    operator.answer = () => ({ status: 403, body: { error: 'ADAM-DC-0008', error_description: 'No consent can be found' } });
    try {
      const file = path.join(folder, 'connectors.json');
      await writeFile(file, JSON.stringify({ utilities: { eneo: { electricity: { kind: 'enedis-2026', baseUrl: operator.url, tokenUrl: `${operator.url}/token` } } } }));
      const settings = { OYA_CONNECTORS: file, OYA_ENEDIS_CLIENT_ID: CLIENT_ID, OYA_ENEDIS_CLIENT_SECRET: CLIENT_SECRET };
      const unset = await run('collect.ts', ['status'], { OYA_CONNECTORS: file });
      assert.deepEqual([unset.code, /needs OYA_ENEDIS_CLIENT_ID, OYA_ENEDIS_CLIENT_SECRET, which are not set/.test(unset.output)], [1, true], unset.output);

      const before = await run('collect.ts', ['status', 'camille-linky'], settings);
      assert.match(before.output, /^utility +meter +dataset +state .*\neneo +camille-linky +days +not asked yet /, before.output);
      const ran = await run('collect.ts', ['run', '00810000000101'], settings);
      assert.equal(ran.code, 0, ran.output);
      assert.match(ran.output, /^eneo +camille-linky +maximum-power +refused: no consent .* 1 +403 ADAM-DC-0008 No consent can be found$/m);
      const lucien = await run('collect.ts', ['status', '--tenant', 'eneo', 'lucien-linky'], settings);
      assert.match(lucien.output, /^eneo +lucien-linky +load-curve +not consented to /m);
      const trouble = await run('collect.ts', ['status', '--trouble'], settings);
      assert.match(trouble.output, /camille-linky +maximum-power/);
      assert.doesNotMatch(trouble.output, /lucien-linky/);
      assert.match((await run('collect.ts', ['retry'], settings)).output, /^1 is tried again\.$/m);
      assert.match((await run('collect.ts', ['status', 'camille-linky'], settings)).output, /^eneo +camille-linky +maximum-power .* due /m);
      const unknown = await run('collect.ts', ['run', 'nobody'], settings);
      assert.deepEqual([unknown.code, /There is no meter “nobody”/.test(unknown.output)], [1, true]);
    } finally {
      await operator.stop();
    }
  });

  it('the collection explains itself', async () => {
    const help = await run('collect.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /collect -- status \[meter\].*run \[meter\].*retry \[meter\].*OYA_CONNECTORS.*OYA_DATA_DIR/s);
    await assertNotUnderstood('collect.ts', [[], ['collect'], ['run', 'x', 'y'], ['status', '--all']], /npm run collect --/);
  });

  it('the consents explain themselves', async () => {
    const help = await run('consents.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /consents -- list.*activate <meter>.*fail <meter>.*history <meter>.*OYA_DATA_DIR/s);
    await assertNotUnderstood('consents.ts', [[], ['activate'], ['fail', 'x', 'y'], ['list', 'x'], ['withdraw', 'x'], ['list', '--all'], ['history'], ['list', '--reason', 'refused'], ['fail', 'x', '--reason', 'whim'], ['activate', 'x', '--only', 'gossip']], /npm run consents --/);
  });

  it('the decisions explain themselves', async () => {
    const help = await run('requests.ts', ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.output, /requests -- list.*approve <id>.*refuse <id> --reason.*open.*take <id> --to.*OYA_DATA_DIR/s);
    await assertNotUnderstood('requests.ts', [[], ['approve'], ['refuse', 'x'], ['refuse', 'x', '--reason', ' '], ['approve', 'x', 'y'], ['approve', 'x', '--reason', 'y'], ['list', '--all'], ['delete', 'x'], ['take', 'x'], ['take', 'x', '--to', 'withdrawn'], ['take', 'x', '--to', 'refused'], ['take', 'x', '--to', 'waiting', '--words', ' '], ['open', '--to', 'done']], /npm run requests --/);
  });

  it('the server says which settings are wrong, and that a port is taken', { timeout: 120_000 }, async () => {
    const wrong = await run('main.ts', [], { PORT: 'many', LOG_LEVEL: 'loud' });
    assert.equal(wrong.code, 1);
    assert.match(wrong.output, /PORT .*whole number.*\n.*LOG_LEVEL/);

    const elsewhere = await run('main.ts', [], { OYA_TERRITORY: 'nowhere.json' });
    assert.equal(elsewhere.code, 1);
    assert.match(elsewhere.output, /OYA_TERRITORY names nowhere\.json, .*there is no such file/);

    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await run('main.ts', [], { PORT: String(port) });
    other.close();
    assert.equal(taken.code, 1);
    assert.match(taken.output, new RegExp(`Port ${port} is in use.*PORT`));
    assert.doesNotMatch(taken.output, /at .*\.ts/);
  });
});
