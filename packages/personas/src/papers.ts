/** What stands on the papers of a persona's contract beside the contract itself. */
import type { Contract, ContractDetails, Meter, OffPeak, PaymentMeans, RegisterPlan, Tariff } from '@oya/contract';
import { tempoColour } from './generator/tempo.ts';
import { pricesNote, pricesOf, taxesOf } from './tariffs.ts';

/** The network operator sets the hours, often off the half-hour so that not all tanks start at once, and changes them. */
const OFF_PEAK: Readonly<Record<string, readonly OffPeak[]>> = {
  // Part of the night moves to the middle of the day, when the sun shines on the network.
  'camille-electricity': [
    { ranges: [{ from: '22:30', to: '06:30' }], from: '2019-09-01', to: '2026-10-15' },
    { ranges: [{ from: '01:34', to: '07:34' }, { from: '12:04', to: '14:04' }], from: '2026-10-15', to: null },
  ],
  'bernard-electricity': [{ ranges: [{ from: '23:04', to: '07:04' }], from: '2011-09-01', to: null }],
  'marc-electricity': [{ ranges: [{ from: '22:30', to: '06:30' }], from: '2020-02-01', to: null }],
  // As every Tempo contract has them.
  'julien-electricity': [{ ranges: [{ from: '22:00', to: '06:00' }], from: '2023-09-01', to: null }],
  'jeanne-electricity': [{ ranges: [{ from: '02:04', to: '07:04' }, { from: '13:04', to: '16:04' }], from: '2009-04-01', to: null }],
};

const PAYMENTS: Readonly<Record<string, PaymentMeans>> = {
  'camille-electricity': { kind: 'sepa-debit', accountEnd: '4821' },
  'yvette-electricity': { kind: 'sepa-debit', accountEnd: '3175' },
  'odette-electricity': { kind: 'cheque' },
  'nadia-electricity': { kind: 'sepa-debit', accountEnd: '0937' },
  'nadia-gas': { kind: 'card' },
  'marc-electricity': { kind: 'transfer' },
  'helene-electricity': { kind: 'sepa-debit', accountEnd: '2264' },
  'helene-second-electricity': { kind: 'sepa-debit', accountEnd: '7715' },
  'julien-electricity': { kind: 'sepa-debit', accountEnd: '5530' },
  'ines-electricity': { kind: 'sepa-debit', accountEnd: '1186' },
  'sofiane-electricity': { kind: 'card' },
  'bernard-electricity': { kind: 'sepa-debit', accountEnd: '6408' },
  'bernard-gas': { kind: 'sepa-debit', accountEnd: '6408' },
  'bernard-workshop': { kind: 'cheque' },
  'roland-electricity': { kind: 'sepa-debit', accountEnd: '2951' },
};

/** Prices and taxes, off-peak hours and payment of a persona's contract, as its papers tell them. */
export function papersOf(contract: Contract): Pick<ContractDetails, 'offPeak' | 'prices' | 'taxes' | 'pricesNote'> & { payment: PaymentMeans } {
  return { offPeak: offPeakOf(contract), ...tariffOf(contract), pricesNote, payment: PAYMENTS[contract.id] ?? { kind: 'unknown' } };
}

/** The off-peak hours of a contract, the oldest first; none where it does not count them. */
export function offPeakOf({ id }: Pick<Contract, 'id'>): OffPeak[] {
  return [...(OFF_PEAK[id] ?? [])];
}

/** What a contract's energy is charged by. */
export function tariffOf(contract: Pick<Contract, 'energy' | 'offer' | 'subscribedPowerKva' | 'from' | 'to'>): Pick<ContractDetails, 'prices' | 'taxes'> & Tariff {
  const taxes = taxesOf(contract);
  return { prices: pricesOf(contract), ...(taxes && { taxes }) };
}

/** How a contract's meter counts. */
export function registerPlanOf(contract: Pick<Contract, 'id'>, { registers }: Pick<Meter, 'registers'>): RegisterPlan {
  return { registers: registers.map(({ code }) => code), offPeak: offPeakOf(contract), tempoColour };
}
