import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { acceptAccess, addContract, getConsumption, getContract, inviteAccess, listAccess, listContracts, listMeters, PortalError, revokeAccess, type Proof } from '@oya/contract';
import { prospects, type Persona } from '@oya/personas';
import { sandboxAdapter, type SandboxAdapter, type SandboxOptions } from './sandbox.ts';

const NOW = '2026-11-24T09:00:00Z';
const HOUSE = 'helene-second-electricity';

function sandbox(options: SandboxOptions = {}): SandboxAdapter {
  return sandboxAdapter({ now: NOW, ...options });
}

async function failure(promise: Promise<unknown>): Promise<PortalError> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof PortalError, `expected a PortalError, got ${String(thrown)}`);
    return thrown;
  }
  assert.fail('expected a failure');
}

function prospect(id: string): Persona {
  return prospects.find((persona) => persona.id === id) ?? assert.fail(`no prospect "${id}"`);
}

function invoiceOf({ invoice }: Persona): Proof {
  return { kind: 'invoice', number: invoice.number, total: invoice.totalCents as never };
}

async function contractIds(adapter: SandboxAdapter): Promise<string[]> {
  return (await adapter.perform(listContracts, {}, {})).items.map(({ id }) => id);
}

async function invite(adapter: SandboxAdapter, email: string, until: string | null = null) {
  return adapter.perform(inviteAccess, { contractId: HOUSE, email, until, language: 'fr' });
}

function lastSecret(adapter: SandboxAdapter): string {
  return adapter.controls.mails().at(-1)?.link?.replace('#oya-access=', '') ?? assert.fail('the last mail has no link');
}

describe('a contract in the sandbox', () => {
  it('is told with its prices, hours, payment and what the customer may do', async () => {
    const details = await sandbox({ persona: 'camille' }).perform(getContract, { contractId: 'camille-electricity' });
    assert.deepEqual([details.role, details.payment], [{ role: 'holder' }, { kind: 'sepa-debit', accountEnd: '4821' }]);
    assert.deepEqual(details.offPeak.map(({ from, ranges }) => [from, ranges.length]), [['2019-09-01', 1], ['2026-10-15', 2]]);
    assert.deepEqual(new Set(details.prices.map(({ what }) => what)), new Set(['standing-charge', 'HP', 'HC']));
  });

  it('comes after those that run once it has ended', async () => {
    assert.deepEqual(await contractIds(sandbox({ persona: 'lea' })), [HOUSE, 'lea-electricity']);
  });
});

describe('another contract', () => {
  it('is added with its last invoice, and its meter answers', async () => {
    const adapter = sandbox({ persona: 'camille' });
    const added = await adapter.perform(addContract, { proof: invoiceOf(prospect('paul')) });
    assert.deepEqual(await contractIds(adapter), ['camille-electricity', added.id]);
    assert.deepEqual((await adapter.perform(listMeters, { contractId: added.id })).items.map(({ id }) => id), ['paul-linky']);
    const month = await adapter.perform(getConsumption, { meterId: 'paul-linky', resolution: 'month', from: '2026-10-01', to: '2026-11-01' });
    assert.ok(month.total);
  });

  it('is added with its number, its delivery point and the holder\'s name, however they are written', async () => {
    const paul = prospect('paul');
    const [contract] = paul.contracts;
    assert.ok(contract);
    const proof: Proof = { kind: 'contract', contractNumber: contract.number.toLowerCase().replace('-', ' '), deliveryPoint: contract.deliveryPoint, lastName: 'VIDAL' };
    assert.equal((await sandbox({ persona: 'camille' }).perform(addContract, { proof })).id, contract.id);
  });

  it('is refused alike for a wrong proof and for what another account holds', async () => {
    const adapter = sandbox({ persona: 'camille' });
    const wrong = await failure(adapter.perform(addContract, { proof: { kind: 'invoice', number: 'EN0000000000', total: 1 as never } }));
    adapter.controls.setPersona('lucien');
    await adapter.perform(addContract, { proof: invoiceOf(prospect('paul')) });
    adapter.controls.setPersona('camille');
    const held = await failure(adapter.perform(addContract, { proof: invoiceOf(prospect('paul')) }));
    assert.deepEqual([wrong.kind, wrong.code, wrong.message], [held.kind, held.code, held.message]);
    assert.equal(wrong.code, 'proof-refused');
  });

  it('is a conflict where the account has it already', async () => {
    const adapter = sandbox({ persona: 'camille' });
    await adapter.perform(addContract, { proof: invoiceOf(prospect('paul')) });
    assert.equal((await failure(adapter.perform(addContract, { proof: invoiceOf(prospect('paul')) }))).kind, 'conflict');
  });

  it('cannot be guessed: three wrong proofs, then a pause', async () => {
    const adapter = sandbox({ persona: 'camille' });
    const guess = () => failure(adapter.perform(addContract, { proof: { kind: 'invoice', number: 'EN0000000000', total: 1 as never } }));
    for (const _ of [1, 2, 3]) assert.equal((await guess()).kind, 'invalid');
    const slowed = await guess();
    assert.deepEqual([slowed.kind, slowed.retryAfterSeconds], ['rate-limited', 900]);
    adapter.controls.setNow('2026-11-24T09:16:00Z');
    assert.equal((await guess()).kind, 'invalid');
  });
});

