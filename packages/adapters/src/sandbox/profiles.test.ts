import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  acceptAccess,
  cancelEmailChange,
  changeAddress,
  changeIdentifier,
  addAttachment,
  changePassword,
  closeAccount,
  confirmEmailChange,
  contestInvoice,
  endDevice,
  endOtherDevices,
  exportData,
  getProfile,
  instant,
  inviteAccess,
  listActivity,
  listContracts,
  listDevices,
  listInvoices,
  PortalError,
  signIn,
  signMandate,
  signOut,
  startEmailChange,
  startSignUp,
  updateProfile,
  whoAmI,
  withdrawRequest,
  type ActivityGroup,
} from '@oya/contract';
import { accessRules, findPersona } from '@oya/personas';
import { sandboxAdapter, type SandboxAdapter, type SandboxOptions } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const MINUTE = 60_000;
const { login, email, password: currentPassword, invoice } = findPersona('camille');
const NEW_PASSWORD = 'Verrerie-de-Carmaux-81';
const ELSEWHERE = { lines: ['22 avenue de Rodez', 'Bâtiment B'], postcode: '81400', city: 'Carmaux', country: 'FR' };

function sandbox(options: SandboxOptions = {}): SandboxAdapter {
  return sandboxAdapter({ now: NOW, persona: 'camille', ...options });
}

async function refused(promise: Promise<unknown>, kind: PortalError['kind']): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
    assert.equal(thrown.kind, kind, thrown.message);
    return thrown;
  }
  assert.fail('expected a refusal');
}

async function fieldOf(promise: Promise<unknown>): Promise<unknown> {
  return (await refused(promise, 'invalid')).fields.map(({ path, code }) => `${path} ${code}`);
}

function lastCode(adapter: SandboxAdapter): string {
  return adapter.controls.mails().findLast(({ code }) => code !== undefined)?.code ?? assert.fail('no code was mailed');
}

async function kinds(adapter: SandboxAdapter, group?: ActivityGroup): Promise<string[]> {
  return (await adapter.perform(listActivity, group ? { group } : {}, {})).items.map(({ kind }) => kind);
}

describe('the account in the sandbox', () => {
  it('is told with its ways, and what closing it leads to', async () => {
    const profile = await sandbox().perform(getProfile, {});
    assert.deepEqual([profile.identifier, profile.email, profile.emailChange, profile.address?.city], [login, email, null, 'Carmaux']);
    assert.ok(profile.password?.changedAt);
    assert.deepEqual(profile.closure.kept.map(({ what }) => what), ['invoices', 'contracts', 'consumption', 'activity']);
    assert.equal(profile.closure.contracts, 1);
  });

  it('belongs to whoever is signed in', async () => {
    await refused(sandbox({ persona: null }).perform(getProfile, {}), 'unauthenticated');
  });

  it('changes what holds at once, and leaves the rest', async () => {
    const adapter = sandbox();
    const before = await adapter.perform(getProfile, {});
    const after = await adapter.perform(updateProfile, { phone: '+33639980999', language: 'en' });
    assert.deepEqual([after.phone, after.language, after.notifications], ['+33639980999', 'en', before.notifications]);
    assert.deepEqual((await kinds(adapter)).slice(0, 2).sort(), ['language-changed', 'phone-changed']);
  });

  it('tells of one topic without touching another, and of none by SMS without a phone', async () => {
    const adapter = sandbox({ persona: 'odette' });
    const { notifications } = await adapter.perform(updateProfile, { notifications: [{ topic: 'news', channels: ['email'] }] });
    assert.deepEqual(notifications.map(({ topic, channels }) => [topic, channels.join()]), [['invoices', 'letter'], ['readings', 'letter'], ['consumption', ''], ['news', 'email']]);
    const sms = { notifications: [{ topic: 'consumption', channels: ['sms'] }] } as const satisfies Parameters<typeof adapter.perform<typeof updateProfile>>[1];
    assert.deepEqual(await fieldOf(adapter.perform(updateProfile, sms)), ['notifications phone-needed']);
    await adapter.perform(updateProfile, { ...sms, phone: '+33639980999' });
    assert.deepEqual(await fieldOf(adapter.perform(updateProfile, { phone: null })), ['notifications phone-needed']);
  });

  it('refuses a language and a way that the utility does not have', async () => {
    assert.deepEqual(await fieldOf(sandbox().perform(updateProfile, { language: 'oc' })), ['language unknown']);
    assert.deepEqual(await fieldOf(sandbox({ persona: 'marc' }).perform(updateProfile, { notifications: [{ topic: 'news', channels: ['sms'] }] })), ['notifications unknown-channel']);
  });
});

