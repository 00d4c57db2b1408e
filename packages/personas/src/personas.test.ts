import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addDays, Consent, ConsentPurpose, Contract, ContractDetails, Customer, holdsOn, isCommonPassword, isOfCurve, loadCurveState, LocalizedText, Meter, passwordFaults, pricesOn, purposesOf, Utility, type ContractPrice } from '@oya/contract';
import * as z from 'zod/mini';
import { accessRules, consentsOf, findPersona, findUtility, offeredConsents, papersOf, personaGrants, personas, pricesOf, prospects, tariffOf, utilities } from './index.ts';

const meters = personas.flatMap((persona) => persona.meters);
const contracts = personas.flatMap((persona) => persona.contracts);

describe('the utilities', () => {
  it('fit the contract', () => {
    for (const utility of utilities) assert.deepEqual(z.parse(Utility, utility), utility);
  });

  it('share the country as the guide says: Carmaux and gas are ENEO\'s, electricity elsewhere is SICAE\'s', () => {
    for (const { name, energies } of findUtility('eneo').territory) assert.deepEqual(energies, name === 'Carmaux' ? ['electricity', 'gas'] : ['gas']);
    for (const { name, energies } of findUtility('sicae').territory) {
      assert.notEqual(name, 'Carmaux');
      assert.deepEqual(energies, ['electricity']);
    }
  });

  it('have phone numbers that ARCEP keeps for fiction', () => {
    for (const { contacts } of utilities) for (const { phone } of contacts) assert.match(phone ?? '', /^05 36 49 \d\d \d\d$/);
  });

  it('are named when one is asked for that does not exist', () => {
    assert.throws(() => findUtility('edf'), /eneo, sicae/);
    assert.throws(() => findPersona('nobody'), /camille/);
  });
});

describe('the personas', () => {
  it('fit the contract', () => {
    for (const persona of personas) {
      z.parse(Customer, persona.customer);
      z.parse(LocalizedText, persona.story);
      assert.ok(persona.story.en);
      for (const contract of persona.contracts) assert.deepEqual(z.parse(Contract, contract), contract);
      for (const { meter } of persona.meters) assert.deepEqual(z.parse(Meter, meter), meter);
    }
  });

  it('have passwords by the guide\'s rule', () => {
    for (const { password } of personas) for (const rule of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/, /^.{8,}$/]) assert.match(password, rule);
  });

  it('can be told apart by every identifier', () => {
    const lists: (string | number)[][] = [
      personas.map(({ id }) => id), personas.map(({ login }) => login), personas.map(({ email }) => email), personas.map(({ customer }) => customer.id),
      contracts.map(({ id }) => id), contracts.map(({ deliveryPoint }) => deliveryPoint),
      meters.map(({ meter }) => meter.id), meters.map(({ meter }) => meter.serialNumber), meters.map(({ seed }) => seed),
    ];
    for (const list of lists) assert.equal(new Set(list).size, list.length, list.join(', '));
  });

  it('live where their utility serves the energy they buy', () => {
    for (const { utility, contracts: held } of personas) {
      const { territory } = findUtility(utility);
      for (const { energy, site } of held) {
        const commune = territory.find(({ name, postcode }) => name === site.commune && postcode === site.postcode);
        assert.ok(commune?.energies.includes(energy), `${site.commune}, ${energy}`);
      }
    }
  });

  it('have delivery points that are well formed and nobody\'s', () => {
    for (const { deliveryPoint } of contracts) assert.match(deliveryPoint, /^(00|99)\d{12}$/);
  });

  it('hold a contract of the same energy for every meter, in the time zone of their utility', () => {
    for (const persona of personas) {
      for (const { meter, timeZone } of persona.meters) {
        assert.equal(persona.contracts.find(({ id }) => id === meter.contractId)?.energy, meter.energy);
        assert.equal(timeZone, findUtility(persona.utility).timeZone);
      }
    }
  });

  it('say which months are read exactly where a meter is read by hand', () => {
    for (const { meter, readingMonths } of meters) assert.equal(readingMonths !== undefined, meter.kind === 'hand-read');
  });

  it('cover the households that the portal must serve', () => {
    const kinds = new Set(meters.map(({ meter }) => `${meter.kind} ${meter.loadCurve}`));
    for (const kind of ['linky collected', 'linky consent-needed', 'linky requested', 'hand-read unavailable', 'gazpar unavailable']) assert.ok(kinds.has(kind), kind);
    assert.ok(personas.some(({ contracts: held }) => new Set(held.map(({ energy }) => energy)).size === 2), 'gas and electricity');
    assert.ok(personas.some(({ contracts: held }) => new Set(held.map(({ site }) => site.id)).size === 2), 'two sites');
    assert.ok(personas.some(({ meters: owned }) => owned.every(({ dataFrom }) => dataFrom === null)), 'no data yet');
    const ofSicae = personas.filter(({ utility }) => utility === 'sicae').flatMap(({ meters: owned }) => owned);
    assert.ok(ofSicae.some(({ meter }) => meter.loadCurve === 'collected'), 'SICAE by half-hour');
    assert.ok(meters.some(({ meter }) => meter.registers.length === 6), 'Tempo');
    assert.ok(meters.some(({ meter }) => meter.production), 'production');
  });
});

