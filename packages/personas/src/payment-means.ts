/** How the demo's utilities are paid, and which mandates their customers have given. Accounts and creditors are invented. */
import { cents, type Contract, type Mandate, type PaymentTerms } from '@oya/contract';
import { papersOf } from './papers.ts';

const TERMS: Readonly<Record<string, PaymentTerms>> = {
  eneo: {
    debit: { creditor: 'ENEO', identifier: 'FR83ZZZ998101', address: '2 rue du Gaz, 81400 Carmaux' },
    transfer: { holder: 'ENEO', iban: 'FR7699999000010000000000115', bic: 'EXMPFRPP' },
    cheque: { payTo: 'ENEO', address: 'ENEO, Service clients, 2 rue du Gaz, 81400 Carmaux' },
    energyVoucher: { address: 'ENEO, Chèque énergie, 2 rue du Gaz, 81400 Carmaux', site: 'https://chequeenergie.gouv.fr' },
    plans: { mostParts: 6, leastPart: cents(2000) },
    instalments: { lowest: 70, highest: 150, noticeDays: 10 },
  },
  sicae: {
    debit: { creditor: 'SICAE du Carmausin', identifier: 'FR56ZZZ998102', address: '14 avenue de la Ségala, 81190 Tanus' },
    transfer: { holder: 'SICAE du Carmausin', iban: 'FR7699999000010000000000212' },
    cheque: { payTo: 'SICAE du Carmausin', address: 'SICAE du Carmausin, 14 avenue de la Ségala, 81190 Tanus' },
    energyVoucher: { address: 'SICAE du Carmausin, 14 avenue de la Ségala, 81190 Tanus', site: 'https://chequeenergie.gouv.fr' },
    plans: { mostParts: 4, leastPart: cents(3000) },
    instalments: { lowest: 80, highest: 130, noticeDays: 14 },
  },
};

/** @throws RangeError when there is no such utility */
export function paymentTermsOf(utility: string): PaymentTerms {
  const terms = TERMS[utility];
  if (!terms) throw new RangeError(`there are no payment terms of "${utility}"`);
  return terms;
}

/** The mandate that was given on paper with a contract; `undefined` where it is paid otherwise. */
export function mandateOf(contract: Contract, utility: string): Mandate | undefined {
  const { debit } = paymentTermsOf(utility);
  if (!debit || papersOf(contract).payment.kind !== 'sepa-debit') return undefined;
  return { reference: `${contract.number}-1`, creditor: debit.creditor, creditorIdentifier: debit.identifier, accountHolder: contract.holder, signedOn: contract.from };
}
