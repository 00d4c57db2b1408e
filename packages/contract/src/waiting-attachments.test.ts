import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { isFor, MOST_WAITING, mostFor, waitingLimit, type AttachmentPurpose } from './waiting-attachments.ts';

const purpose: fc.Arbitrary<AttachmentPurpose> = fc.oneof(
  fc.record({ what: fc.constant('claim' as const), contractId: fc.constantFrom('electricity', 'gas'), invoiceId: fc.constantFrom('1', '2', '3') }),
  fc.record({ what: fc.constant('reading' as const), meterId: fc.constantFrom('1', '2') }),
  fc.record({ what: fc.constant('message' as const), threadId: fc.constantFrom('1', '2') }),
  fc.constant({ what: 'message' as const }),
);
const files = fc.array(fc.record({ purpose: fc.option(purpose, { nil: undefined }) }), { maxLength: MOST_WAITING + 2 });
const same = (one: AttachmentPurpose | undefined, other: AttachmentPurpose) => isDeepStrictEqual({ ...one }, { ...other });

describe('files that wait', () => {
  it('belong to what they were handed in for, or to anything', () => {
    fc.assert(
      fc.property(files, purpose, (waiting, wanted) => {
        const mine = waiting.filter((file) => isFor(file, wanted));
        assert.deepEqual(mine, waiting.filter((file) => file.purpose === undefined || same(file.purpose, wanted)));
      }),
    );
  });

  it('are taken until what they are for has all it may, whatever waits for something else, and never without end', () => {
    fc.assert(
      fc.property(fc.array(purpose, { maxLength: 3 * MOST_WAITING }), (wanted) => {
        const waiting: { purpose: AttachmentPurpose }[] = [];
        for (const each of wanted) {
          const own = waiting.filter((file) => same(file.purpose, each)).length;
          const limit = waitingLimit(each, waiting);
          assert.equal(limit, own >= mostFor(each) ? 'too-many' : waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined);
          if (limit === undefined) waiting.push({ purpose: each });
        }
        assert.ok(waiting.length <= MOST_WAITING);
      }),
    );
  });

  it('for nothing in particular are as many as all together', () => {
    fc.assert(fc.property(files, (waiting) => assert.equal(waitingLimit(undefined, waiting), waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined)));
  });
});
