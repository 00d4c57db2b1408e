import { expect } from 'chai';
import { stretchIn, withStretch } from './curve-address.ts';

const WEEK = { from: Date.parse('2026-11-16T23:00:00Z'), to: Date.parse('2026-11-23T23:00:00Z') };

describe('the stretch of the curve in the address', () => {
  it('is found again where it was put', () => {
    expect(withStretch('', WEEK)).to.equal('#oya-curve=29914500-29924580');
    expect(stretchIn(withStretch('', WEEK))).to.deep.equal(WEEK);
  });

  it('stands beside the section of a portal, and leaves it when it goes', () => {
    const both = withStretch('#/consumption', WEEK);
    expect(both).to.equal('#/consumption?oya-curve=29914500-29924580');
    expect(stretchIn(both)).to.deep.equal(WEEK);
    expect(withStretch(both, undefined)).to.equal('#/consumption');
  });

  it('leaves what else is told there', () => {
    expect(withStretch('#tab=2', WEEK)).to.equal('#tab=2&oya-curve=29914500-29924580');
    expect(withStretch('#tab=2&oya-curve=1-2', undefined)).to.equal('#tab=2');
    expect(withStretch('#/consumption?x=1', WEEK)).to.equal('#/consumption?x=1&oya-curve=29914500-29924580');
    expect(withStretch('#oya-curve=1-2', undefined)).to.equal('');
    expect(stretchIn('#oya-access=abc')).to.equal(undefined);
  });

  it('is none when it is not one', () => {
    for (const hash of ['', '#', '#details', '#/consumption', '#oya-curve=', '#oya-curve=9-3', '#oya-curve=a-b', '#oya-curve=1', '#oya-curve=-1-5', '#oya-curve=1e99-2e99']) {
      expect(stretchIn(hash), hash).to.equal(undefined);
    }
  });
});
