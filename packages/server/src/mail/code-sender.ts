import type { Outbox, Outgoing } from './outbox.ts';

/** A code on its way to somebody. */
export type CodeMessage = Outgoing & { readonly message: Extract<Outgoing['message'], { code: string }> | Extract<Outgoing['message'], { kind: 'address-has-account' | 'address-in-use' }> };

/** How one-time codes reach people. Mail is the one way there is; a text message would be another. */
export interface CodeSender {
  /** Hands the code over; does not wait until it has arrived. */
  send(code: CodeMessage): Promise<void>;
}

export function codesByMail(outbox: Outbox): CodeSender {
  return { send: (code) => outbox.post(code) };
}
