import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PaymentTerms } from '@oya/contract';
import { readIban } from '@oya/contract/iban';
import * as z from 'zod/mini';
import { paymentTermsOf } from './payment-means.ts';
import { utilities } from './utilities.ts';

/** Of a creditor's identifier (EPC262-08): its check digits are those of its country and what stands after its business code. */
function hasValidCheck(identifier: string): boolean {
  const digits = `${identifier.slice(7)}${identifier.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

describe('how the demo’s utilities are paid', () => {
  for (const { id } of utilities) {
    it(`fits the contract, with accounts and identifiers whose digits are right: ${id}`, () => {
      const { debit, transfer } = z.parse(PaymentTerms, paymentTermsOf(id));
      assert.ok(debit && transfer);
      assert.deepEqual(readIban(transfer.iban), { iban: transfer.iban });
      assert.ok(hasValidCheck(debit.identifier), debit.identifier);
    });
  }
});
