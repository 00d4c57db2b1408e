/** Invoices of a contract: finding, reading, keeping and contesting them. They are the holder's own business. */
import * as z from 'zod/mini';
import { MOST_ATTACHMENTS } from '../attachments.ts';
import { PortalFile } from '../consents.ts';
import { InvoiceFilter, InvoiceOrder } from '../invoice-list.ts';
import { InvoiceDetails, InvoiceList } from '../invoices.ts';
import { Id, LanguageTag } from '../portal.ts';
import { Instant } from '../time.ts';
import { operation } from './operation.ts';

/** One of a contract. */
const named = { contractId: Id, invoiceId: Id };

/** As many as may be kept at once. */
export const MOST_IN_AN_ARCHIVE = 100;
/** In characters. */
export const LONGEST_DISPUTE = 2000;

const attachmentIds = z.array(Id).check(z.maxLength(MOST_ATTACHMENTS));

export const listInvoices = operation({
  name: 'listInvoices',
  summary: 'The invoices of a contract, a page of them: by year, state, number or amount, with what is to be paid of all.',
  method: 'GET',
  path: '/contracts/{contractId}/invoices',
  auth: 'customer',
  input: z.object({
    contractId: Id,
    /** That of issue. */
    year: z.optional(z.string().check(z.regex(/^\d{4}$/))),
    show: z.optional(InvoiceFilter),
    search: z.optional(z.string().check(z.maxLength(60))),
    order: z.optional(InvoiceOrder),
    after: z.optional(Id),
  }),
  output: InvoiceList,
  // `invalid`: a page that there is not; `forbidden` for a reader.
  errors: ['not-found', 'forbidden', 'invalid'],
});

export const getInvoice = operation({
  name: 'getInvoice',
  summary: 'One invoice with its lines, what was paid of it, and which invoices to compare it with.',
  method: 'GET',
  path: '/contracts/{contractId}/invoices/{invoiceId}',
  auth: 'customer',
  input: z.object(named),
  output: InvoiceDetails,
  errors: ['not-found', 'forbidden'],
});

export const getInvoiceFile = operation({
  name: 'getInvoiceFile',
  summary: 'An invoice to keep: for people (PDF) or for programs (UBL 2.1 as EN 16931 has it).',
  method: 'GET',
  path: '/contracts/{contractId}/invoices/{invoiceId}/file',
  auth: 'customer',
  input: z.object({ ...named, format: z.enum(['pdf', 'xml']), lang: z.optional(LanguageTag) }),
  output: PortalFile,
  errors: ['not-found', 'forbidden'],
});

export const createInvoiceLink = operation({
  name: 'createInvoiceLink',
  summary: 'An address of the PDF that a browser opens by itself, once and soon: it needs no session, so it must not be kept.',
  method: 'POST',
  path: '/contracts/{contractId}/invoices/{invoiceId}/links',
  auth: 'customer',
  input: z.object({ ...named, lang: z.optional(LanguageTag) }),
  output: z.object({ url: z.string(), expiresAt: Instant }),
  errors: ['not-found', 'forbidden'],
});

export const archiveInvoices = operation({
  name: 'archiveInvoices',
  summary: 'Several invoices in one ZIP, each as PDF.',
  method: 'POST',
  path: '/contracts/{contractId}/invoices/archives',
  auth: 'customer',
  input: z.object({ contractId: Id, invoiceIds: z.array(Id).check(z.minLength(1), z.maxLength(MOST_IN_AN_ARCHIVE)), lang: z.optional(LanguageTag) }),
  output: PortalFile,
  // `invalid` with the field `invoiceIds` for one that is not of the contract.
  errors: ['not-found', 'forbidden', 'invalid'],
});

export const contestInvoice = operation({
  name: 'contestInvoice',
  summary: 'Contests an invoice, in the customer’s words: nothing of it has to be paid until the utility has answered.',
  method: 'POST',
  path: '/contracts/{contractId}/invoices/{invoiceId}/disputes',
  auth: 'customer',
  input: z.object({ ...named, words: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_DISPUTE)), attachmentIds: z.optional(attachmentIds) }),
  output: InvoiceDetails,
  // `conflict` for one that cannot be contested: see `canBeContested`; `invalid` with the field `attachmentIds` for a file that is
  // not there, that goes with something else already, or that waits for another invoice.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict'],
});

export const createClaimFile = operation({
  name: 'createClaimFile',
  summary: 'All that speaks for a claim about an invoice: a PDF to read, or a ZIP with it, the invoice, readings, measurements and files.',
  method: 'POST',
  path: '/contracts/{contractId}/invoices/{invoiceId}/claims',
  auth: 'customer',
  input: z.object({ ...named, format: z.enum(['pdf', 'zip']), words: z.string().check(z.trim(), z.maxLength(LONGEST_DISPUTE)), attachmentIds, lang: z.optional(LanguageTag) }),
  output: PortalFile,
  // `invalid` with the field `attachmentIds` for a file that is neither waiting nor part of this invoice’s dispute.
  errors: ['not-found', 'forbidden', 'invalid'],
});
