/** Requests as a list shows them, and what may become of one. */
import * as z from 'zod/mini';
import { Id } from './portal.ts';
import { RequestKind } from './procedures.ts';
import { Instant } from './time.ts';

/**
 * Where a request stands.
 * - `received`: nobody has looked at it; `in-progress`: somebody has
 * - `waiting`: the utility asks something of the customer
 * - `done`, `refused`, `withdrawn`: nothing follows
 */
export const RequestState = z.enum(['received', 'in-progress', 'waiting', 'done', 'refused', 'withdrawn']);
export type RequestState = z.infer<typeof RequestState>;

export const ServiceRequest = z.object({
  id: Id,
  /** As it is named on the phone: `D-7K3M-92QX`. */
  number: z.string(),
  kind: RequestKind,
  state: RequestState,
  sentAt: Instant,
  /** Since when it stands where it does. */
  changedAt: Instant,
});
export type ServiceRequest = z.infer<typeof ServiceRequest>;

/** What follows from a state, by whom. What is done, refused or withdrawn stays so. */
const FOLLOWS: Readonly<Record<RequestState, { readonly utility: readonly RequestState[]; readonly customer: readonly RequestState[] }>> = {
  received: { utility: ['in-progress', 'waiting', 'done', 'refused'], customer: ['withdrawn'] },
  'in-progress': { utility: ['in-progress', 'waiting', 'done', 'refused'], customer: ['withdrawn'] },
  waiting: { utility: ['in-progress', 'waiting', 'done', 'refused'], customer: ['in-progress', 'withdrawn'] },
  done: { utility: [], customer: [] },
  refused: { utility: [], customer: [] },
  withdrawn: { utility: [], customer: [] },
};

export function canFollow(from: RequestState, to: RequestState, by: 'customer' | 'utility'): boolean {
  return FOLLOWS[from][by].includes(to);
}

/** Something may still become of it. */
export function isOpen({ state }: { readonly state: RequestState }): boolean {
  return FOLLOWS[state].utility.length > 0;
}

/** Whether the customer must be told why, or what is asked of them. */
export function needsWords(state: RequestState): boolean {
  return state === 'waiting' || state === 'refused';
}
