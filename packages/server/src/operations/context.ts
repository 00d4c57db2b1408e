import type { AccessRules, Answer, OperationName, Operations, Session, Territory, Utility } from '@oya/contract';
import type * as z from 'zod/mini';
import type { Database } from '../database/open.ts';
import type { Keys } from '../identity/keys.ts';
import type { CodeSender } from '../mail/code-sender.ts';
import type { Outbox } from '../mail/outbox.ts';

/** What a handler has at hand, besides its input. */
export interface PublicContext {
  readonly db: Database;
  /** Whose portal this is. */
  readonly utility: Utility;
  /** Which utility of this installation is whose; `undefined` where nobody said. */
  readonly territory: Territory | undefined;
  /** How this utility lets people in. */
  readonly access: AccessRules;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The browser's session with this utility. */
  readonly session: BrowserSession;
  /** Where the request came from: for slowing down, never for logs. */
  readonly address: string;
  /** The site whose page asked, if it is one of the utility's, else its first: where the links of a mail lead. */
  readonly site: string | undefined;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly codes: CodeSender;
}

export interface CustomerContext extends PublicContext {
  /** Whose data this request may see: every query for a customer's resource names it. */
  readonly customerId: string;
}

export type SignedIn = Extract<Session, { state: 'signed-in' }>;

/** What the cookie is to a handler. */
export interface BrowserSession {
  /** As it is: asking does not prolong it. */
  current(): Promise<Session>;
  /** It lasts anew. */
  extend(): Promise<Session>;
  /** Ends the session that there may be, and opens a new one with a new token. */
  open(customerId: string, options?: { remember?: boolean }): Promise<SignedIn>;
  close(): Promise<Session>;
}

export type ContextOf<K extends OperationName> = Operations[K]['auth'] extends 'customer' ? CustomerContext : PublicContext;

/** A handler gets what `parseInput` let through, and throws `PortalError` for what it refuses. */
export type OperationHandler<K extends OperationName> = (input: z.output<Operations[K]['input']>, context: ContextOf<K>) => Promise<Answer<K>>;

/** Every operation of the contract has one: the compiler says which is missing. */
export type Handlers = { readonly [K in OperationName]: OperationHandler<K> };
