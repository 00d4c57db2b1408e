/** What a portal does with a request that comes in: for server and sandbox, as `requestFaults` decides. */
import { PortalError } from './errors.ts';
import type { Utility } from './portal.ts';
import { formFor } from './procedures.ts';
import { judgeReading, type ReadingPlace } from './reading-judgement.ts';
import { canFollow, needsWords, type RequestState } from './request-list.ts';
import { requestFaults, type RequestPlace } from './request-rules.ts';
import type { MovingDetails, RequestDetails } from './requests.ts';

/** @throws PortalError `unsupported` for what the utility has no form for; `invalid` with what is wrong */
export function requireRequest(details: RequestDetails, { procedures }: Pick<Utility, 'procedures'>, place: Omit<RequestPlace, 'form'>): void {
  const form = formFor(details.kind, procedures);
  if (!form) throw new PortalError('unsupported', { code: 'no-form', detail: 'the utility has no form for this: see its procedures' });
  const faults = requestFaults(details, { ...place, form });
  if (faults.length > 0) throw new PortalError('invalid', { code: 'request', detail: 'see RequestFault of the contract', fields: faults.map(({ path, code }) => ({ path: `details.${path}`, code })) });
}

/** @throws PortalError `conflict` for what cannot follow; `invalid` without the words that the other side needs */
export function requireStep(from: RequestState, to: RequestState, by: 'customer' | 'utility', words: string | null): void {
  if (!canFollow(from, to, by)) throw new PortalError('conflict', { code: `is-${from}`, detail: `a request that is ${from} cannot become ${to}` });
  if (by === 'utility' && needsWords(to) && words === null) throw new PortalError('invalid', { detail: 'say why, or what is asked', fields: [{ path: 'words', code: 'missing' }] });
}

type LeavingReading = NonNullable<NonNullable<MovingDetails['leaving']>['readings']>[number];

/** A reading on the way out, with what is odd about it: nobody is refused for it, and whoever looks at the request sees it. */
export function withDoubts({ meterId, on, indexes }: LeavingReading, place: ReadingPlace): LeavingReading {
  const { judgements } = judgeReading({ on, indexes: indexes.map(({ register, index }) => ({ register, index })) }, place);
  return {
    meterId,
    on,
    indexes: indexes.map(({ register, index }) => {
      const doubt = judgements.find((judgement) => judgement.register === register)?.doubt;
      return { register, index, ...(doubt && { doubt }) };
    }),
  };
}
