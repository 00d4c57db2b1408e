/** What the portal asks of the operator of a network: to bring a consent about at a delivery point, and to end it. */
import type { ConsentFailure, ConsentPurpose } from '@oya/contract';

export interface ConsentRequest {
  readonly deliveryPoint: string;
  readonly purpose: ConsentPurpose;
  /** The same at each try, so that an answer that was lost asks for nothing twice. */
  readonly key: string;
}

/** What has become of a request. */
export type OperatorAnswer = { readonly state: 'pending' | 'active' } | { readonly state: 'failed'; readonly reason: ConsentFailure };

/** Every way may throw `OperatorBusy`, or what kept it from asking. */
export interface NetworkOperator {
  /** Whether it answers by itself; otherwise the utility's people say what became of a request (`npm run consents`). */
  readonly answers: boolean;
  /**
   * @returns the name by which it knows the request
   * @throws OperatorRefusal where it will never take it
   */
  activate(request: ConsentRequest): Promise<string>;
  answerTo(requestId: string): Promise<OperatorAnswer>;
  /** Ending what has ended, or was never known, does nothing. */
  end(requestId: string): Promise<void>;
}

/** It cannot be asked now. */
export class OperatorBusy extends Error {
  override readonly name = 'OperatorBusy';
  readonly retryAfterSeconds: number | undefined;

  /** @param retryAfterSeconds as it said itself */
  constructor(message: string, retryAfterSeconds?: number) {
    super(message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** It knows no such request any more, as after a loss of data: it has to be asked anew. */
export class OperatorForgot extends Error {
  override readonly name = 'OperatorForgot';
}

/** It will not do that, however often it is asked. */
export class OperatorRefusal extends Error {
  override readonly name = 'OperatorRefusal';
  readonly reason: ConsentFailure;

  constructor(message: string, reason: ConsentFailure) {
    super(message);
    this.reason = reason;
  }
}
