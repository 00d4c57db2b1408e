/** Account numbers as banks have them (ISO 13616). Stands by itself, as only what signs mandates needs the countries' rules. */
import { electronicFormatIBAN, isSEPACountry, ValidationErrorsIBAN, validateIBAN } from 'ibantools';
import { PortalError } from './errors.ts';
import { ibanInGroups } from './payment-means.ts';

/** `country`: it begins with none that is known; `length` and `form`: not as that country writes them; `digits`: a sign is wrong or two are swapped; `outside-sepa`: real, and no debit reaches it. */
export type IbanFault = 'missing' | 'country' | 'length' | 'form' | 'digits' | 'outside-sepa';

const FAULTS: readonly (readonly [ValidationErrorsIBAN, IbanFault])[] = [
  [ValidationErrorsIBAN.NoIBANProvided, 'missing'],
  [ValidationErrorsIBAN.NoIBANCountry, 'country'],
  [ValidationErrorsIBAN.WrongBBANLength, 'length'],
  [ValidationErrorsIBAN.WrongBBANFormat, 'form'],
];

/** Reads an IBAN as people type it, with or without spaces; the account's own check digits are looked at too. */
export function readIban(typed: string): { iban: string } | { fault: IbanFault } {
  const iban = electronicFormatIBAN(typed.normalize('NFKC')) ?? '';
  if (iban === '') return { fault: 'missing' };
  const { valid, errorCodes } = validateIBAN(iban);
  if (!valid) return { fault: FAULTS.find(([code]) => errorCodes.includes(code))?.[1] ?? 'digits' };
  return isSEPACountry(iban.slice(0, 2)) ? { iban } : { fault: 'outside-sepa' };
}

/** @throws PortalError `invalid` on `iban` with the fault, for what cannot be debited */
export function requireIban(typed: string): string {
  const read = readIban(typed);
  if ('fault' in read) throw new PortalError('invalid', { detail: 'not an account that can be debited', fields: [{ path: 'iban', code: read.fault }] });
  return read.iban;
}

/** What is told of an account: its country and its end, in the groups that IBANs are printed in. */
export function maskIban(iban: string): string {
  return ibanInGroups(`${iban.slice(0, 4)}${'•'.repeat(iban.length - 8)}${iban.slice(-4)}`);
}
