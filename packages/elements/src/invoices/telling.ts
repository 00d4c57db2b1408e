/** How an invoice is put into words, in the list and where it is shown whole. */
import { addDays, addSteps, canBePaid, stepStart, type Invoice, type InvoiceState, type Period } from '@oya/contract';
import { capitalized, type Format, type Translate } from '@oya/core';
import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { icon, type Icon } from '../icons.ts';
import type { fr } from './invoices.messages.ts';

type Words = Translate<typeof fr>;

const CLOCK = svg`<circle cx="12" cy="12" r="10"></circle><path d="M12 6v6l4 2"></path>`;
const CALENDAR = svg`<path d="M8 2v3"></path><path d="M16 2v3"></path><rect x="3" y="3" width="18" height="18" rx="2"></rect><path d="M3 9h18"></path>`;
const HOURGLASS = svg`<path d="M5 22h14"></path><path d="M5 2h14"></path>
  <path d="M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22"></path>
  <path d="M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2"></path>`;
export const SPEECH = svg`<path d="M22 17a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 21.286V5a2 2 0 0 1 2-2h16a2 2 0 0 1 2 2z"></path>`;
const BACK: SVGTemplateResult = svg`<path d="M9 14 4 9l5-5"></path><path d="M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11"></path>`;

const ICONS: Readonly<Record<InvoiceState, Icon>> = { open: CLOCK, overdue: 'alert', planned: CALENDAR, 'debit-planned': CALENDAR, confirming: HOURGLASS, disputed: SPEECH, paid: 'check', credit: BACK, 'given-back': BACK };

/** Where it stands: a word, a shape, and a colour that says nothing of its own. */
export function stateBadge(state: InvoiceState, t: Words): TemplateResult {
  return html`<span class="badge ${state}">${icon(ICONS[state])}<span>${t(`state.${state}`)}</span></span>`;
}

/** Which one it is, for people: `Octobre 2026`, `Avoir, octobre 2026`. */
export function titleOf({ kind, period }: Pick<Invoice, 'kind' | 'period'>, t: Words, format: Format): string {
  const when = periodWords(period, t, format);
  return capitalized(kind === 'invoice' ? when : t(`kind.${kind}`, { when }), format.locale);
}

/** `octobre 2026`, `octobre à décembre 2026`, or its days where it is not of whole months. */
export function periodWords({ from, to }: Period, t: Words, format: Format): string {
  if (stepStart(from, 'month') !== from || stepStart(to, 'month') !== to) return t('period.days', { from: format.day(from, 'long'), to: format.day(addDays(to, -1), 'long') });
  if (addSteps(from, 'month', 1) === to) return format.day(from, 'month');
  const last = addDays(to, -1);
  const first = format.day(from, 'month');
  // The year is said once, where it is the same.
  return t('period.months', { from: from.slice(0, 4) === last.slice(0, 4) ? first.replace(/\s\d{4}$/, '') : first, to: format.day(last, 'month') });
}

/** Until when, or since when: `undefined` where no day matters any more. */
export function dueWords(invoice: Pick<Invoice, 'state' | 'balance' | 'dueOn' | 'planned'>, t: Words, format: Format): string | undefined {
  const { state, dueOn, planned } = invoice;
  return dueOn !== null && canBePaid(invoice) ? t(`due.${state as 'open' | 'overdue' | 'planned' | 'debit-planned'}`, { day: format.day(planned?.nextOn ?? dueOn, 'long') }) : undefined;
}