describe('the papers of their contracts', () => {
  const withProspects = [...personas, ...prospects].flatMap((persona) => persona.contracts);
  const registersOf = (contractId: string) => [...personas, ...prospects].flatMap((persona) => persona.meters).find(({ meter }) => meter.contractId === contractId)?.meter.registers;

  it('fit the contract', () => {
    for (const contract of withProspects) {
      const details = { contract, role: { role: 'holder' as const }, ...papersOf(contract) };
      assert.deepEqual(z.parse(ContractDetails, details), details);
    }
  });

  it('price the standing charge and each register of the meter, on every day since the first price', () => {
    for (const contract of withProspects) {
      const prices = pricesOf(contract);
      // CTA is reckoned on the network's part.
      const fixed = tariffOf(contract).taxes ? ['standing-charge', 'network-fixed'] : ['standing-charge'];
      const expected = [...fixed, ...(registersOf(contract.id)?.map(({ code }) => code) ?? ['BASE'])];
      const last = contract.to === null ? '2026-11-24' : addDays(contract.to, -1);
      for (let day = firstDay(prices); day <= last; day = addDays(day, 1)) assert.deepEqual(pricesOn(prices, day).map(({ what }) => what), expected, `${contract.id}, ${day}`);
    }
  });

  it('begin no price before the contract, and none after it', () => {
    for (const contract of withProspects) {
      for (const { from } of pricesOf(contract)) assert.ok(from >= contract.from && (contract.to === null || from < contract.to), `${contract.id}, ${from}`);
    }
  });

  it('know off-peak hours exactly where a meter counts them, off the half-hour and changed once', () => {
    for (const contract of withProspects) {
      const countsOffPeak = registersOf(contract.id)?.some(({ code }) => code.startsWith('HC')) ?? false;
      assert.equal(papersOf(contract).offPeak.length > 0, countsOffPeak, contract.id);
    }
    const changed = withProspects.map((contract) => papersOf(contract).offPeak).find(({ length }) => length > 1);
    assert.deepEqual(changed?.map(({ ranges }) => ranges.length), [1, 2]);
    assert.ok(changed?.[1]?.ranges.every(({ from }) => !/:(00|30)$/.test(from)));
  });

  it('list taxes for one offer, each on every day, as they changed on 1 August 2025', () => {
    const untaxed = withProspects.filter((contract) => papersOf(contract).taxes);
    assert.deepEqual(untaxed.map(({ offer }) => offer), ['Soleil']);
    const { taxes = [] } = papersOf(untaxed[0] as Contract);
    const ratesOn = (day: string) => taxes.filter((tax) => holdsOn(tax, day)).map(({ what, rate }) => [what, rate]);
    assert.deepEqual(ratesOn('2025-07-31'), [['excise', 3370], ['cta', 2193], ['vat-energy', 2000], ['vat-standing-charge', 550]]);
    assert.deepEqual(ratesOn('2025-08-01'), [['excise', 2998], ['cta', 2193], ['vat-energy', 2000], ['vat-standing-charge', 2000]]);
    for (let day = untaxed[0]?.from ?? ''; day < '2026-11-24'; day = addDays(day, 1)) assert.equal(ratesOn(day).length, 4, day);
  });

  it('charge Tempo since August 2026 as published', () => {
    const tempo = withProspects.find(({ offer }) => offer === 'Tempo') as Contract;
    assert.deepEqual(Object.fromEntries(pricesOn(pricesOf(tempo), '2026-08-01').map(({ what, price }) => [what, price])), {
      'standing-charge': 2_368_000, HPJB: 16_540, HCJB: 13_560, HPJW: 19_210, HCJW: 15_360, HPJR: 72_950, HCJR: 16_150,
    });
  });

  it('say that the prices are an example', () => {
    for (const contract of withProspects) assert.match(papersOf(contract).pricesNote?.fr ?? '', /exemple/);
  });

  it('name the offers that have a price when asked for one that has none', () => {
    assert.throws(() => pricesOf({ offer: 'Zen', subscribedPowerKva: 6, from: '2020-01-01', to: null }), /Heures creuses/);
    assert.throws(() => pricesOf({ offer: 'Base', subscribedPowerKva: 36, from: '2020-01-01', to: null }), /36 kVA/);
  });

  it('are shared by their holders with customers of the same utility', () => {
    for (const { utility, contractId, readerId, email } of personaGrants) {
      assert.equal(personas.find(({ contracts: held }) => held.some(({ id }) => id === contractId))?.utility, utility);
      if (readerId !== null) assert.deepEqual([findPersona(readerId).utility, findPersona(readerId).email], [utility, email]);
    }
  });
});