describe('what opens the account', () => {
  it('changes with the current password only, and guessing is slowed down', async () => {
    const adapter = sandbox();
    assert.equal((await refused(adapter.perform(changeIdentifier, { identifier: 'camille' }), 'forbidden')).code, 'confirmation-needed');
    const guess = () => adapter.perform(changeIdentifier, { identifier: 'camille', currentPassword: 'wrong' });
    for (const _ of [1, 2, 3]) assert.deepEqual(await fieldOf(guess()), ['currentPassword wrong']);
    assert.ok((await refused(guess(), 'rate-limited')).retryAfterSeconds);
    adapter.controls.setNow(instant(Date.parse(NOW) + 20 * MINUTE));
    assert.equal((await adapter.perform(changeIdentifier, { identifier: 'Camille.D', currentPassword })).identifier, 'camille.d');
    await adapter.perform(signOut, {});
    assert.equal((await adapter.perform(signIn, { login: 'camille.d', password: currentPassword })).state, 'signed-in');
  });

  it('is no identifier that somebody else has', async () => {
    assert.deepEqual(await fieldOf(sandbox().perform(changeIdentifier, { identifier: 'Lucien.Fabre', currentPassword })), ['identifier taken']);
  });

  it('is a new password that keeps the rules, and the other devices are signed out', async () => {
    const adapter = sandbox();
    assert.ok((await adapter.perform(listDevices, {})).items.length > 1);
    assert.deepEqual(await fieldOf(adapter.perform(changePassword, { password: 'Camille-1', currentPassword })), ['password common', 'password personal']);
    const { password } = await adapter.perform(changePassword, { password: NEW_PASSWORD, currentPassword });
    assert.equal(password?.changedAt, NOW);
    assert.deepEqual((await adapter.perform(listDevices, {})).items.map(({ current }) => current), [true]);
    await adapter.perform(signOut, {});
    await refused(adapter.perform(signIn, { login, password: currentPassword }), 'unauthenticated');
    assert.equal((await adapter.perform(signIn, { login, password: NEW_PASSWORD })).state, 'signed-in');
  });
});

describe('another e-mail address', () => {
  it('holds once its code was typed, and the old one is told', async () => {
    const adapter = sandbox();
    const sent = await adapter.perform(startEmailChange, { email: 'Camille@Example.org', currentPassword });
    assert.deepEqual([sent.to, sent.expiresAt], ['c•••••@example.org', '2026-11-24T09:10:00Z']);
    assert.deepEqual(adapter.controls.mails().map(({ to }) => to), ['camille@example.org', email]);
    assert.equal((await adapter.perform(getProfile, {})).email, email);
    assert.equal((await adapter.perform(confirmEmailChange, { code: lastCode(adapter) })).email, 'camille@example.org');
    assert.deepEqual((await kinds(adapter)).slice(0, 2), ['email-changed', 'email-change-asked']);
    assert.deepEqual(await fieldOf(adapter.perform(confirmEmailChange, { code: lastCode(adapter) })), ['code ended']);
  });

  it('is answered alike where another account has it, and no code is right', async () => {
    const [free, taken] = [sandbox(), sandbox()];
    const answers = [await free.perform(startEmailChange, { email: 'new@example.org', currentPassword }), await taken.perform(startEmailChange, { email: findPersona('lucien').email, currentPassword })];
    assert.deepEqual({ ...answers[0], to: '' }, { ...answers[1], to: '' });
    assert.deepEqual(taken.controls.mails().map(({ code }) => code), [undefined, undefined]);
    assert.deepEqual(await fieldOf(taken.perform(confirmEmailChange, { code: '0000000' })), ['code wrong']);
  });

  it('is not the same, can be given up, and another code comes after a minute', async () => {
    const adapter = sandbox();
    assert.deepEqual(await fieldOf(adapter.perform(startEmailChange, { email, currentPassword })), ['email same']);
    const ask = () => adapter.perform(startEmailChange, { email: 'new@example.org', currentPassword });
    await ask();
    assert.equal((await refused(ask(), 'rate-limited')).retryAfterSeconds, 60);
    const code = lastCode(adapter);
    assert.equal((await adapter.perform(cancelEmailChange, {})).emailChange, null);
    assert.deepEqual(await fieldOf(adapter.perform(confirmEmailChange, { code })), ['code ended']);
  });
});

