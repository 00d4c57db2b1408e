import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkIdentifier, confirmSignUp, describeAccess, getChallenge, getSignUp, instant, PortalError, resendSignUpCode, signIn, startSignUp, submitSignUp, whoAmI,
  type Cents, type Input, type Proof, type SignUp,
} from '@oya/contract';
import { personas, prospects } from '@oya/personas';
import { solveChallenge } from 'altcha-lib/v1';
import { sandboxAdapter, type SandboxAdapter, type SandboxMail } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const MINUTE = 60_000;

const paul = prospects.find(({ id }) => id === 'paul') ?? assert.fail('paul has gone');
const camille = personas.find(({ id }) => id === 'camille') ?? assert.fail('camille has gone');
const ACCOUNT = { email: 'paul@example.org', identifier: 'paul.vidal', password: 'Verrerie-81' };

describe('signing up at the sandbox', () => {
  it('leads from an invoice to a session, and then by identifier or e-mail address', async () => {
    const adapter = sandbox();
    const { signUpId } = await submitted(adapter);
    const session = await adapter.perform(confirmSignUp, { signUpId, code: lastCode(adapter) });
    assert.equal(session.state === 'signed-in' && session.customer.displayName, 'Paul Vidal');
    assert.deepEqual(await adapter.perform(whoAmI, {}), session);
    for (const login of ['Paul.Vidal', 'PAUL@example.org']) assert.equal((await adapter.perform(signIn, { login, password: ACCOUNT.password })).state, 'signed-in');
  });

  it('takes the contract as well, with the holder’s name however it is written', async () => {
    const [contract] = paul.contracts;
    assert.ok(contract);
    for (const lastName of ['Vidal', 'VIDAL', 'paul vidal']) {
      const proof: Proof = { kind: 'contract', contractNumber: contract.number.toLowerCase().replace('-', ' '), deliveryPoint: contract.deliveryPoint, lastName };
      assert.equal((await start(sandbox(), proof)).state, 'proved');
    }
    await refused(start(sandbox(), { kind: 'contract', contractNumber: contract.number, deliveryPoint: contract.deliveryPoint, lastName: 'al' }), 'invalid', 'proof-refused');
  });

  it('refuses a wrong proof and one whose account exists in the same words', async () => {
    const wrong = await refused(start(sandbox(), { ...invoiceOf(paul), total: 1 as Cents }), 'invalid', 'proof-refused');
    const used = await refused(start(sandbox(), invoiceOf(camille)), 'invalid', 'proof-refused');
    assert.deepEqual([used.message, used.fields], [wrong.message, wrong.fields]);
    const adapter = sandbox();
    const { signUpId } = await submitted(adapter);
    await adapter.perform(confirmSignUp, { signUpId, code: lastCode(adapter) });
    assert.equal((await refused(start(adapter, invoiceOf(paul)), 'invalid', 'proof-refused')).message, wrong.message);
  });

  it('slows down after three wrong proofs, also for the right one, and says for how long', async () => {
    const adapter = sandbox();
    for (let tries = 0; tries < 3; tries++) await refused(start(adapter, { ...invoiceOf(paul), total: 1 as Cents }), 'invalid');
    assert.equal((await refused(start(adapter, invoiceOf(paul)), 'rate-limited')).retryAfterSeconds, 15 * 60);
    later(adapter, 15 * MINUTE);
    assert.equal((await start(adapter, invoiceOf(paul))).state, 'proved');
  });

  it('wants the terms of today', async () => {
    await refused(sandbox().perform(startSignUp, { proof: invoiceOf(paul), termsVersion: '2020-01', language: 'fr' }), 'invalid', 'terms-changed');
  });

  it('checks identifier, password and proof of work at once', async () => {
    const adapter = sandbox();
    const { id: signUpId } = await start(adapter, invoiceOf(paul));
    const error = await refused(adapter.perform(submitSignUp, { ...ACCOUNT, signUpId, identifier: camille.login, password: 'soleil', challenge: 'x' }), 'invalid');
    assert.deepEqual(error.fields.map(({ path, code }) => `${path} ${code}`), ['identifier taken', 'password length', 'password upper', 'password digit', 'password special', 'password common', 'challenge unsolved']);
    assert.deepEqual(adapter.controls.mails(), []);
  });

  it('takes each solved challenge for one form', async () => {
    const adapter = sandbox();
    const { id: signUpId } = await start(adapter, invoiceOf(paul));
    const challenge = await solved(adapter);
    await adapter.perform(submitSignUp, { ...ACCOUNT, signUpId, challenge });
    const again = await refused(adapter.perform(submitSignUp, { ...ACCOUNT, signUpId, challenge }), 'invalid');
    assert.deepEqual(again.fields.map(({ path }) => path), ['challenge']);
  });

  it('says which identifiers are free, without capitals, those of unfinished sign-ups included', async () => {
    const adapter = sandbox();
    const available = async (identifier: string) => (await adapter.perform(checkIdentifier, { identifier })).available;
    assert.deepEqual([await available('Camille.Durand'), await available('paul.vidal')], [false, true]);
    await submitted(adapter);
    assert.equal(await available('Paul.Vidal'), false);
    await refused(adapter.perform(checkIdentifier, { identifier: 'paul@example.org' }), 'invalid');
  });

  it('answers the same for an address that has an account, tells its owner, and takes no code', async () => {
    const known = sandbox();
    const unknown = sandbox();
    const [{ state: ofKnown, signUpId }, { state: ofUnknown }] = [await submitted(known, { email: camille.email }), await submitted(unknown, { email: 'c.durand@example.org' })];
    assert.deepEqual({ ...ofKnown, id: '' }, { ...ofUnknown, id: '' });
    assert.deepEqual(known.controls.mails(), [{ to: camille.email, subject: 'Vous avez déjà un compte' }]);
    const error = await refused(known.perform(confirmSignUp, { signUpId, code: '0000000' }), 'invalid');
    assert.deepEqual(error.fields, [{ path: 'code', code: 'wrong' }]);
  });

  it('ends a code after ten minutes, after five tries and with the next one', async () => {
    const codeOf = async (adapter: SandboxAdapter, signUpId: string, code: string) => (await refused(adapter.perform(confirmSignUp, { signUpId, code }), 'invalid')).fields[0]?.code;
    const old = sandbox();
    const first = await submitted(old);
    later(old, 10 * MINUTE);
    assert.equal(await codeOf(old, first.signUpId, lastCode(old)), 'ended');

    const tried = sandbox();
    const second = await submitted(tried);
    const wrong = lastCode(tried) === '1111111' ? '2222222' : '1111111';
    for (let tries = 1; tries < 5; tries++) assert.equal(await codeOf(tried, second.signUpId, wrong), 'wrong');
    assert.equal(await codeOf(tried, second.signUpId, wrong), 'ended');
    assert.equal(await codeOf(tried, second.signUpId, lastCode(tried)), 'ended');
  });

  it('sends another code after a minute, three an hour, and to another address if asked', async () => {
    const adapter = sandbox();
    const { signUpId, state } = await submitted(adapter);
    assert.deepEqual(state.state === 'code-sent' && [state.code.to, state.code.expiresAt, state.code.resendAt], ['p•••••@example.org', '2026-11-24T09:10:00Z', '2026-11-24T09:01:00Z']);
    assert.equal((await refused(adapter.perform(resendSignUpCode, { signUpId }), 'rate-limited')).retryAfterSeconds, 60);
    later(adapter, MINUTE);
    await adapter.perform(resendSignUpCode, { signUpId, email: 'vidal@example.org' });
    later(adapter, 2 * MINUTE);
    await adapter.perform(resendSignUpCode, { signUpId });
    assert.deepEqual(adapter.controls.mails().map(({ to }) => to), ['paul@example.org', 'vidal@example.org', 'vidal@example.org']);
    later(adapter, 3 * MINUTE);
    assert.equal((await refused(adapter.perform(resendSignUpCode, { signUpId }), 'rate-limited')).retryAfterSeconds, 57 * 60);
  });

  it('knows where a sign-up stands, until a day has passed', async () => {
    const adapter = sandbox();
    const { id: signUpId } = await start(adapter, invoiceOf(paul));
    assert.equal((await adapter.perform(getSignUp, { signUpId })).state, 'proved');
    later(adapter, 24 * 60 * MINUTE);
    await refused(adapter.perform(getSignUp, { signUpId }), 'not-found');
    await refused(adapter.perform(getSignUp, { signUpId: 'another' }), 'not-found');
  });

  it('leads whoever signs in too early back to the code, with the right password only', async () => {
    const adapter = sandbox();
    const { signUpId } = await submitted(adapter);
    assert.deepEqual(await adapter.perform(signIn, { login: ACCOUNT.identifier, password: ACCOUNT.password }), { state: 'unconfirmed', signUpId });
    await refused(adapter.perform(signIn, { login: ACCOUNT.identifier, password: 'Verrerie-82' }), 'unauthenticated');
  });

  it('tells of each mail whoever listens', async () => {
    const heard: SandboxMail[] = [];
    const adapter = sandboxAdapter({ now: NOW, onMail: (mail) => heard.push(mail) });
    await submitted(adapter);
    assert.deepEqual(heard, adapter.controls.mails());
  });
});

