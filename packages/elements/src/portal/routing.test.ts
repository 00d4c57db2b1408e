import { expect } from 'chai';
import { addressOf, fragmentWith, sectionAt, type Place } from './routing.ts';

const hash: Place = { routing: 'hash', base: '' };
const path: Place = { routing: 'path', base: '/mon-espace/' };

function at(address: string, place: Place): string | null | undefined {
  return sectionAt(new URL(address, 'https://eneo.example') as unknown as Location, place);
}

describe('the address of a section', () => {
  it('stands behind the # or below the base', () => {
    expect(addressOf('consumption', hash)).to.equal('#/consumption');
    expect(addressOf('consumption', path)).to.equal('/mon-espace/consumption');
  });

  it('leads back to the section', () => {
    expect(at('/page#/consumption', hash)).to.equal('consumption');
    expect(at('/page#/consumption/2026-11?x', hash)).to.equal('consumption');
    expect(at('/mon-espace/consumption?x', path)).to.equal('consumption');
  });

  it('has beside it what a link to the section says, and nothing else of the link', () => {
    const none: Place = { routing: 'none', base: '' };
    for (const href of ['#/bill?oya-invoice=c/1', '/elsewhere#oya-invoice=c/1']) {
      expect(fragmentWith(href, 'bill', hash)).to.equal('#/bill?oya-invoice=c/1');
      expect(fragmentWith(href, 'bill', path)).to.equal('#oya-invoice=c/1');
      expect(fragmentWith(href, 'bill', none)).to.equal('#oya-invoice=c/1');
    }
    for (const href of ['', '#/bill', '/mon-espace/bill', '/mon-espace/bill#top']) expect(fragmentWith(href, 'bill', hash)).to.equal(undefined);
  });

  it('may ask for the portal as such', () => {
    expect(at('/page', hash)).to.equal(null);
    expect(at('/page#/', hash)).to.equal(null);
    expect(at('/mon-espace', path)).to.equal(null);
  });

  it('says nothing where it is the host’s: an anchor, another page, or no routing', () => {
    expect(at('/page#contact', hash)).to.equal(undefined);
    expect(at('/mon-espace-pro/consumption', path)).to.equal(undefined);
    expect(at('/page#/consumption', { routing: 'none', base: '' })).to.equal(undefined);
  });
});
