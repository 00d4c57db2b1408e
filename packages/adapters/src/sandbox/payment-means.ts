import {
  askedPlan, changedInstalments, changeInstalments, getPaymentMeans, localDay, parseInput, PortalError, requestPaymentPlan, revokeMandate, signMandate, staleByInvoices, staleByPaymentMeans, withdrawPaymentPlan,
  type Contract, type Input, type InstalmentPlan, type Instant, type LocalDay, type Mandate, type PaymentMeans, type PaymentMeansDetails, type PaymentPlan, type Utility,
} from '@oya/contract';
import { maskIban, requireIban } from '@oya/contract/iban';
import { mandateOf, papersOf, paymentTermsOf, type Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';
import type { TraceBeside } from './traces.ts';

type KeptMandate = Mandate & { readonly revokedOn: LocalDay | null };

interface Kept {
  means: PaymentMeans;
  /** All that there have been, the latest first: each has a reference of its own. */
  mandates: KeptMandate[];
  plans: PaymentPlan[];
  instalments?: InstalmentPlan;
}

/** How contracts are paid at one utility's sandbox portal: as the personas', until a visitor changes it. */
export class PaymentMeansOfContracts {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #kept = new Map<Contract['id'], Kept>();
  readonly #trace: TraceBeside;
  #plans = 0;

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant, trace: TraceBeside) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
    this.#trace = trace;
  }

  /** What its invoices are paid by. */
  meansOf(contract: Contract): PaymentMeans {
    return this.#of(contract).means;
  }

  /** The latest first. */
  plansOf(contract: Contract): PaymentPlan[] {
    return this.#of(contract).plans.map((plan) => ({ ...plan }));
  }

  /** For whoever takes their data away. */
  mandatesOf(contract: Contract): readonly KeptMandate[] {
    return this.#of(contract).mandates;
  }

  getPaymentMeans(customer: Persona, input: Input<'getPaymentMeans'>): PaymentMeansDetails {
    return this.#details(this.#contracts.owned(customer, parseInput(getPaymentMeans, input).contractId));
  }

  /** @param confirm throws where it may be somebody else at the customer's browser */
  signMandate(customer: Persona, input: Input<'signMandate'>, confirm: () => unknown): PaymentMeansDetails {
    const { contractId, accountHolder, iban: typed } = parseInput(signMandate, input);
    const contract = this.#contracts.owned(customer, contractId);
    const { debit } = paymentTermsOf(this.#utility.id);
    if (!debit) throw new PortalError('conflict', { detail: 'the utility takes no mandates online' });
    const iban = requireIban(typed);
    confirm();
    const kept = this.#of(contract);
    this.#revoke(kept);
    kept.mandates.unshift({ reference: `${contract.number}-${kept.mandates.length + 1}`, creditor: debit.creditor, creditorIdentifier: debit.identifier, accountHolder, account: maskIban(iban), signedOn: this.#today, revokedOn: null });
    return this.#payBy(contract, { kind: 'sepa-debit', accountEnd: iban.slice(-4) });
  }

  revokeMandate(customer: Persona, input: Input<'revokeMandate'>): PaymentMeansDetails {
    const contract = this.#contracts.owned(customer, parseInput(revokeMandate, input).contractId);
    if (!this.#revoke(this.#of(contract))) throw new PortalError('conflict', { detail: 'there is no mandate' });
    return this.#payBy(contract, { kind: 'unknown' });
  }

  changeInstalments(customer: Persona, input: Input<'changeInstalments'>): InstalmentPlan {
    const { contractId, amount } = parseInput(changeInstalments, input);
    const contract = this.#contracts.owned(customer, contractId);
    const { plan: changed } = changedInstalments(this.#contracts.invoices.planOf(customer, contract), amount, paymentTermsOf(this.#utility.id), this.#today);
    this.#of(contract).instalments = changed;
    this.#changes.note(staleByInvoices(contract.id));
    return changed;
  }

  /** The instalments of a year that a visitor has changed. */
  changedInstalmentsOf(contract: Contract): InstalmentPlan | undefined {
    return this.#of(contract).instalments;
  }

  requestPaymentPlan(customer: Persona, input: Input<'requestPaymentPlan'>): PaymentMeansDetails {
    const { contractId, invoiceIds, parts, words } = parseInput(requestPaymentPlan, input);
    const contract = this.#contracts.owned(customer, contractId);
    const plan = askedPlan({ invoiceIds, parts }, this.#contracts.invoices.listed(contract), paymentTermsOf(this.#utility.id), this.#today);
    const { plans } = this.#of(contract);
    if (plans.some(({ state }) => state === 'asked')) throw new PortalError('conflict', { detail: 'a plan was asked for already, and waits for an answer' });
    this.#plans += 1;
    plans.unshift({ id: `plan-${this.#plans}`, state: 'asked', askedAt: this.#clock(), ...plan, words, answer: null });
    return this.#changed(contract);
  }

  withdrawPaymentPlan(customer: Persona, input: Input<'withdrawPaymentPlan'>): PaymentMeansDetails {
    const { contractId, planId } = parseInput(withdrawPaymentPlan, input);
    const contract = this.#contracts.owned(customer, contractId);
    const plan = this.#of(contract).plans.find(({ id }) => id === planId);
    if (!plan) throw new PortalError('not-found', { detail: 'no such plan' });
    if (plan.state !== 'asked') throw new PortalError('conflict', { detail: 'the utility has answered meanwhile, or it was withdrawn' });
    plan.state = 'withdrawn';
    return this.#changed(contract);
  }

  /** The utility answers. @throws RangeError when no such plan waits */
  answer(planId: PaymentPlan['id'], state: 'accepted' | 'refused', answer: string | null): void {
    for (const [contractId, { plans }] of this.#kept) {
      const plan = plans.find(({ id }) => id === planId);
      if (plan?.state !== 'asked') continue;
      Object.assign(plan, { state, answer });
      this.#changes.note(staleByPaymentMeans(contractId));
      this.#trace(this.#contracts.holderOf(contractId), `payment-plan-${state}`, 'utility', contractId);
      return;
    }
    throw new RangeError(`no payment plan "${planId}" waits for an answer`);
  }

  /** @returns whether there was one */
  #revoke(kept: Kept): boolean {
    const isInForce = kept.mandates[0]?.revokedOn === null;
    kept.mandates = kept.mandates.map((mandate) => ({ ...mandate, revokedOn: mandate.revokedOn ?? this.#today }));
    return isInForce;
  }

  #payBy(contract: Contract, means: PaymentMeans): PaymentMeansDetails {
    this.#of(contract).means = means;
    return this.#changed(contract);
  }

  #changed(contract: Contract): PaymentMeansDetails {
    this.#changes.note(staleByPaymentMeans(contract.id));
    return this.#details(contract);
  }

  #details(contract: Contract): PaymentMeansDetails {
    const { means, mandates: [latest] } = this.#of(contract);
    return { means, mandate: latest?.revokedOn === null ? withoutEnd(latest) : null, terms: paymentTermsOf(this.#utility.id), plans: this.plansOf(contract) };
  }

  #of(contract: Contract): Kept {
    let kept = this.#kept.get(contract.id);
    if (!kept) {
      const mandate = mandateOf(contract, this.#utility.id);
      this.#kept.set(contract.id, (kept = { means: papersOf(contract).payment, mandates: mandate ? [{ ...mandate, revokedOn: null }] : [], plans: [] }));
    }
    return kept;
  }

  get #today(): string {
    return localDay(Date.parse(this.#clock()), this.#utility.timeZone);
  }
}

/** As customers are told of it. */
function withoutEnd({ revokedOn: _, ...mandate }: KeptMandate): Mandate {
  return mandate;
}
