import type { Consent, Contract, Freshness, Invoice, Meter } from '@oya/contract';
import { expect } from 'chai';
import { tasksOf, type Situation } from './tasks.ts';

const contract: Contract = {
  id: 'c', energy: 'electricity', site: { id: 's', label: 'Maison', address: '1 rue', postcode: '81400', commune: 'Carmaux' },
  deliveryPoint: '00000000000000', number: 'EN-000000', holder: 'Camille Durand', offer: 'Base', subscribedPowerKva: 6, from: '2020-01-01', to: null,
};
const linky: Meter = { id: 'm', contractId: 'c', energy: 'electricity', kind: 'linky', serialNumber: '1', registers: [], resolutions: ['half-hour', 'day', 'month'], loadCurve: 'collected' };
const lastNight: Freshness = { measuredUntil: '2026-11-23T23:00:00Z', collectedAt: '2026-11-24T05:00:00Z', nextExpectedAt: '2026-11-25T05:00:00Z' };

function kinds(situation: Partial<Situation>): string[] {
  return tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract, meter: linky, freshness: lastNight, mayConsent: true, ...situation }).map(({ kind }) => kind);
}

function consent(purpose: Consent['purpose'], how: Partial<Consent>): Consent {
  return { purpose, state: 'off', since: '2026-11-20T09:00:00Z', text: { version: '1', title: { fr: 'Titre' }, text: { fr: 'Mots' } }, ...how };
}

describe('what is there to do', () => {
  it('is nothing with a contract that runs and a meter that answers', () => expect(kinds({})).to.deep.equal([]));

  it('is nothing yet of what is not known yet', () => expect(kinds({ meter: undefined, freshness: undefined })).to.deep.equal([]));

  it('is to pay what is late, and what is soon due of those who pay by themselves', () => {
    const invoice = { state: 'open', balance: 1200, dueOn: '2026-11-27' } as Invoice;
    const invoices = (items: readonly Partial<Invoice>[], overdueSince: string | null = null) => ({ invoices: { items: items.map((more) => ({ ...invoice, ...more })), overdueSince } });
    expect(kinds(invoices([{}]))).to.deep.equal(['invoice-due']);
    expect(kinds(invoices([{ dueOn: '2026-12-20' }, { state: 'debit-planned' }, { state: 'paid', balance: 0 as Invoice['balance'] }]))).to.deep.equal([]);
    expect(kinds(invoices([{}, { state: 'overdue', dueOn: '2026-10-27' }], '2026-10-27'))).to.deep.equal(['invoice-overdue', 'invoice-due']);
    const planned = { nextOn: '2026-12-08', amount: 600, until: '2027-01-08' } as Invoice['planned'];
    expect(kinds(invoices([{ state: 'planned', dueOn: '2026-10-27', planned }])), 'late, and paid in parts as agreed').to.deep.equal(['part-due']);
    expect(tasksOf({ today: '2026-11-23', timeZone: 'Europe/Paris', contract, ...invoices([{ state: 'planned', dueOn: '2026-10-27', planned }]) })).to.deep.equal([], 'not yet');
  });

  it('is to answer what a request waits for', () => {
    expect(kinds({ reminders: { asked: false } })).to.deep.equal([]);
    expect(kinds({ reminders: { asked: true } })).to.deep.equal(['request-waiting']);
  });

  it('is to prepare the end of a contract from two months before', () => {
    expect(kinds({ contract: { ...contract, to: '2027-01-24' } })).to.deep.equal([]);
    expect(kinds({ contract: { ...contract, to: '2027-01-23' } })).to.deep.equal(['contract-ending']);
    expect(kinds({ contract: { ...contract, to: '2026-11-24' } })).to.deep.equal(['contract-ended']);
  });

  it('names the last day of a contract, which is the one before its end', () => {
    const [task] = tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract: { ...contract, to: '2026-12-01' } });
    expect(task?.day).to.equal('2026-11-30');
  });

  it('is to know that a meter has been silent for days, since when', () => {
    const freshness = { ...lastNight, measuredUntil: '2026-11-18T23:00:00Z' };
    const [task] = tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract, meter: linky, freshness });
    expect([task?.kind, task?.day]).to.deep.equal(['data-late', '2026-11-18']);
    expect(kinds({ freshness, meter: { ...linky, resolutions: ['month'] } }), 'read by hand').to.deep.equal([]);
    expect(kinds({ freshness, contract: { ...contract, to: '2026-11-19' } }), 'after the contract').to.deep.equal(['contract-ended']);
  });

  it('may be to consent to the half-hour, once there are days', () => {
    const meter: Meter = { ...linky, loadCurve: 'consent-needed' };
    expect(kinds({ meter })).to.deep.equal(['consent-possible']);
    expect(kinds({ meter, freshness: { ...lastNight, measuredUntil: null } })).to.deep.equal([]);
  });

  it('is to look at a consent that failed, and not to be offered the same once more', () => {
    const failed = consent('curve-recording', { state: 'failed', failure: 'meter-silent' });
    expect(kinds({ consents: [failed], meter: { ...linky, loadCurve: 'consent-needed' } })).to.deep.equal(['consent-failed']);
    expect(kinds({ consents: [consent('daily-collection', { state: 'failed' })], meter: { ...linky, loadCurve: 'consent-needed' } })).to.deep.equal(['consent-failed', 'consent-possible']);
    expect(kinds({ consents: [consent('curve-recording', { state: 'active' })] })).to.deep.equal([]);
  });

  it('is to know of the consent that ends first, a month before, by its last day', () => {
    const ending = (expiresOn: string) => consent('third-party', { state: 'active', expiresOn });
    expect(kinds({ consents: [ending('2026-12-25')] })).to.deep.equal([]);
    const [task] = tasksOf({ today: '2026-11-24', timeZone: 'Europe/Paris', contract, mayConsent: true, consents: [ending('2026-12-24'), ending('2026-12-02')] });
    expect([task?.kind, task?.day]).to.deep.equal(['consent-ending', '2026-12-01']);
  });

  it('is nothing about the consents of somebody else’s contract', () => {
    const meter: Meter = { ...linky, loadCurve: 'consent-needed' };
    const consents = [consent('daily-collection', { state: 'failed' }), consent('third-party', { state: 'active', expiresOn: '2026-12-01' })];
    expect(kinds({ consents, meter })).to.deep.equal(['consent-failed', 'consent-ending', 'consent-possible']);
    expect(kinds({ consents, meter, mayConsent: false })).to.deep.equal([]);
  });

  it('comes in the order of what cannot wait, what is good to know, what one may choose', () => {
    const situation = { meter: { ...linky, loadCurve: 'consent-needed' as const }, freshness: { ...lastNight, measuredUntil: '2026-11-18T23:00:00Z' }, contract: { ...contract, to: '2026-12-01' } };
    expect(kinds(situation)).to.deep.equal(['contract-ending', 'data-late', 'consent-possible']);
  });
});
