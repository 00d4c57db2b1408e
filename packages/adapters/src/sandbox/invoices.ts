import {
  answerInvoices, archiveInvoices, canBeContested, comparableWith, contestInvoice, createClaimFile, createInvoiceLink, getInvoice, getInvoiceFile, instant, listedInvoices, listInvoices, localDay, parseInput, PortalError, RequestKind, staleByInvoices,
  type Contract, type Input, type InstalmentPlan, type Instant, type Invoice, type InvoiceDetails, type InvoiceDispute, type InvoiceList, type LocalDay, type Output, type PortalFile, type Utility, type WaitingAttachment,
} from '@oya/contract';
import { instalmentPlanOf, invoicesOf, nextInvoiceOn, recordOf, type Persona, type PersonaInvoice } from '@oya/personas';
import { Attachments } from './attachments.ts';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';
import type { Payments } from './payments.ts';
import type { TraceBeside } from './traces.ts';

/** For so long a link opens an invoice. */
const LINK_MS = 60_000;

/** Invoices of one utility's sandbox portal: those of the personas, and what visitors did with them. */
export class Invoices {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #payments: Payments;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #trace: TraceBeside;
  /** What visitors contested, the latest first. */
  readonly #disputes = new Map<Invoice['id'], readonly InvoiceDispute[]>();
  readonly attachments: Attachments;
  /** Reckoning them takes a while: those of a contract, as of a day. */
  readonly #kept = new Map<Contract['id'], { readonly today: LocalDay; readonly invoices: readonly PersonaInvoice[] }>();

