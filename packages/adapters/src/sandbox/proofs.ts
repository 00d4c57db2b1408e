import { comparableName, PortalError, type Contract, type Instant, type Proof } from '@oya/contract';

const WRONG_PROOFS = 3;
const WRONG_PROOFS_MS = 15 * 60_000;

/** Whether the papers of a contract are this contract's: number, delivery point, and the end of the holder's name. */
export function provesContract(proof: Extract<Proof, { kind: 'contract' }>, { number, deliveryPoint, holder }: Contract): boolean {
  return plain(number) === plain(proof.contractNumber) && deliveryPoint === proof.deliveryPoint && ` ${comparableName(holder)}`.endsWith(` ${comparableName(proof.lastName)}`);
}

/** Wrong proofs of one visitor, or wrong passwords: after a few, each further one has to wait. */
export class WrongProofs {
  readonly #clock: () => Instant;
  #at: number[] = [];

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  /** @throws PortalError `rate-limited` with the seconds to wait */
  check(): void {
    this.#at = this.#at.filter((at) => at > this.#now - WRONG_PROOFS_MS);
    const [oldest] = this.#at.slice(-WRONG_PROOFS);
    if (this.#at.length < WRONG_PROOFS || oldest === undefined) return;
    throw new PortalError('rate-limited', { detail: 'too many wrong proofs', retryAfterSeconds: Math.ceil((oldest + WRONG_PROOFS_MS - this.#now) / 1000) });
  }

  note(): void {
    this.#at.push(this.#now);
  }

  /** A right one came. */
  forget(): void {
    this.#at = [];
  }

  get #now(): number {
    return Date.parse(this.#clock());
  }
}

/** Spaces, dashes and capitals make no difference. */
function plain(number: string): string {
  return number.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}
