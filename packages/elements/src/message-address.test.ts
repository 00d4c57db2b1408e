import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fragmentForMessage, messageIn, withMessage, type MessageName } from './message-address.ts';

const name: fc.Arbitrary<MessageName> = fc.record({ what: fc.constantFrom('thread', 'reading', 'new'), id: fc.stringMatching(/^[\w-]{1,40}$/) });

describe('the message on view in an address', () => {
  it('is read as it was written, and leaves what else stands there', () => {
    fc.assert(fc.property(name, fc.constantFrom('', '#/messages', '#/messages?x=1', '#x=1'), (message, hash) => {
      const written = withMessage(hash, message);
      assert.deepEqual(messageIn(written), { ...message });
      assert.equal(written.includes('x=1'), hash.includes('x=1'));
      assert.equal(messageIn(withMessage(written, undefined)), undefined);
    }));
  });

  it('is the fragment of a link, beside the section of a portal', () => {
    assert.equal(fragmentForMessage('/mon-espace#/messages', { what: 'reading', id: 'camille-linky' }), '/messages?oya-message=reading:camille-linky');
    assert.equal(fragmentForMessage('/messages', { what: 'new', id: 'outage' }), 'oya-message=new:outage');
  });

  it('is none where there is something else', () => {
    for (const hash of ['', '#top', '#oya-message=other:1', '#oya-message=thread:']) assert.equal(messageIn(hash), undefined, hash);
  });
});
