import { expect } from 'chai';
import { announceElements, hasElement } from './kit.ts';

describe('the elements that a page can have', () => {
  it('are those that a loader brings, and those that are defined', () => {
    expect(hasElement('test-brought')).to.equal(false);
    announceElements(['test-brought']);
    expect(hasElement('test-brought')).to.equal(true);
    expect(hasElement('test-defined')).to.equal(false);
    customElements.define('test-defined', class extends HTMLElement {});
    expect(hasElement('test-defined')).to.equal(true);
  });
});
