import type { AccessRules } from '@oya/contract';

/** How both utilities of the demo let people in: the guide's rule for passwords, and a version of the terms. */
export const accessRules: AccessRules = {
  terms: {
    version: '2026-09',
    address: '/conditions-generales',
    title: { fr: 'Conditions générales d’utilisation', en: 'General terms of use' },
  },
  proofs: ['invoice', 'contract'],
  password: { minLength: 8, lower: true, upper: true, digit: true, special: true },
  // At least 20 bits: six digits are 19.9.
  codeDigits: 7,
};