function sandbox(): SandboxAdapter {
  return sandboxAdapter({ now: NOW });
}

function later(adapter: SandboxAdapter, milliseconds: number): void {
  adapter.controls.setNow(instant(Date.parse(NOW) + milliseconds));
}

function invoiceOf({ invoice }: (typeof prospects)[number]): Extract<Proof, { kind: 'invoice' }> {
  return { kind: 'invoice', number: invoice.number, total: invoice.totalCents as Cents };
}

async function start(adapter: SandboxAdapter, proof: Proof): Promise<SignUp> {
  const { terms } = await adapter.perform(describeAccess, {});
  return adapter.perform(startSignUp, { proof, termsVersion: terms.version, language: 'fr' });
}

async function submitted(adapter: SandboxAdapter, account: Partial<Input<'submitSignUp'>> = {}) {
  const { id: signUpId } = await start(adapter, invoiceOf(paul));
  const state = await adapter.perform(submitSignUp, { ...ACCOUNT, ...account, signUpId, challenge: await solved(adapter) });
  return { signUpId, state };
}

async function solved(adapter: SandboxAdapter): Promise<string> {
  const { algorithm, challenge, salt, signature, maxNumber } = await adapter.perform(getChallenge, {});
  const solution = await solveChallenge(challenge, salt, algorithm, maxNumber).promise;
  assert.ok(solution, 'the challenge has a solution');
  return btoa(JSON.stringify({ algorithm, challenge, number: solution.number, salt, signature }));
}

function lastCode(adapter: SandboxAdapter): string {
  return adapter.controls.mails().at(-1)?.code ?? assert.fail('no code was mailed');
}

async function refused(promise: Promise<unknown>, kind: PortalError['kind'], code?: string): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
    assert.equal(thrown.kind, kind, thrown.message);
    if (code !== undefined) assert.equal(thrown.code, code);
    return thrown;
  }
  assert.fail('expected a refusal');
}
