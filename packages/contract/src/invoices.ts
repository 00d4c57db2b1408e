/**
 * Invoices, in the terms of EN 16931: lines are without VAT, each rounded to the cent; VAT is reckoned once for each rate, on
 * the sum of its lines. `billing.ts` reckons them.
 */
import * as z from 'zod/mini';
import { Attachment } from './attachments.ts';
import { PaymentMeans } from './contracts.ts';
import { page } from './page.ts';
import { Id } from './portal.ts';
import { Instant, LocalDay, Period } from './time.ts';
import { Cents, UnitPrice, WattHours } from './units.ts';

/** How an index came to be known: read or sent by the meter, supposed by the utility, or reckoned between two that are known. */
export const IndexQuality = z.enum(['real', 'estimated', 'calculated']);
export type IndexQuality = z.infer<typeof IndexQuality>;

/** What a register showed at the beginning and at the end of a stretch of days: whole kWh, or whole m³ of gas. */
export const IndexSpan = z.object({
  start: z.int(),
  end: z.int(),
  startQuality: IndexQuality,
  endQuality: IndexQuality,
  /** Only of gas, whose meters count m³: Wh of each, as published for these days. */
  wattHoursPerCubicMetre: z.optional(z.int()),
});
export type IndexSpan = z.infer<typeof IndexSpan>;

const ofLine = {
  from: LocalDay,
  /** The first day that is no longer of it. */
  to: LocalDay,
  /** Without VAT; negative for what is given back. */
  net: Cents,
  /** In ten-thousandths: 20 % is 2000. */
  vatRate: z.int(),
};

/** One line of an invoice. Where a price or a tax changes, another begins. */
export const InvoiceLine = z.discriminatedUnion('what', [
  /** What is due each month, by days; `price` is that of a month. */
  z.object({ what: z.literal('standing-charge'), price: UnitPrice, ...ofLine }),
  /** What one register counted; `price` is that of a kWh, without excise. */
  z.object({ what: z.literal('energy'), register: z.string(), index: IndexSpan, wattHours: WattHours, price: UnitPrice, ...ofLine }),
  /** The state's on each kWh, of all registers; `rate` in 10⁻⁵ €. */
  z.object({ what: z.literal('excise'), wattHours: WattHours, rate: UnitPrice, ...ofLine }),
  /** On `base`, the part of the standing charge that pays for the network; `rate` in ten-thousandths. */
  z.object({ what: z.literal('cta'), base: Cents, rate: z.int(), ...ofLine }),
]);
export type InvoiceLine = z.infer<typeof InvoiceLine>;

/** The VAT of one rate. */
export const VatShare = z.object({
  /** In ten-thousandths: 20 % is 2000. */
  rate: z.int(),
  net: Cents,
  vat: Cents,
});
export type VatShare = z.infer<typeof VatShare>;

/** What lines come to. */
export const InvoiceTotals = z.object({
  net: Cents,
  /** By rate, the lowest first. */
  vat: z.array(VatShare),
  /** VAT included. */
  total: Cents,
});
export type InvoiceTotals = z.infer<typeof InvoiceTotals>;

/** What an invoice says is charged. */
export const Bill = z.object({
  period: Period,
  lines: z.array(InvoiceLine),
  /** Lines of earlier invoices that were reckoned by estimated indexes and are given back, as this one reckons those days anew. */
  givenBack: z.array(z.object({ invoiceId: Id, line: InvoiceLine })),
  totals: InvoiceTotals,
  /** What of `totals.net` goes to the network (TURPE, ATRD and ATRT): told for information, it is within the lines. */
  network: z.optional(Cents),
});
export type Bill = z.infer<typeof Bill>;

/**
 * `invoice` charges a period; `settlement` charges a year of which instalments have been paid; `credit-note` gives back what an
 * earlier invoice charged.
 */
export const InvoiceKind = z.enum(['invoice', 'settlement', 'credit-note']);
export type InvoiceKind = z.infer<typeof InvoiceKind>;

