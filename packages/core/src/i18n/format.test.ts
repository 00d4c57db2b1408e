import { expect } from 'chai';
import { capitalized, Format } from './format.ts';

const french = new Format('fr', 'Europe/Paris');
const english = new Format('en', 'Europe/Paris');

describe('figures', () => {
  it('carry their unit after a narrow no-break space', () => {
    expect(french.energy(75_412)).to.equal('75,4\u202fkWh');
    expect(english.energy(75_412)).to.equal('75.4\u202fkWh');
    expect(french.energy(1_234_567)).to.equal('1\u202f235\u202fkWh');
    expect(french.power(4078)).to.equal('4,08\u202fkW');
    expect(french.power(540)).to.equal('540\u202fW');
    expect(french.money(-123_45)).to.equal('\u2212123,45\u202f€');
  });

  it('price a kilowatt-hour with four decimals, and a fifth where it is needed', () => {
    expect(french.unitPrice(20_160)).to.equal('0,2016\u202f€');
    expect(french.unitPrice(11_545)).to.equal('0,11545\u202f€');
    expect(english.unitPrice(20_160)).to.equal('€0.2016');
  });

  it('tell a rate with the decimals that it has, and percents as each language writes them', () => {
    expect(french.percent(2000 / 10_000, 2)).to.equal('20\u202f%');
    expect(french.percent(550 / 10_000, 2)).to.equal('5,5\u202f%');
    expect(french.percent(2193 / 10_000, 2)).to.equal('21,93\u202f%');
    expect(english.percent(2000 / 10_000, 2)).to.equal('20%');
    expect(french.percent(0.1249)).to.equal('12\u202f%');
  });

  it('have a real minus sign', () => {
    expect(french.percent(-0.12)).to.equal('\u221212\u202f%');
  });
});

describe('words that stand alone', () => {
  it('begin with a capital of their language', () => {
    expect(capitalized('octobre 2026', 'fr')).to.equal('Octobre 2026');
    expect(capitalized('été', 'fr')).to.equal('Été');
    expect(capitalized('istanbul', 'tr')).to.equal('İstanbul');
    expect(capitalized('', 'fr')).to.equal('');
  });
});

describe('dates', () => {
  it('are written in full, in the customer’s language', () => {
    expect(french.day('2026-11-24')).to.equal('mardi 24 novembre 2026');
    expect(english.day('2026-11-24')).to.match(/Tuesday,? 24 November 2026|Tuesday, November 24, 2026/);
    expect(french.day('2026-11-01', 'month')).to.equal('novembre 2026');
    expect(french.day('2026-11-01')).to.equal('dimanche 1er novembre 2026');
    expect(french.day('2026-08-01', 'long')).to.equal('1er août 2026');
    expect(french.day('2026-11-21', 'medium')).to.equal('21 novembre');
    expect(french.day('2026-11-01', 'day-of-month')).to.equal('1');
  });

  it('show the installation’s time, whatever the visitor’s clock', () => {
    const instant = Date.parse('2026-11-24T17:30:00Z');
    expect(french.time(instant)).to.equal('18\u202fh\u202f30');
    expect(new Format('fr', 'America/Martinique').time(instant)).to.equal('13\u202fh\u202f30');
    expect(french.dateTime(instant)).to.equal('mardi 24 novembre à 18\u202fh\u202f30');
  });
});