  constructor(utility: Utility, contracts: Contracts, payments: Payments, changes: ChangeLog, clock: () => Instant, trace: TraceBeside) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#payments = payments;
    this.#changes = changes;
    this.#clock = clock;
    this.#trace = trace;
    this.attachments = new Attachments(clock);
  }

  listInvoices(customer: Persona, input: Input<'listInvoices'>): InvoiceList {
    const { contractId, ...question } = parseInput(listInvoices, input);
    const { contract, source } = this.#contract(customer, contractId);
    const coming = { nextOn: nextInvoiceOn(source, contract, this.#clock()), plan: this.planOf(source, contract), owed: this.#payments.owedOf(contractId) };
    return answerInvoices(question, this.#listed(source, contract), coming);
  }

  /** The instalments of the year that is not settled yet, as a visitor changed them. */
  planOf(source: Pick<Persona, 'utility' | 'meters'>, contract: Contract): InstalmentPlan | null {
    const plan = instalmentPlanOf(source, contract, this.#clock());
    const changed = this.#contracts.paymentMeans.changedInstalmentsOf(contract);
    return plan && changed?.period.from === plan.period.from ? changed : plan;
  }

  getInvoice(customer: Persona, input: Input<'getInvoice'>): InvoiceDetails {
    const { contractId, invoiceId } = parseInput(getInvoice, input);
    return this.#details(customer, contractId, invoiceId);
  }

  async getInvoiceFile(customer: Persona, input: Input<'getInvoiceFile'>): Promise<PortalFile> {
    const { contractId, invoiceId, format, lang = 'fr' } = parseInput(getInvoiceFile, input);
    const details = this.#details(customer, contractId, invoiceId);
    const { exampleInvoice } = await import('./example-invoice.ts');
    return exampleInvoice({ details, contract: this.#contracts.owned(customer, contractId), utility: this.#utility }, format, lang);
  }

  /** Opens once in this browser alone, as there is no portal to ask. */
  async createInvoiceLink(customer: Persona, input: Input<'createInvoiceLink'>): Promise<Output<'createInvoiceLink'>> {
    const named = parseInput(createInvoiceLink, input);
    const { content, mediaType } = await this.getInvoiceFile(customer, { ...named, format: 'pdf' });
    const bytes = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
    const url = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    setTimeout(() => URL.revokeObjectURL(url), LINK_MS);
    return { url, expiresAt: instant(Date.parse(this.#clock()) + LINK_MS) };
  }

  async archiveInvoices(customer: Persona, input: Input<'archiveInvoices'>): Promise<PortalFile> {
    const { contractId, invoiceIds, lang = 'fr' } = parseInput(archiveInvoices, input);
    const { source, contract } = this.#contract(customer, contractId);
    const known = this.#listed(source, contract);
    if (invoiceIds.some((id) => !known.some((invoice) => invoice.id === id))) throw new PortalError('invalid', { detail: 'not an invoice of this contract', fields: [{ path: 'invoiceIds', code: 'unknown' }] });
    const files: Record<string, Uint8Array> = {};
    for (const invoiceId of new Set(invoiceIds)) {
      const { name, content } = await this.getInvoiceFile(customer, { contractId, invoiceId, format: 'pdf', lang });
      files[name] = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
    }
    const [{ zipSync }, { base64 }] = await Promise.all([import('fflate'), import('./example-paper.ts')]);
    return { name: `${lang.startsWith('en') ? 'bills' : 'factures'}-${contract.number}.zip`, mediaType: 'application/zip', content: base64(zipSync(files, { level: 0 })) };
  }

  contestInvoice(customer: Persona, input: Input<'contestInvoice'>): InvoiceDetails {
    const { contractId, invoiceId, words, attachmentIds = [] } = parseInput(contestInvoice, input);
    const details = this.#details(customer, contractId, invoiceId);
    if (!canBeContested(details)) throw new PortalError('conflict', { detail: 'this invoice cannot be contested now' });
    const attachments = this.attachments.giveTo(customer, attachmentIds, { what: 'claim', contractId, invoiceId });
    this.#disputes.set(invoiceId, [{ openedAt: this.#clock(), words, answeredAt: null, answer: null, ...(attachments.length > 0 && { attachments }) }, ...(this.#disputes.get(invoiceId) ?? (details.dispute ? [details.dispute] : []))]);
    this.#changes.note(staleByInvoices(contractId));
    return this.#details(customer, contractId, invoiceId);
  }

  /** @throws PortalError for what is not the customer's own */
  async addAttachment(customer: Persona, input: Input<'addAttachment'>): Promise<WaitingAttachment> {
    const { purpose } = input;
    if (purpose?.what === 'claim') this.#details(customer, purpose.contractId, purpose.invoiceId);
    if (purpose?.what === 'message' && purpose.threadId !== undefined) this.#contracts.threads.requireOwn(customer, purpose.threadId);
    // What is about to be sent names its kind, which is nobody's.
    if (purpose?.what === 'request' && !RequestKind.safeParse(purpose.about).success) this.#contracts.requests.requireOwn(customer, purpose.about);
    if (purpose?.what === 'reading') this.#contracts.readings.requireOwn(customer, purpose.meterId);
    return this.attachments.addAttachment(customer, input);
  }

  /** The utility answers. @throws RangeError when the customer does not contest it */
  answerDispute(customer: Persona, contractId: Contract['id'], invoiceId: Invoice['id'], answer: string): void {
    const { dispute } = this.#details(customer, contractId, invoiceId);
    if (dispute?.answeredAt !== null) throw new RangeError(`"${invoiceId}" is not contested`);
    this.#disputes.set(invoiceId, [{ ...dispute, answeredAt: this.#clock(), answer }, ...(this.#disputes.get(invoiceId) ?? []).slice(1)]);
    this.#changes.note(staleByInvoices(contractId));
    this.#trace(customer, 'dispute-answered', 'utility', contractId);
  }

  async createClaimFile(customer: Persona, input: Input<'createClaimFile'>): Promise<PortalFile> {
    const { contractId, invoiceId, format, words, attachmentIds, lang = 'fr' } = parseInput(createClaimFile, input);
    const details = this.#details(customer, contractId, invoiceId);
    const files = this.attachments.open(customer, attachmentIds, { what: 'claim', contractId, invoiceId });
    const papers: PortalFile[] = [];
    for (const paper of ['pdf', 'xml'] as const) papers.push(await this.getInvoiceFile(customer, { contractId, invoiceId, format: paper, lang }));
    const { exampleClaim } = await import('./example-claim.ts');
    return exampleClaim({ details, contract: this.#contracts.owned(customer, contractId), words, files, papers }, format, lang);
  }

  /** For whoever takes their data away. */
  allOf(customer: Persona, contractId: Contract['id']): InvoiceDetails[] {
    return this.listed(this.#contracts.owned(customer, contractId)).map(({ id }) => this.#details(customer, contractId, id));
  }

  /** Likewise: whatever was contested, the latest first. */
  disputesOf(contract: Contract): (InvoiceDispute & { readonly invoiceId: Invoice['id'] })[] {
    return this.#issued(this.#contracts.sourceOf(contract), contract)
      .flatMap(({ number: invoiceId, dispute }) => [...(dispute ? [dispute] : []), ...(this.#disputes.get(invoiceId) ?? []).slice(1)].map((each) => ({ ...each, invoiceId })))
      .sort((one, other) => Date.parse(other.openedAt) - Date.parse(one.openedAt));
  }

  /** All of a contract as a list shows them. */
  listed(contract: Contract): Invoice[] {
    return this.#listed(this.#contracts.sourceOf(contract), contract);
  }

  /** The contract that an invoice in somebody's hands is for. */
  provedBy({ number, total }: { readonly number: string; readonly total: number }, customers: readonly Persona[]): Contract | undefined {
    for (const source of customers) {
      // The end of a number is that of the delivery point: of nobody else it needs to be reckoned.
      const contract = source.contracts.find(({ deliveryPoint }) => deliveryPoint.endsWith(number.slice(-5)));
      if (contract && this.#listed(source, contract).some((invoice) => invoice.number === number && invoice.total === total)) return contract;
    }
    return undefined;
  }

  #details(customer: Persona, contractId: string, invoiceId: string): InvoiceDetails {
    const { contract, source } = this.#contract(customer, contractId);
    const issued = this.#issued(source, contract).find(({ number }) => number === invoiceId);
    if (!issued) throw new PortalError('not-found', { detail: `there is no invoice "${invoiceId}" of this contract` });
    const all = this.#listed(source, contract);
    const listed = all.find(({ id }) => id === invoiceId) as Invoice;
    const { bill, about, instalments, payments, dispute } = issued;
    return { ...listed, bill, about, instalments: [...instalments], payments: [...payments], means: this.#contracts.paymentMeans.meansOf(contract), dispute, ...comparableWith(listed, all) };
  }

  #contract(customer: Persona, contractId: string): { contract: Contract; source: Persona } {
    const contract = this.#contracts.owned(customer, contractId);
    return { contract, source: this.#contracts.sourceOf(contract) };
  }

  #listed(source: Persona, contract: Contract): Invoice[] {
    const { paymentMeans } = this.#contracts;
    const records = this.#issued(source, contract).map((invoice) => ({ ...recordOf(invoice, contract), means: paymentMeans.meansOf(contract).kind, isConfirming: this.#payments.isConfirming(invoice.number) }));
    return listedInvoices(records, paymentMeans.plansOf(contract), this.#today);
  }

  #issued(source: Persona, contract: Contract): PersonaInvoice[] {
    let kept = this.#kept.get(contract.id);
    if (kept?.today !== this.#today) this.#kept.set(contract.id, (kept = { today: this.#today, invoices: invoicesOf(source, contract, this.#clock()) }));
    return kept.invoices.map((invoice) => ({ ...invoice, payments: [...invoice.payments, ...this.#payments.of(invoice.number, this.#utility.timeZone)], dispute: this.#disputes.get(invoice.number)?.[0] ?? invoice.dispute }));
  }

  get #today(): LocalDay {
    return localDay(Date.parse(this.#clock()), this.#utility.timeZone);
  }
}