/**
 * Where an invoice stands for whoever pays it: see `invoiceState` and `listedInvoices`.
 * - `open`: to be paid until its day; `overdue`: that day is over; `debit-planned`: the bank will be asked on its day
 * - `planned`: its day is over, and it is paid in parts that the utility has accepted, none of which is missed
 * - `confirming`: a payment is on its way, and nobody knows yet; `disputed`: contested, and nothing has to be paid meanwhile
 * - `paid`; `credit`: the utility owes; `given-back`: and has given it back
 */
export const InvoiceState = z.enum(['open', 'overdue', 'planned', 'debit-planned', 'confirming', 'disputed', 'paid', 'credit', 'given-back']);
export type InvoiceState = z.infer<typeof InvoiceState>;

/** One invoice in a list. */
export const Invoice = z.object({
  id: Id,
  contractId: Id,
  /** As printed. */
  number: z.string(),
  kind: InvoiceKind,
  issuedOn: LocalDay,
  /** The last day to pay it; `null` where nothing is to be paid. */
  dueOn: z.nullable(LocalDay),
  period: Period,
  /** VAT included; negative in the customer's favour. */
  total: Cents,
  /** What is to be paid of it: the total without the instalments that have been. */
  payable: Cents,
  /** What of that is still open; negative: owed to the customer. */
  balance: Cents,
  state: InvoiceState,
  /** Of one that is `planned`: the day of the next part, what of that part is still to be paid, for all invoices of the plan together, and the day of the last. */
  planned: z.optional(z.object({ nextOn: LocalDay, amount: Cents, until: LocalDay })),
  /** Some of it was reckoned by an estimated index. */
  isEstimated: z.boolean(),
});
export type Invoice = z.infer<typeof Invoice>;

/** What was paid on an invoice, or given back of it where it is negative. */
export const InvoicePayment = z.object({ paidOn: LocalDay, amount: Cents, means: PaymentMeans.shape.kind });
export type InvoicePayment = z.infer<typeof InvoicePayment>;

/** A customer contests an invoice: in their words, with what they attached, until the utility has answered. */
export const InvoiceDispute = z.object({ openedAt: Instant, words: z.string(), answeredAt: z.nullable(Instant), answer: z.nullable(z.string()), attachments: z.optional(z.array(Attachment)) });
export type InvoiceDispute = z.infer<typeof InvoiceDispute>;

export const InvoiceDetails = z.extend(Invoice, {
  bill: Bill,
  /** Number of the invoice that a credit note is about. */
  about: z.nullable(z.string()),
  /** Of a settlement: what was paid during its year. */
  instalments: z.array(InvoicePayment),
  payments: z.array(InvoicePayment),
  means: PaymentMeans,
  dispute: z.nullable(InvoiceDispute),
  /** Those to compare with: the one before, and the one for the same days a year before. */
  previousId: z.nullable(Id),
  yearBeforeId: z.nullable(Id),
});
export type InvoiceDetails = z.infer<typeof InvoiceDetails>;

/** Equal amounts on account of a year whose invoice comes at its end. */
export const InstalmentPlan = z.object({
  /** The days that it pays for. */
  period: Period,
  /** Around when the settlement is issued. */
  settlementOn: LocalDay,
  /** In the order of their days; `paidOn` is `null` for what is still to come. */
  instalments: z.array(z.object({ dueOn: LocalDay, amount: Cents, paidOn: z.nullable(LocalDay) })),
  /** What each came to before the customer changed those to come. */
  agreed: z.optional(Cents),
});
export type InstalmentPlan = z.infer<typeof InstalmentPlan>;

/** The invoices of a contract that a question asks for, and what there is beside them. */
export const InvoiceList = z.extend(page(Invoice), {
  /** How many fit the question. */
  count: z.int(),
  /** Years in which any were issued, the latest first, with how many. */
  years: z.array(z.object({ year: z.string(), count: z.int() })),
  /** What is to be paid of all invoices of the contract, and since when one is overdue. */
  toPay: Cents,
  overdueSince: z.nullable(LocalDay),
  /** What the utility owes of all of them. */
  credit: Cents,
  /** The day around which the next one is issued; `null` where none will be. */
  nextOn: z.nullable(LocalDay),
  /** Where the contract is paid by instalments: those of the year that is not settled yet. */
  plan: z.nullable(InstalmentPlan),
});
export type InvoiceList = z.infer<typeof InvoiceList>;