describe('another postal address', () => {
  it('waits for approval where the utility looks at it, one at a time, until it is withdrawn', async () => {
    const adapter = sandbox();
    const asked = await adapter.perform(changeAddress, { address: ELSEWHERE });
    const [request] = asked.requests;
    assert.deepEqual([request?.state, request?.askedAt, asked.address?.lines], ['pending', NOW, ['12 rue des Acacias']]);
    await refused(adapter.perform(changeAddress, { address: ELSEWHERE }), 'conflict');
    const requestId = request?.id ?? '';
    assert.equal((await adapter.perform(withdrawRequest, { requestId })).requests[0]?.state, 'withdrawn');
    await refused(adapter.perform(withdrawRequest, { requestId }), 'conflict');
    await refused(adapter.perform(withdrawRequest, { requestId: 'somebody-elses' }), 'not-found');
  });

  it('holds at once elsewhere', async () => {
    const { address, requests } = await sandbox({ persona: 'marc' }).perform(changeAddress, { address: ELSEWHERE });
    assert.deepEqual([address, requests], [ELSEWHERE, []]);
  });
});

describe('devices and activity', () => {
  it('begin with the browser that asks, which is not ended but signs out', async () => {
    const adapter = sandbox();
    const { items } = await adapter.perform(listDevices, {});
    const [here, other] = items;
    assert.deepEqual([here?.current, here?.signedInAt, here?.way], [true, NOW, 'password']);
    await refused(adapter.perform(endDevice, { deviceId: here?.id ?? '' }), 'conflict');
    await refused(adapter.perform(endDevice, { deviceId: 'somebody-elses' }), 'not-found');
    assert.equal((await adapter.perform(endDevice, { deviceId: other?.id ?? '' })).items.length, items.length - 1);
    assert.equal((await adapter.perform(endOtherDevices, {})).items.length, 1);
    assert.deepEqual((await kinds(adapter)).slice(0, 2), ['devices-ended', 'device-ended']);
  });

  it('grow as the visitor acts', async () => {
    const adapter = sandbox({ persona: null });
    await refused(adapter.perform(signIn, { login, password: 'wrong' }), 'unauthenticated');
    await adapter.perform(signIn, { login, password: currentPassword });
    await adapter.perform(signOut, {});
    await adapter.perform(signIn, { login, password: currentPassword });
    const { items } = await adapter.perform(listActivity, { group: 'access' });
    assert.deepEqual(items.slice(0, 4).map(({ kind, by }) => [kind, by.role]), [['signed-in', 'self'], ['signed-out', 'self'], ['signed-in', 'self'], ['sign-in-refused', 'unknown']]);
  });

  it('tell the holder who reads a contract', async () => {
    const adapter = sandbox({ persona: 'helene' });
    const contractId = 'helene-second-electricity';
    await adapter.perform(inviteAccess, { contractId, email: 'marc.assie@example.org', until: null, language: 'fr' });
    const invitationId = adapter.controls.mails().at(-1)?.link?.replace('#oya-access=', '') ?? '';
    adapter.controls.setPersona('marc');
    await adapter.perform(acceptAccess, { invitationId });
    assert.deepEqual(await kinds(adapter, 'contracts'), ['access-accepted']);
    adapter.controls.setPersona('helene');
    const [accepted, given] = (await adapter.perform(listActivity, { group: 'contracts' })).items;
    assert.deepEqual([accepted?.kind, accepted?.by, accepted?.contractId], ['access-accepted', { role: 'reader', name: 'Marc Assié' }, contractId]);
    assert.deepEqual([given?.kind, given?.contractId], ['access-given', contractId]);
  });

  it('come by pages, the newest first', async () => {
    const adapter = sandbox();
    const first = await adapter.perform(listActivity, {});
    const second = await adapter.perform(listActivity, { cursor: first.next ?? assert.fail('there is a second page') });
    const all = [...first.items, ...second.items];
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.deepEqual(all.map(({ at }) => at), all.map(({ at }) => at).toSorted().reverse());
    assert.deepEqual(await fieldOf(adapter.perform(listActivity, { cursor: 'nowhere' })), ['cursor unknown']);
  });
});