describe('read access in the sandbox', () => {
  it('is listed for the holder, with addresses mostly hidden and what has ended as ended', async () => {
    const { items } = await sandbox({ persona: 'helene' }).perform(listAccess, { contractId: HOUSE });
    assert.deepEqual(items.map(({ email, name, state }) => [email, name, state]), [
      ['l•••••@example.org', 'Léa Cazals', 'active'],
      ['f•••••@example.org', null, 'invited'],
      ['g•••••@example.org', null, 'ended'],
    ]);
  });

  it('is given by mail, accepted once, told to the holder, and shows the contract and its consumption', async () => {
    const adapter = sandbox({ persona: 'helene' });
    const grant = await invite(adapter, 'marc.assie@example.org', '2026-12-31');
    assert.deepEqual([grant.state, grant.name, grant.email], ['invited', null, 'm•••••@example.org']);
    const secret = lastSecret(adapter);
    assert.equal(adapter.controls.mails().at(-1)?.to, 'marc.assie@example.org');

    adapter.controls.setPersona('marc');
    assert.equal((await adapter.perform(acceptAccess, { invitationId: secret })).id, HOUSE);
    assert.deepEqual(await contractIds(adapter), ['marc-electricity', HOUSE]);
    const { role, payment } = await adapter.perform(getContract, { contractId: HOUSE });
    assert.deepEqual([role, payment], [{ role: 'reader', until: '2026-12-31' }, null]);
    assert.ok((await adapter.perform(getConsumption, { meterId: 'helene-second-linky', resolution: 'month', from: '2026-10-01', to: '2026-11-01' })).total);
    assert.equal(adapter.controls.mails().at(-1)?.to, 'helene.cazals@example.org');
    // The same link again, by the same person, changes nothing.
    await adapter.perform(acceptAccess, { invitationId: secret });
    assert.equal(adapter.controls.mails().length, 2);

    adapter.controls.setPersona('lea');
    assert.equal((await failure(adapter.perform(acceptAccess, { invitationId: secret }))).kind, 'not-found');
  });

  it('ends at once when it is taken back, also before it was accepted', async () => {
    const adapter = sandbox({ persona: 'helene' });
    assert.equal((await adapter.perform(revokeAccess, { contractId: HOUSE, grantId: 'helene-to-lea' })).state, 'ended');
    assert.deepEqual(adapter.controls.mails().map(({ to }) => to), ['lea.cazals@example.org']);
    const { id } = await invite(adapter, 'marc.assie@example.org');
    const secret = lastSecret(adapter);
    await adapter.perform(revokeAccess, { contractId: HOUSE, grantId: id });
    adapter.controls.setPersona('lea');
    assert.deepEqual(await contractIds(adapter), ['lea-electricity']);
    assert.equal((await failure(adapter.perform(getContract, { contractId: HOUSE }))).kind, 'not-found');
    adapter.controls.setPersona('marc');
    assert.equal((await failure(adapter.perform(acceptAccess, { invitationId: secret }))).kind, 'not-found');
  });

  it('ends after its last day', async () => {
    const adapter = sandbox({ persona: 'lea' });
    adapter.controls.setNow('2027-06-30T21:59:00Z');
    adapter.controls.setPersona('lea');
    assert.ok((await contractIds(adapter)).includes(HOUSE));
    adapter.controls.setNow('2027-06-30T22:00:00Z');
    assert.ok(!(await contractIds(adapter)).includes(HOUSE));
  });

  it('lets a reader read and nothing else', async () => {
    const adapter = sandbox({ persona: 'lea' });
    const asked = [
      adapter.perform(listAccess, { contractId: HOUSE }),
      invite(adapter, 'marc.assie@example.org'),
      adapter.perform(revokeAccess, { contractId: HOUSE, grantId: 'helene-to-tenant' }),
    ];
    for (const promise of asked) assert.equal((await failure(promise)).kind, 'forbidden');
  });

  it('is not given to oneself, for a day that is over, or twice', async () => {
    const adapter = sandbox({ persona: 'helene' });
    assert.deepEqual((await failure(invite(adapter, 'Helene.Cazals@example.org'))).fields, [{ path: 'email', code: 'own' }]);
    assert.deepEqual((await failure(invite(adapter, 'marc.assie@example.org', '2026-11-23'))).fields, [{ path: 'until', code: 'past' }]);
    assert.equal((await failure(invite(adapter, 'famille.moreau@example.org'))).kind, 'conflict');
    // After it has ended, the same person may be asked again.
    await invite(adapter, 'gestion@example.org');
  });

  it('cannot be accepted by the holder', async () => {
    const adapter = sandbox({ persona: 'helene' });
    await invite(adapter, 'marc.assie@example.org');
    assert.equal((await failure(adapter.perform(acceptAccess, { invitationId: lastSecret(adapter) }))).kind, 'conflict');
  });
});
