import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { extendSession, instant, PortalError, requestIdentifier, requestPasswordReset, resetPassword, signIn, whoAmI, type ErrorKind } from '@oya/contract';
import { personas } from '@oya/personas';
import { sandboxAdapter, type SandboxAdapter } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const MINUTE = 60_000;
const NEW_PASSWORD = 'Verrerie-de-Carmaux-81';

const camille = personas.find(({ id }) => id === 'camille') ?? assert.fail('camille has gone');

describe('a new password at the sandbox', () => {
  it('is set with the mailed code, opens a session, and replaces the old one', async () => {
    const adapter = sandbox();
    const { resetId } = await ask(adapter, camille.email.toUpperCase());
    const session = await adapter.perform(resetPassword, { resetId, code: lastCode(adapter), password: NEW_PASSWORD });
    assert.equal(session.state === 'signed-in' && session.customer.displayName, camille.customer.displayName);
    assert.deepEqual(await adapter.perform(whoAmI, {}), session);
    await refused(adapter.perform(signIn, { login: camille.login, password: camille.password }), 'unauthenticated');
    assert.equal((await adapter.perform(signIn, { login: camille.login, password: NEW_PASSWORD })).state, 'signed-in');
    assert.deepEqual(await codeFault(adapter, resetId, lastCode(adapter)), 'ended');
  });

  it('is answered alike for an account that exists and for one that does not', async () => {
    const [known, unknown] = [sandbox(), sandbox()];
    const answers = [await ask(known, camille.login), await ask(unknown, 'nobody.of.this.name')];
    const shapes = answers.map((answer) => ({ ...answer, resetId: answer.resetId.length }));
    assert.deepEqual(shapes[0], shapes[1]);
    assert.deepEqual([known, unknown].map((adapter) => adapter.controls.mails().length), [1, 0]);
    const faults = await Promise.all([known, unknown].map(async (adapter, index) => {
      const found: (string | undefined)[] = [];
      for (let tries = 0; tries < 6; tries++) found.push(await codeFault(adapter, answers[index]?.resetId ?? '', wrongCode(adapter)));
      return found;
    }));
    assert.deepEqual(faults[0], ['wrong', 'wrong', 'wrong', 'wrong', 'ended', 'ended']);
    assert.deepEqual(faults[1], faults[0]);
    for (const [adapter, login] of [[known, camille.login], [unknown, 'nobody.of.this.name']] as const) assert.equal((await refused(ask(adapter, login), 'rate-limited')).retryAfterSeconds, 60);
  });

  it('comes with a link that holds the reset and its code', async () => {
    const adapter = sandbox();
    const { resetId } = await ask(adapter, camille.login);
    assert.equal(adapter.controls.mails().at(-1)?.link, `#oya-reset=${resetId}.${lastCode(adapter)}`);
  });

  it('ends after ten minutes, and when another code was sent', async () => {
    const late = sandbox();
    const { resetId } = await ask(late, camille.login);
    later(late, 10 * MINUTE);
    assert.equal(await codeFault(late, resetId, lastCode(late)), 'ended');

    const replaced = sandbox();
    const first = await ask(replaced, camille.login);
    const firstCode = lastCode(replaced);
    later(replaced, MINUTE);
    await ask(replaced, camille.login);
    assert.equal(await codeFault(replaced, first.resetId, firstCode), 'ended');
  });

  it('can be asked for again after a minute, three times an hour', async () => {
    const adapter = sandbox();
    for (let sends = 0; sends < 3; sends++) {
      await ask(adapter, camille.login);
      await refused(ask(adapter, camille.login), 'rate-limited');
      later(adapter, (sends + 1) * MINUTE);
    }
    assert.equal((await refused(ask(adapter, camille.login), 'rate-limited')).retryAfterSeconds, 57 * 60);
    later(adapter, 60 * MINUTE);
    await ask(adapter, camille.login);
  });

  it('is judged only with the right code, which stays good for a better one', async () => {
    const adapter = sandbox();
    const { resetId } = await ask(adapter, camille.login);
    const weak = { resetId, password: 'Camille1' };
    assert.deepEqual((await refused(adapter.perform(resetPassword, { ...weak, code: wrongCode(adapter) }), 'invalid')).fields, [{ path: 'code', code: 'wrong' }]);
    const { fields } = await refused(adapter.perform(resetPassword, { ...weak, code: lastCode(adapter) }), 'invalid');
    assert.deepEqual(fields.map(({ path, code }) => `${path} ${code}`), ['password special', 'password common', 'password personal']);
    assert.equal((await adapter.perform(resetPassword, { resetId, code: lastCode(adapter), password: NEW_PASSWORD })).state, 'signed-in');
  });
});

