import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Cents, Contract, Page, Proof, Session, SignUp } from '@oya/contract';
import { accessRules, findPersona } from '@oya/personas';
import fc from 'fast-check';
import { sql } from 'kysely';
import { Applicant, contractProof, invoiceProof, PASSWORD, prospect } from '../../test/applicant.ts';
import type { Answer } from '../../test/visitor.ts';
import { WorkRecorder } from '../../test/work.ts';
import type { Mail } from '../mail/transport.ts';
import { readConfig } from '../config.ts';
import { createServer } from '../http/server.ts';
import { SEEDED_AT, startTestServer, testEngines, type TestServer } from '../testing.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SITE = 'https://www.eneo.example';
const paul = prospect('paul');
const camille = findPersona('camille');

for (const engine of testEngines()) {
  describe(`getting in, on ${engine.name}:`, () => {
    let server: TestServer;
    let now = SEEDED_AT;

    before(async () => {
      server = await startTestServer({ engine, now: () => now, config: { origins: { eneo: [SITE] } } });
    });
    after(() => server.stop());
    beforeEach(async () => {
      now += DAY;
      await sql`truncate slowdown, sending, one_time_code, sign_up cascade`.execute(server.db);
      await sql`delete from contract_access where customer_id not like '%-customer'`.execute(server.db);
      await sql`delete from customer where id not like '%-customer'`.execute(server.db);
    });

    const applicant = (utility = 'eneo') => new Applicant(server.baseUrl(utility));
    const lastMail = async (): Promise<Mail> => {
      const mail = (await server.mails()).at(-1);
      assert.ok(mail, 'a mail was sent');
      return mail;
    };
    const codeIn = ({ subject }: Mail): string => /^\d+/.exec(subject)?.[0] ?? '';
    const wrong = (code: string) => code.replace(/./, (digit) => String((Number(digit) + 1) % 10));
    const sinceNow = async () => {
      const known = (await server.mails()).length;
      return async () => (await server.mails()).slice(known);
    };

    /** As far as the code. */
    async function signUpOf(someone: Applicant, account: Record<string, unknown> = {}): Promise<{ id: string; code: string }> {
      const { body: started } = await someone.start(invoiceProof(paul));
      const { status, text } = await someone.submit(started.id, account);
      assert.equal(status, 200, text);
      return { id: started.id, code: codeIn(await lastMail()) };
    }

    describe('what it asks for', () => {
      it('is told to everybody', async () => {
        const { status, body } = await applicant().get('/access');
        assert.deepEqual([status, body], [200, { ...accessRules, passkeys: false }]);
      });

      it('must fit the contract, or the server does not start and says why', async () => {
        const { db, drop } = await engine.seeded();
        try {
          await sql`update utility set access_rules = jsonb_set(access_rules, '{codeDigits}', '4') where id = 'sicae'`.execute(db);
          const app = createServer({ db, config: { ...readConfig(), logLevel: 'silent' } });
          await assert.rejects(async () => app.ready(), /access_rules of the utility “sicae” does not fit the contract:\n {2}codeDigits: .*\nCorrect its row/s);
        } finally {
          await drop();
        }
      });
    });

    describe('the proof', () => {
      it('is an invoice with its total, or the contract with its delivery point and name', async () => {
        for (const proof of [invoiceProof(paul), contractProof(paul)]) {
          const { status, body } = await applicant().start(proof);
          assert.equal(status, 200);
          assert.deepEqual([body.state, body.proof], ['proved', proof.kind]);
          assert.ok(Date.parse(body.expiresAt) > now);
        }
      });

      it('does not depend on capitals, accents, dashes and spaces', async () => {
        const jeanne = prospect('jeanne');
        const typed = { ...contractProof(jeanne), contractNumber: ' si 001010', lastName: 'RÔUQUETTE ' } as Proof;
        assert.equal((await applicant('sicae').start(typed)).status, 200);
        assert.equal((await applicant('sicae').start({ ...typed, lastName: 'Jeanne Rouquette' } as Proof)).status, 200);
      });

      it('is refused in the same words when it is wrong, unknown, or of a customer with an account, who is told by mail', async () => {
        const mailsSince = await sinceNow();
        const told = async (proof: Proof) => {
          await server.db.deleteFrom('slowdown').execute();
          const { status, body } = await applicant().start(proof);
          const { requestId, ...rest } = body;
          assert.ok(requestId);
          return { status, rest };
        };
        const refused = await told({ ...invoiceProof(paul), total: (paul.invoice.totalCents + 1) as Cents } as Proof);
        assert.deepEqual([refused.status, refused.rest.kind, refused.rest.code], [422, 'invalid', 'proof-refused']);
        assert.deepEqual(await told({ kind: 'invoice', number: 'EN0000000000', total: 1 as Cents }), refused);
        assert.deepEqual(await told({ ...contractProof(paul), lastName: 'Vida' } as Proof), refused);
        assert.deepEqual(await told(invoiceProof(prospect('jeanne'))), refused, 'an invoice of another utility');
        assert.deepEqual(await mailsSince(), []);

        assert.deepEqual(await told(invoiceProof(camille)), refused);
        assert.deepEqual(await told(contractProof(camille)), refused);
        const mails = await mailsSince();
        assert.deepEqual(new Set(mails.map(({ to }) => to)), new Set([camille.email]));
        assert.match(mails[0]?.text ?? '', /Vous avez déjà un espace pour ce contrat/);
      });

      it('is tried ever more slowly from one address', async () => {
        const statuses: number[] = [];
        for (let total = 1; total <= 4; total++) statuses.push((await applicant().start({ kind: 'invoice', number: `EN00000000${10 + total}`, total: total as Cents })).status);
        assert.deepEqual(statuses, [422, 422, 422, 429]);
        now += 5 * MINUTE;
        assert.equal((await applicant().start(invoiceProof(paul))).status, 200);
      });

      it('is given under the terms as they are today', async () => {
        const { status, body } = await applicant().start(invoiceProof(paul), { termsVersion: '2020-01' });
        assert.deepEqual([status, body.kind, body.code], [422, 'invalid', 'terms-changed']);
      });
    });

    describe('the account', () => {
      it('is made with the mailed code: the customer is signed in and sees the contract', async () => {
        const someone = new Applicant(server.baseUrl('eneo'), SITE);
        const { id, code } = await signUpOf(someone, { phone: '+33563361010', email: ' Paul.Vidal@Example.net ' });
        assert.match(code, /^\d{7}$/);
        const { body: waiting } = await someone.get<SignUp>(`/sign-ups/${id}`);
        assert.ok(waiting.state === 'code-sent');
        assert.equal(waiting.code.to, 'p•••••@example.net');
        assert.deepEqual([Date.parse(waiting.code.expiresAt) - now, Date.parse(waiting.code.resendAt) - now], [10 * MINUTE, MINUTE]);

        const { status, body } = await someone.confirm(id, code);
        assert.deepEqual([status, body.state], [200, 'signed-in']);
        const { body: contracts } = await someone.get<Page<Contract>>('/contracts');
        assert.deepEqual(contracts.items.map(({ number, holder }) => [number, holder]), [[paul.contracts[0]?.number, 'Paul Vidal']]);
        for (const login of ['Paul.Vidal', 'paul.vidal@example.net']) assert.equal((await applicant().signIn(login, PASSWORD)).body.state, 'signed-in');
        assert.equal((await someone.get(`/sign-ups/${id}`)).status, 404, 'the sign-up is over');

        const { rows } = await sql<Record<string, unknown>>`
          select version, accepted_at, phone, audit_event.kind, way from terms_acceptance join customer on customer.id = customer_id
          join audit_event using (customer_id) join session using (customer_id) where display_name = 'Paul Vidal' and audit_event.kind = 'account-created' order by started_at, way limit 1`.execute(server.db);
        assert.deepEqual(rows, [{ version: accessRules.terms.version, accepted_at: new Date(now), phone: '+33563361010', kind: 'account-created', way: 'code' }]);
      });

      it('leaves nothing secret in the database', async () => {
        const someone = applicant();
        const { id, code } = await signUpOf(someone);
        const { body } = await applicant().forgot('camille.durand');
        const { rows: tables } = await sql<{ name: string }>`select table_schema || '.' || table_name as name from information_schema.tables where table_schema in ('public', 'jobs') and table_type = 'BASE TABLE'`.execute(server.db);
        for (const { name } of tables.filter((table) => !/load_curve|day_/.test(table.name))) {
          const { rows } = await sql<{ content: string | null }>`select string_agg(t::text, ' ') as content from ${sql.table(name)} t`.execute(server.db);
          for (const secret of [id, code, body.resetId, PASSWORD]) assert.ok(!rows[0]?.content?.includes(secret), `${name} holds a secret`);
        }
      });

      it('does not take a password that is weak, common or about oneself, nor an identifier that is taken', async () => {
        const someone = applicant();
        const { body } = await someone.start(invoiceProof(paul));
        const faults = async (account: Record<string, unknown>) => {
          const answer = await someone.submit(body.id, account);
          assert.equal(answer.status, 422);
          return answer.body.fields?.map(({ path, code }) => `${path} ${code}`);
        };
        assert.deepEqual(await faults({ password: 'kort' }), ['password length', 'password upper', 'password digit', 'password special']);
        assert.deepEqual(await faults({ password: 'Soleil-2026' }), ['password common'], 'on the short list');
        assert.deepEqual(await faults({ password: 'Butterfly-1' }), ['password common'], 'on the long list');
        assert.deepEqual(await faults({ password: 'Paul.Vidal-1' }), ['password personal']);
        assert.deepEqual(await faults({ identifier: 'Camille.Durand' }), ['identifier taken']);
        assert.equal((await someone.submit(body.id, { password: 'Ajonc 1 éà-'.padEnd(64, 'x') })).status, 200, '64 characters, spaces and accents are welcome');
      });

      it('tells which identifiers are free, a little more slowly to whoever asks for many', async () => {
        const ask = (identifier: string) => applicant().get<{ available: boolean }>(`/access/identifiers/${encodeURIComponent(identifier)}`);
        assert.deepEqual([(await ask('Camille.Durand')).body.available, (await ask('paul.vidal')).body.available], [false, true]);
        assert.equal((await ask('camille@example.org')).status, 422, 'nothing is told of e-mail addresses');
        let status = 200;
        for (let count = 0; count < 70 && status === 200; count++) status = (await ask(`somebody${count}`)).status;
        assert.equal(status, 429);
      });

      it('needs a challenge that is solved, of today, and not used before', async () => {
        const someone = applicant();
        const { body } = await someone.start(invoiceProof(paul));
        const used = await someone.solved();
        const late = await someone.solved();
        assert.equal((await someone.submit(body.id, { challenge: used, identifier: 'camille.durand' })).status, 422);
        for (const challenge of [used, 'bm9uZQ==', 'null', Buffer.from('null').toString('base64'), Buffer.from('{"salt":1,"number":{}}').toString('base64'), forged(await someone.solved())]) {
          const answer = await someone.submit(body.id, { challenge });
          assert.deepEqual([answer.status, answer.body.fields?.map(({ path, code }) => `${path} ${code}`)], [422, ['challenge unsolved']], challenge);
        }
        now += 21 * MINUTE;
        assert.equal((await someone.submit(body.id, { challenge: late })).status, 422);
        assert.equal((await someone.submit(body.id)).status, 200);
      });

      it('is not found by another id, at another utility, or after its time', async () => {
        const { body } = await applicant().start(invoiceProof(paul));
        assert.equal((await applicant().get(`/sign-ups/${body.id.slice(0, -1)}x`)).status, 404);
        assert.equal((await applicant('sicae').get(`/sign-ups/${body.id}`)).status, 404);
        now += HOUR;
        assert.equal((await applicant().get(`/sign-ups/${body.id}`)).status, 404);
        assert.equal((await applicant().submit(body.id)).status, 404);
      });

      it('answers alike for an address that has an account, whose owner is told by mail and whose code never comes', async () => {
        const someone = applicant();
        const free = await signUpOf(someone);
        const { body: withFree } = await someone.get<SignUp>(`/sign-ups/${free.id}`);
        const mailsSince = await sinceNow();
        const { body } = await someone.start(invoiceProof(paul));
        const answer = await someone.submit(body.id, { email: camille.email });
        assert.equal(answer.status, 200);
        assert.ok(withFree.state === 'code-sent' && answer.body.state === 'code-sent');
        const untold = (signUp: SignUp) => ({ ...signUp, id: '', ...(signUp.state === 'code-sent' && { code: { ...signUp.code, to: '' } }) });
        assert.deepEqual(untold(answer.body), untold(withFree));

        const [mail, ...others] = await mailsSince();
        assert.deepEqual([mail?.to, others], [camille.email, []]);
        assert.match(mail?.subject ?? '', /^Vous avez déjà un espace client ENEO/);
        assert.doesNotMatch(mail?.text ?? '', /\b\d{7}\b/);

        assert.deepEqual((await someone.confirm(body.id, '0000000')).body.fields, [{ path: 'code', code: 'wrong' }]);
        assert.equal((await applicant().signIn('paul.vidal', PASSWORD)).body.state, 'unconfirmed');
        assert.equal((await applicant().signIn(camille.email, PASSWORD)).body.state, 'unconfirmed', 'as it would be, had the address none');
        assert.equal((await applicant().signIn(camille.email, camille.password)).body.state, 'signed-in', 'and its owner is not kept out');
      });

      it('can be gone on with by signing in, and by that alone', async () => {
        const { id, code } = await signUpOf(applicant());
        const later = applicant();
        assert.equal((await later.signIn('paul.vidal', 'Not-the-password-1')).status, 401);
        const { status, body } = await later.send<{ state: string; signUpId: string }>('POST', '/session', { body: { login: 'Paul.Vidal', password: PASSWORD } });
        assert.deepEqual([status, body.state], [200, 'unconfirmed']);
        assert.notEqual(body.signUpId, id);
        assert.equal(later.cookies.size, 0);
        assert.equal((await later.get<SignUp>(`/sign-ups/${body.signUpId}`)).body.state, 'code-sent');
        assert.equal((await applicant().get<SignUp>(`/sign-ups/${id}`)).body.state, 'code-sent', 'the mail\'s link still leads there');
        assert.equal((await later.confirm(body.signUpId, code)).body.state, 'signed-in');
      });

      it('goes to whoever confirms first, when two hold the proof', async () => {
        const first = await signUpOf(applicant());
        const second = await signUpOf(applicant(), { email: 'other@example.net', identifier: 'the-other' });
        assert.equal((await applicant().confirm(first.id, first.code)).status, 200);
        assert.equal((await applicant().confirm(second.id, second.code)).status, 404);
      });
    });

    describe('a code', () => {
      it('is good once', async () => {
        const { body } = await applicant().forgot('nadia.benali');
        const code = codeIn(await lastMail());
        assert.equal((await applicant().reset(body.resetId, code)).status, 200);
        assert.deepEqual((await applicant().reset(body.resetId, code)).body.fields, [{ path: 'code', code: 'ended' }]);
      });

      it('ends after ten minutes', async () => {
        const { id, code } = await signUpOf(applicant());
        now += 10 * MINUTE;
        assert.deepEqual((await applicant().confirm(id, code)).body.fields, [{ path: 'code', code: 'ended' }]);
      });

      it('ends after five wrong tries, however many come at once', async () => {
        const { id, code } = await signUpOf(applicant());
        const answers = await Promise.all(Array.from({ length: 12 }, () => applicant().confirm(id, wrong(code))));
        const told = answers.map(({ body }) => body.fields?.[0]?.code).sort();
        assert.deepEqual(told, [...Array<string>(7).fill('ended'), ...Array<string>(5).fill('wrong')]);
        assert.deepEqual((await applicant().confirm(id, code)).body.fields, [{ path: 'code', code: 'ended' }]);
      });

      it('can be sent anew after a minute, three times an hour, and the one before ends', async () => {
        const someone = applicant();
        const { id, code: first } = await signUpOf(someone);
        const early = await someone.resend(id);
        assert.deepEqual([early.status, early.body.kind, early.body.retryAfterSeconds], [429, 'rate-limited', 60]);
        now += MINUTE;
        assert.equal((await someone.resend(id)).status, 200);
        const second = codeIn(await lastMail());
        assert.notEqual(second, first);
        assert.deepEqual((await someone.confirm(id, first)).body.fields, [{ path: 'code', code: 'wrong' }]);
        now += MINUTE;
        const { body: third } = await someone.resend(id);
        assert.ok(third.state === 'code-sent');
        assert.equal(Date.parse(third.code.resendAt) - now, 58 * MINUTE, 'the three of this hour are used up');
        now += MINUTE;
        assert.equal((await someone.resend(id)).body.retryAfterSeconds, 57 * 60);
        now += 57 * MINUTE;
        assert.equal((await someone.resend(id)).status, 200);
        assert.equal((await someone.confirm(id, codeIn(await lastMail()))).status, 200);
      });

      it('can be sent to another address', async () => {
        const someone = applicant();
        const { id } = await signUpOf(someone, { email: 'pual@example.net' });
        now += MINUTE;
        const { body } = await someone.resend(id, { email: 'paul@example.com' });
        assert.equal(body.state === 'code-sent' && body.code.to, 'p•••••@example.com');
        const mail = await lastMail();
        assert.equal(mail.to, 'paul@example.com');
        assert.equal((await someone.confirm(id, codeIn(mail))).status, 200);
        assert.equal((await applicant().signIn('paul@example.com', PASSWORD)).body.state, 'signed-in');
      });

      it('goes to one address three times an hour, from whichever sign-up', async () => {
        const someone = applicant();
        await signUpOf(someone);
        const { body } = await someone.start(invoiceProof(paul));
        assert.equal((await someone.submit(body.id)).status, 429);
      });
    });

    describe('a forgotten password', () => {
      it('is replaced with the mailed code; every other session ends, and the customer is told', async () => {
        const elsewhere = applicant();
        await elsewhere.signInAs('lucien');
        const someone = applicant();
        const { body } = await someone.forgot('lucien.fabre@example.org', { language: 'en-GB' });
        const mail = await lastMail();
        assert.match(mail.subject, /^\d{7} : votre code pour un nouveau mot de passe ENEO$/, 'in the language of the account');
        const code = codeIn(mail);
        assert.ok(mail.text.includes(`#oya-reset=${body.resetId}.${code}`) && mail.text.includes(SITE));

        const weak = await someone.reset(body.resetId, code, 'Soleil-2026');
        assert.deepEqual(weak.body.fields, [{ path: 'password', code: 'common' }]);
        const guessed = await someone.reset(body.resetId, wrong(code), 'Soleil-2026');
        assert.deepEqual(guessed.body.fields, [{ path: 'code', code: 'wrong' }], 'only a right code is told of the password');
        const { status, body: session } = await someone.reset(body.resetId, code);
        assert.deepEqual([status, session.state], [200, 'signed-in']);
        assert.equal((await someone.get<Session>('/session')).body.state, 'signed-in');
        assert.equal((await elsewhere.get('/contracts')).status, 401);
        assert.equal((await applicant().signIn('lucien.fabre', 'Cascade-81400')).status, 401);
        assert.equal((await applicant().signIn('lucien.fabre', PASSWORD)).status, 200);

        const notice = await lastMail();
        assert.deepEqual([notice.to, notice.subject], ['lucien.fabre@example.org', 'Votre mot de passe ENEO a changé']);
      });

      it('is asked for in the same words whether or not there is an account, and tried in the same', async () => {
        const mailsSince = await sinceNow();
        const shape = async (login: string) => {
          const { status, body } = await applicant().forgot(login);
          const { resetId, ...times } = body;
          const tries = [];
          for (let attempt = 0; attempt < 6; attempt++) tries.push((await applicant().reset(resetId, '12345678')).body.fields);
          return { status, length: resetId.length, times, tries };
        };
        const known = await shape('odette.galtier');
        assert.equal(known.status, 200);
        for (const login of ['nobody', 'nobody@example.org', 'marc.assie']) assert.deepEqual(await shape(login), known);
        assert.equal((await mailsSince()).length, 1);
      });

      it('sends no more than three mails an hour, and says so alike', async () => {
        const mailsSince = await sinceNow();
        for (const login of ['nadia.benali', 'nobody']) assert.equal((await applicant().forgot(login)).status, 200);
        for (const login of ['nadia.benali', 'nobody']) assert.deepEqual((await applicant().forgot(login)).body.retryAfterSeconds, 60);
        assert.equal((await applicant().forgot('nadia.benali@example.org')).status, 200, 'her other login is not told that it is hers');
        assert.equal((await mailsSince()).length, 1, 'but her mailbox is one');
      });
    });

    describe('a forgotten identifier', () => {
      it('is mailed to its owner, and the answer is the same for everybody', async () => {
        const mailsSince = await sinceNow();
        const known = await applicant().whichIdentifier('Camille.Durand@example.org');
        const unknown = await applicant().whichIdentifier('Cam@example.org');
        assert.equal(known.status, 200);
        assert.deepEqual(known.body, unknown.body);
        const [mail, ...others] = await mailsSince();
        assert.deepEqual([mail?.to, others], [camille.email, []]);
        assert.match(mail?.text ?? '', /camille\.durand/);
      });
    });

    describe('a mail', () => {
      it('comes from the utility as text and as HTML that loads nothing, with the way back to the site', async () => {
        const someone = new Applicant(server.baseUrl('eneo'), SITE);
        const { id, code } = await signUpOf(someone);
        const { from, to, subject, text, html } = await lastMail();
        assert.deepEqual([from.name, to, subject], ['ENEO', 'paul.vidal@example.net', `${code} : votre code de validation ENEO`]);
        const until = new Date(now + 10 * MINUTE + HOUR).toISOString().slice(11, 16).replace(':', ' h ');
        for (const part of [text, html]) {
          assert.ok(part.includes(code));
          assert.match(part, new RegExp(`${SITE}/[^\\s"]*#oya-signup=${id}`));
          assert.ok(part.includes(`jusqu’à ${until}`), until);
        }
        assert.match(html, /<html lang="fr">/);
        assert.doesNotMatch(html, /<(img|script|link|iframe)|url\(/i);
      });

      it('never leads to another site than the utility\'s', async () => {
        const someone = new Applicant(server.baseUrl('eneo'));
        const { body } = await someone.send<SignUp>('POST', '/sign-ups', { body: { proof: invoiceProof(paul), termsVersion: accessRules.terms.version, language: 'fr' } });
        await someone.send('PUT', `/sign-ups/${body.id}/account`, {
          body: { email: 'paul@example.net', identifier: 'paul.vidal', password: PASSWORD, challenge: await someone.solved() },
          headers: { origin: server.url, host: 'evil.example', 'x-forwarded-host': 'evil.example' },
        });
        const { html } = await lastMail();
        assert.doesNotMatch(html, /evil/);
        assert.ok(html.includes(SITE));
      });
    });

    it('refuses hostile text in every field, or takes it as text', async () => {
      const hostile = fc.constantFrom('\0', 'a\0b', "' or 1=1 --", '%', '__proto__', 'constructor', '\u202Eliame@x.y', '<script>alert(1)</script>', '<img src=x>@a.bc', '\ud800', 'a@b.cd\r\nBcc: x@y.zt', 'a@b.cd,x@y.zt', 'javascript:alert(1)', 'x'.repeat(10_000));
      const someone = applicant();
      await fc.assert(
        fc.asyncProperty(hostile, hostile, async (one, other) => {
          await sql`truncate slowdown, sending`.execute(server.db);
          const { body } = await someone.start(invoiceProof(paul));
          const path = encodeURIComponent(one.isWellFormed() ? one : 'x');
          const asked = [
            await someone.start({ kind: 'contract', contractNumber: one, deliveryPoint: '00810000000909', lastName: other }),
            await someone.start({ kind: 'invoice', number: one, total: 1 as Cents }, { language: other }),
            await someone.start(invoiceProof(paul), { termsVersion: one }),
            await someone.submit(body.id, { email: one }),
            await someone.submit(body.id, { identifier: other, phone: one }),
            await someone.submit(body.id, { password: one, challenge: other }),
            await someone.submit(path),
            await someone.confirm(path, '1234567'),
            await someone.confirm(body.id, one),
            await someone.resend(body.id, { email: other }),
            await someone.forgot(one, { language: 'xx' }),
            await someone.reset(path, '1234567', other),
            await someone.whichIdentifier(one),
            await someone.get(`/access/identifiers/${path}`),
          ];
          for (const { status, text } of asked) assert.ok(status < 500 && !text.includes('<script'), `${status} ${text.slice(0, 200)}`);
        }),
        { numRuns: 8 },
      );
    });
  });

  describe(`the work for an answer, on ${engine.name},`, () => {
    const work = new WorkRecorder();
    let server: TestServer;
    let now = SEEDED_AT;
    let mailServer = Promise.resolve();
    const sent: Mail[] = [];
    before(async () => {
      const transport = { send: (mail: Mail) => mailServer.then(() => void sent.push(mail)), close: () => {} };
      server = await startTestServer({ engine, now: () => now, transport, prepare: work.watch });
    });
    after(async () => {
      await server.stop();
      work.stop();
    });
    beforeEach(async () => {
      now += DAY;
      await sql`truncate slowdown, sending`.execute(server.db);
    });

    const someone = () => new Applicant(server.baseUrl('eneo'));
    const hashes = (steps: readonly string[]) => steps.filter((step) => step === 'ARGON2REQUEST').length;

    /** Step by step the same: what takes the same steps takes the same time, which `npm run bench -- accounts` measures. */
    async function alike(calls: Record<'known' | 'unknown', () => Promise<Answer>>): Promise<readonly string[]> {
      const steps: Record<string, readonly string[]> = {};
      // The first call of all fetches what the server keeps at hand from then on.
      for (const [what, call] of [['first', calls.unknown], ['known', calls.known], ['unknown', calls.unknown]] as const) {
        await sql`truncate slowdown, sending`.execute(server.db);
        steps[what] = await work.during(call);
      }
      const { known = [], unknown } = steps;
      assert.ok(known.length > 0);
      assert.deepEqual(known, unknown);
      return known;
    }

    it('says nothing of an account when somebody signs in', async () => {
      const steps = await alike({ known: () => someone().signIn('camille.durand', 'not-the-password'), unknown: () => someone().signIn('nobody', 'not-the-password') });
      assert.equal(hashes(steps), 2, 'an account, and a sign-up that waits');
    });

    it('… asks for a new password', async () => void (await alike({ known: () => someone().forgot('camille.durand'), unknown: () => someone().forgot('nobody') })));

    it('… asks for the identifier', async () => void (await alike({ known: () => someone().whichIdentifier(camille.email), unknown: () => someone().whichIdentifier('nobody@example.org') })));

    it('… begins an account with a proof', async () =>
      void (await alike({ known: () => someone().start(invoiceProof(camille)), unknown: () => someone().start({ kind: 'invoice', number: 'EN0000000110', total: 1 as Cents }) })));

    it('… gives an account its address', async () => {
      const submit = async (email: string) => {
        const { body } = await someone().start(invoiceProof(paul));
        return someone().submit(body.id, { email });
      };
      const steps = await alike({ known: () => submit(camille.email), unknown: () => submit('nobody@example.org') });
      assert.equal(hashes(steps), 1);
    });

    it('ends before the mail leaves, if there is one', async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      mailServer = promise;
      const before = sent.length;
      try {
        assert.equal((await someone().forgot('camille.durand')).status, 200);
        assert.equal(sent.length, before);
      } finally {
        resolve();
      }
      await server.mails();
      assert.equal(sent.at(-1)?.to, camille.email);
    });
  });
}

function forged(solution: string): string {
  const payload = JSON.parse(Buffer.from(solution, 'base64').toString()) as { salt: string };
  return Buffer.from(JSON.stringify({ ...payload, salt: payload.salt.replace(/expires=\d+/, 'expires=9999999999') })).toString('base64');
}
