import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MOST_ATTACHMENTS } from './attachments.ts';
import { isFor, MOST_WAITING, waitingLimit, type AttachmentInvoice } from './waiting-attachments.ts';

const name = fc.record({ contractId: fc.constantFrom('electricity', 'gas'), invoiceId: fc.constantFrom('1', '2', '3') });
const files = fc.array(fc.record({ invoice: fc.option(name, { nil: undefined }) }), { maxLength: MOST_WAITING + 2 });
const same = (one: AttachmentInvoice | undefined, other: AttachmentInvoice) => one?.contractId === other.contractId && one.invoiceId === other.invoiceId;

describe('files that wait', () => {
  it('belong to the invoice that they were handed in for, or to any', () => {
    fc.assert(
      fc.property(files, name, (waiting, invoice) => {
        const mine = waiting.filter((file) => isFor(file, invoice));
        assert.deepEqual(mine, waiting.filter((file) => file.invoice === undefined || same(file.invoice, invoice)));
      }),
    );
  });

  it('are taken until a claim has all it may send, whatever waits for other invoices, and never without end', () => {
    fc.assert(
      fc.property(fc.array(name, { maxLength: 3 * MOST_WAITING }), (wanted) => {
        const waiting: { invoice: AttachmentInvoice }[] = [];
        for (const invoice of wanted) {
          const own = waiting.filter((file) => same(file.invoice, invoice)).length;
          const limit = waitingLimit(invoice, waiting);
          assert.equal(limit, own >= MOST_ATTACHMENTS ? 'too-many' : waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined);
          if (limit === undefined) waiting.push({ invoice });
        }
        assert.ok(waiting.length <= MOST_WAITING);
      }),
    );
  });

  it('for nothing in particular are as many as all together', () => {
    fc.assert(fc.property(files, (waiting) => assert.equal(waitingLimit(undefined, waiting), waiting.length >= MOST_WAITING ? 'too-many-waiting' : undefined)));
  });
});