describe('the data of an account, and its end', () => {
  it('are there to take away: contracts, days and curves too', async () => {
    const data = await sandbox().perform(exportData, {});
    assert.deepEqual([data.format, data.madeAt, data.utility.id, data.profile.identifier], ['oya-data-export/1', NOW, 'eneo', login]);
    assert.deepEqual(data.contracts.map(({ contract }) => contract.id), ['camille-electricity']);
    assert.deepEqual(data.consumption.map(({ meterId, resolution }) => [meterId, resolution]), [['camille-linky', 'day'], ['camille-linky', 'half-hour']]);
    assert.ok(data.consumption.every(({ total }) => total !== null && total > 0));
    assert.ok(data.activity.length > 20);
    assert.deepEqual([data.payments, data.paymentPlans, data.disputes, data.attachments], [[], [], [], []]);
    assert.deepEqual(data.mandates?.map(({ contractId, revokedOn }) => [contractId, revokedOn]), [['camille-electricity', null]]);
  });

  it('hold mandates that ended, contested bills with the names of their files, and files that wait', async () => {
    const adapter = sandbox();
    const contractId = 'camille-electricity';
    const { items: [first] } = await adapter.perform(listInvoices, { contractId });
    assert.ok(first);
    const letter = () => adapter.perform(addAttachment, { name: 'lettre.pdf', content: btoa('%PDF-1.4\n%%EOF\n') });
    const sent = await letter();
    for (const words of ['Une fois.', 'Et encore.']) {
      await adapter.perform(contestInvoice, { contractId, invoiceId: first.id, words, attachmentIds: words === 'Une fois.' ? [sent.id] : [] });
      adapter.controls.answerDispute(contractId, first.id, 'C’est juste.');
    }
    const waiting = await letter();
    await adapter.perform(signMandate, { contractId, accountHolder: 'Camille', iban: 'FR1420041010050500013M02606', currentPassword });
    const data = await adapter.perform(exportData, {});
    assert.deepEqual(data.disputes?.map(({ words, answer, invoiceId, attachments = [] }) => [words, answer, invoiceId, attachments.map(({ name }) => name)]), [['Et encore.', 'C’est juste.', first.id, []], ['Une fois.', 'C’est juste.', first.id, ['lettre.pdf']]]);
    assert.deepEqual(data.attachments, [waiting]);
    assert.deepEqual(data.mandates?.map(({ account, revokedOn }) => [account, revokedOn]), [['FR14 •••• •••• •••• •••• •••2 606', null], [undefined, NOW.slice(0, 10)]]);
  });

  it('leave the contracts, which can be proved anew, and end the accesses', async () => {
    const adapter = sandbox({ persona: 'helene' });
    assert.deepEqual(await adapter.perform(closeAccount, { currentPassword }), { state: 'signed-out' });
    assert.equal((await adapter.perform(whoAmI, {})).state, 'signed-out');
    adapter.controls.setPersona('lea');
    assert.deepEqual((await adapter.perform(listContracts, {})).items.map(({ id }) => id), ['lea-electricity']);
  });

  it('let whoever had the account make another with their papers', async () => {
    const adapter = sandbox();
    const proof = { kind: 'invoice', number: invoice.number, total: invoice.totalCents as never } as const;
    const start = () => adapter.perform(startSignUp, { proof, termsVersion: accessRules.terms.version, language: 'fr' });
    await refused(start(), 'invalid');
    await adapter.perform(closeAccount, { currentPassword });
    await refused(adapter.perform(signIn, { login, password: currentPassword }), 'unauthenticated');
    assert.equal((await start()).state, 'proved');
  });
});
