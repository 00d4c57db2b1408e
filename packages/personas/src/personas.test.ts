import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Contract, Customer, LocalizedText, Meter, Utility } from '@oya/contract';
import * as z from 'zod/mini';
import { findPersona, findUtility, personas, utilities } from './index.ts';

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
    for (const kind of ['linky collected', 'linky consent-needed', 'hand-read unavailable', 'gazpar unavailable']) assert.ok(kinds.has(kind), kind);
    assert.ok(personas.some(({ contracts: held }) => new Set(held.map(({ energy }) => energy)).size === 2), 'gas and electricity');
    assert.ok(personas.some(({ contracts: held }) => new Set(held.map(({ site }) => site.id)).size === 2), 'two sites');
    assert.ok(personas.some(({ meters: owned }) => owned.every(({ dataFrom }) => dataFrom === null)), 'no data yet');
    const ofSicae = personas.filter(({ utility }) => utility === 'sicae').flatMap(({ meters: owned }) => owned);
    assert.ok(ofSicae.some(({ meter }) => meter.loadCurve === 'collected'), 'SICAE by half-hour');
  });
});