describe('a forgotten identifier at the sandbox', () => {
  it('is told by mail alone, with the same answer for an address without an account', async () => {
    const [known, unknown] = [sandbox(), sandbox()];
    const answers = [await known.perform(requestIdentifier, { email: camille.email, language: 'fr' }), await unknown.perform(requestIdentifier, { email: 'cora@example.org', language: 'fr' })];
    assert.deepEqual(answers[0], answers[1]);
    assert.deepEqual([known, unknown].map((adapter) => adapter.controls.mails().map(({ subject }) => subject)), [[`Votre identifiant : ${camille.login}`], []]);
    for (const [adapter, email] of [[known, camille.email], [unknown, 'cora@example.org']] as const) await refused(adapter.perform(requestIdentifier, { email, language: 'fr' }), 'rate-limited');
  });
});

describe('a session at the sandbox', () => {
  it('is not prolonged by asking for it, and is by its extension', async () => {
    const adapter = sandbox({ persona: 'camille' });
    later(adapter, 11 * 60 * MINUTE);
    const asked = await adapter.perform(whoAmI, {});
    assert.equal(asked.state === 'signed-in' && asked.expiresAt, '2026-11-24T21:00:00Z');
    const extended = await adapter.perform(extendSession, {});
    assert.equal(extended.state === 'signed-in' && extended.expiresAt, '2026-11-25T08:00:00Z');
    assert.deepEqual(await adapter.perform(whoAmI, {}), extended);
    later(adapter, 23 * 60 * MINUTE);
    assert.deepEqual(await adapter.perform(extendSession, {}), { state: 'signed-out' });
  });

  it('lasts thirty days on the customer’s own device', async () => {
    const answer = await sandbox().perform(signIn, { login: camille.login, password: camille.password, remember: true });
    assert.equal(answer.state === 'signed-in' && answer.expiresAt, '2026-12-24T09:00:00Z');
  });
});

function sandbox(options: { persona?: string } = {}): SandboxAdapter {
  return sandboxAdapter({ now: NOW, ...options });
}

function ask(adapter: SandboxAdapter, login: string) {
  return adapter.perform(requestPasswordReset, { login, language: 'fr' });
}

/** Sets the clock to so long after the start. */
function later(adapter: SandboxAdapter, milliseconds: number): void {
  adapter.controls.setNow(instant(Date.parse(NOW) + milliseconds));
}

function lastCode(adapter: SandboxAdapter): string {
  return adapter.controls.mails().at(-1)?.code ?? assert.fail('no mail came');
}

/** A code that nobody was mailed. */
function wrongCode(adapter: SandboxAdapter): string {
  return adapter.controls.mails().at(-1)?.code === '1234567' ? '7654321' : '1234567';
}

async function codeFault(adapter: SandboxAdapter, resetId: string, code: string): Promise<string | undefined> {
  const error = await refused(adapter.perform(resetPassword, { resetId, code, password: NEW_PASSWORD }), 'invalid');
  return error.fields.find(({ path }) => path === 'code')?.code;
}

async function refused(promise: Promise<unknown>, kind: ErrorKind): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, String(thrown));
    assert.equal(thrown.kind, kind, thrown.message);
    return thrown;
  }
  assert.fail(`expected "${kind}"`);
}