function firstDay(prices: readonly ContractPrice[]): string {
  return prices.map(({ from }) => from).sort()[0] ?? assert.fail('there are no prices');
}

describe('the consents of the meters', () => {
  const now = '2026-11-24T09:00:00Z';

  it('fit the contract, and say of the load curve what the meter says', () => {
    for (const source of meters) {
      const consents = consentsOf(source, now);
      for (const consent of consents) assert.deepEqual(z.parse(Consent, consent), consent);
      assert.deepEqual(consents.map(({ purpose }) => purpose), purposesOf(source.meter));
      if (source.meter.loadCurve !== 'unavailable') assert.equal(loadCurveState(consents), source.meter.loadCurve);
      for (const { state, since } of consents) assert.equal(since === null, state === 'off');
    }
  });

  it('are asked for one by one, in both languages, and say that they can be taken back', () => {
    assert.deepEqual(offeredConsents.map(({ purpose }) => purpose), ConsentPurpose.options);
    for (const { purpose, text: { title, text } } of offeredConsents) {
      assert.match(text.fr, /à tout moment/);
      assert.match(text.en ?? '', /at any time/);
      // “Quotidienne (toutes les 30 min)” was sanctioned: a text speaks of half-hours, and of days only to say what is apart.
      if (isOfCurve(purpose)) assert.match(title.fr, /demi-heure/);
      assert.ok(title.en);
    }
    assert.equal(new Set(offeredConsents.map(({ text }) => text.text.fr)).size, offeredConsents.length);
  });
});

describe('whoever can sign in', () => {
  it('has a password that could be chosen today', () => {
    for (const { id, password, login, email, customer } of personas) {
      assert.deepEqual(passwordFaults(password, accessRules.password, { personal: [login, email, customer.displayName], isListed: isCommonPassword }), [], id);
    }
  });
});
