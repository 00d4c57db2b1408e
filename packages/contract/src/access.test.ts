import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  EmailAddress,
  Identifier,
  InvoiceNumber,
  passwordFaults,
  passwordRules,
  readAmount,
  readDeliveryPoint,
  readInvoiceNumber,
  type PasswordPolicy,
} from './access.ts';
import { comparableName } from './names.ts';
import { isCommonPassword } from './common-passwords.ts';

/** The guide's rule. */
const GUIDE: PasswordPolicy = { minLength: 8, lower: true, upper: true, digit: true, special: true };
const faults = (password: string, personal: string[] = []) => passwordFaults(password, GUIDE, { personal, isListed: isCommonPassword });

describe('an invoice number', () => {
  it('is read in the ways people type it', () => {
    for (const typed of ['EN2610000101', 'en2610000101', ' EN 2610 000 101 ', 'EN-2610000101', 'EN 26.10.00.01.01', 'ＥＮ２６１００００１０１', 'EN\u00a02610\u202f000101']) {
      assert.equal(readInvoiceNumber(typed), 'EN2610000101', typed);
    }
  });

  it('is not guessed', () => {
    for (const typed of ['', '2610000101', 'E2610000101', 'EN261000010', 'EN26100001011', 'EN26100O0101', 'ENE610000101']) assert.equal(readInvoiceNumber(typed), undefined, typed);
  });

  it('is what the contract takes, whatever stands between its signs', () => {
    const number = fc.stringMatching(/^[A-Z]{2}\d{10}$/);
    const spacer = fc.constantFrom('', ' ', '-', '.', '\u00a0', '\u202f');
    fc.assert(
      fc.property(number, fc.array(spacer, { minLength: 12, maxLength: 12 }), (whole, spacers) => {
        const typed = [...whole].map((sign, index) => sign.toLowerCase() + (spacers[index] ?? '')).join('');
        assert.equal(readInvoiceNumber(typed), whole);
        assert.ok(InvoiceNumber.safeParse(whole).success);
      }),
    );
  });
});

describe('an amount', () => {
  it('is read in the usual French ways', () => {
    const cases: [typed: string, cents: number][] = [
      ['123,45', 12_345], ['123.45', 12_345], ['1 234,50 €', 123_450], ['1\u202f234,50\u00a0€', 123_450], ['1.234,50', 123_450], ['1,234.50', 123_450], ['123', 12_300], ['12,3', 1230],
      ['0,05', 5], ['€ 12', 1200], ['12,00 EUR', 1200], ['−12,30', -1230], ['1.234', 123_400], ['0', 0], ["1'234,50", 123_450], ['1.234.567,89', 123_456_789],
    ];
    for (const [typed, cents] of cases) assert.equal(readAmount(typed), cents, typed);
  });

  it('is not guessed', () => {
    for (const typed of ['', 'abc', '12,345,6', '1.23.45', '12,', ',5', '1,2,3', '12 € 30', '1.234.50', '1,234,50', '--5', '999999999999999999', '1e3']) assert.equal(readAmount(typed), undefined, typed);
  });

  it('comes back whole from how an invoice writes it', () => {
    const currency = new Intl.NumberFormat('fr', { style: 'currency', currency: 'EUR' });
    fc.assert(fc.property(fc.integer({ min: -99_999_999, max: 99_999_999 }), (cents) => assert.equal(readAmount(currency.format(cents / 100)), cents === 0 ? 0 : cents)));
  });

  it('never throws and never gives half a cent', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const cents = readAmount(typed);
        assert.ok(cents === undefined || Number.isSafeInteger(cents));
      }),
    );
  });
});

describe('a delivery point', () => {
  it('has 14 digits, or GI and 6', () => {
    assert.equal(readDeliveryPoint('00 810 000 000 101'), '00810000000101');
    assert.equal(readDeliveryPoint('gi 123456'), 'GI123456');
    assert.equal(readDeliveryPoint('1234'), undefined);
  });
});

describe('a name', () => {
  it('is the same with or without accents, capitals and hyphens', () => {
    assert.equal(comparableName('  LE GUÉNNEC-Dupré '), comparableName('le guennec dupre'));
    assert.notEqual(comparableName('Durand'), comparableName('Durant'));
  });
});

describe('a new password', () => {
  it('keeps the guide’s rule: lower, upper, digit, special, eight characters', () => {
    assert.deepEqual(faults('abc'), ['length', 'upper', 'digit', 'special']);
    assert.deepEqual(faults('QMWKXTRZ'), ['lower', 'digit', 'special']);
    assert.deepEqual(faults('Rivière-7!'), []);
    assert.deepEqual(faults('éÉ7-éÉ7-'), [], 'letters with accents are letters');
  });

  it('asks only for what the tenant asks, and always refuses the common and the personal', () => {
    const lenient = { minLength: 12, lower: false, upper: false, digit: false, special: false };
    assert.deepEqual(passwordRules(lenient), ['length', 'common', 'personal']);
    assert.deepEqual(passwordFaults('quatre mots en prose', lenient, { isListed: isCommonPassword }), []);
  });

  it('is known for what it is under digits and signs', () => {
    for (const common of ['Soleil-2026', 'Motdepasse1!', 'Azerty123!', '!!Password99']) assert.ok(faults(common).includes('common'), common);
    assert.ok(!faults('Soleil levant-26').includes('common'));
  });

  it('is not the person’s own name or address', () => {
    assert.ok(faults('Durand-1!', ['camille.durand']).includes('personal'));
    assert.ok(!faults('Durand et sa longue phrase-1', ['camille.durand']).includes('personal'));
  });

  it('counts characters as people see them, and takes long ones', () => {
    assert.ok(faults('Aé1-😀😀').includes('length'));
    assert.deepEqual(faults(`Aé1-${'x'.repeat(1000)}`), []);
  });

  it('has no fault that the policy does not name', () => {
    const policy = fc.record({ minLength: fc.integer({ min: 8, max: 64 }), lower: fc.boolean(), upper: fc.boolean(), digit: fc.boolean(), special: fc.boolean() });
    fc.assert(
      fc.property(fc.string(), policy, (password, rules) => {
        const named = passwordRules(rules);
        for (const fault of passwordFaults(password, rules, { isListed: isCommonPassword })) assert.ok(named.includes(fault));
      }),
    );
  });
});

describe('an identifier and an e-mail address', () => {
  it('are never taken for each other', () => {
    fc.assert(fc.property(fc.string(), (typed) => assert.ok(!(Identifier.safeParse(typed).success && EmailAddress.safeParse(typed).success))));
    assert.ok(Identifier.safeParse('élodie.dupré').success);
    assert.ok(!Identifier.safeParse('a@b.fr').success);
  });
});
