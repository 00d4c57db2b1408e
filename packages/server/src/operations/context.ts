import type { AccessRules, Answer, OperationName, Operations, OutageMap, PaymentTerms, ReferenceTariffs, Session, SignInWay, Territory, Utility } from '@oya/contract';
import type * as z from 'zod/mini';
import type { AlertRules } from '../alerts/alert-rules.ts';
import type { AlertWays } from '../alerts/alert-ways.ts';
import type { AttachmentScanner } from '../attachments/scanner.ts';
import type { Database } from '../database/open.ts';
import type { AccountRules } from '../identity/account-rules.ts';
import type { DeviceNames } from '../identity/devices.ts';
import type { Keys } from '../identity/keys.ts';
import type { PasskeySite } from '../identity/passkeys.ts';
import type { SessionLimits } from '../identity/sessions.ts';
import type { CodeSender } from '../mail/code-sender.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { ConsentJobs } from '../network/consent-jobs.ts';
import type { PaymentSettings } from '../payments/payment-settings.ts';

/** What a handler has at hand, besides its input. */
export interface PublicContext {
  readonly db: Database;
  /** Whose portal this is. */
  readonly utility: Utility;
  /** Which utility of this installation is whose; `undefined` where nobody said. */
  readonly territory: Territory | undefined;
  /** What households can be compared under; `undefined` where nobody said. */
  readonly tariffs: ReferenceTariffs | undefined;
  /** How this utility lets people in. */
  readonly access: AccessRules;
  /** What it lets them do with their accounts. */
  readonly accountRules: AccountRules;
  /** How it is paid. */
  readonly paymentTerms: PaymentTerms;
  /** Of what it tells them by its own accord. */
  readonly alertRules: AlertRules;
  /** The shapes of its communes; `undefined` where nobody gave them. */
  readonly map: OutageMap | undefined;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The browser's session with this utility. */
  readonly session: BrowserSession;
  /** Where the request came from: for slowing down, never for logs. */
  readonly address: string;
  /** What the browser that asks says of itself. */
  readonly device: DeviceNames;
  /** The site whose page asked, if it is one of the utility's, else its first: where the links of a mail lead. */
  readonly site: string | undefined;
  /** Where this utility's API is, as whoever asks knows it. */
  readonly apiUrl: string;
  /** Where passkeys of this utility are made and used; `undefined` where it has none. */
  readonly passkeys: PasskeySite | undefined;
  /** How this utility is paid by card; `undefined` where it is not. */
  readonly payments: PaymentSettings | undefined;
  /** Whether an address is a page of one of the utility's sites. */
  isOwnPage(address: string): boolean;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly codes: CodeSender;
  /** By which ways customers are told. */
  readonly alertWays: AlertWays;
  /** Who looks for viruses in what customers attach. */
  readonly scanner: AttachmentScanner;
  /** What consents need beside the request. */
  readonly consentJobs: Pick<ConsentJobs, 'follow'>;
  /** For so long a withdrawal can be taken back. */
  readonly consentUndoMs: number;
}

export interface CustomerContext extends PublicContext {
  /** Whose data this request may see: every query for a customer's resource names it. */
  readonly customerId: string;
  /** How they got in, and when. */
  readonly signIn: SignIn;
}

export interface SignIn {
  /** Of the session, which is one of their devices; `null` where there is none, as with a token of the host site. */
  readonly sessionId: string | null;
  readonly way: SignInWay;
  /** Epoch milliseconds. */
  readonly at: number;
}

export type SignedIn = Extract<Session, { state: 'signed-in' }>;

/** What the cookie is to a handler. */
export interface BrowserSession {
  readonly limits: SessionLimits;
  /** As it is: asking does not prolong it. */
  current(): Promise<Session>;
  /** It lasts anew. */
  extend(): Promise<Session>;
  /** Ends the session that there may be, and opens a new one with a new token. */
  open(customerId: string, options?: OpenOptions): Promise<SignedIn>;
  /** The session goes on under a new token. */
  renew(): Promise<void>;
  close(): Promise<Session>;
}

export interface OpenOptions {
  /** Default: no. */
  remember?: boolean;
  /** Default: by password. */
  way?: SignInWay;
}

export type ContextOf<K extends OperationName> = Operations[K]['auth'] extends 'customer' ? CustomerContext : PublicContext;

/** A handler gets what `parseInput` let through, and throws `PortalError` for what it refuses. */
export type OperationHandler<K extends OperationName> = (input: z.output<Operations[K]['input']>, context: ContextOf<K>) => Promise<Answer<K>>;

/** Every operation of the contract has one: the compiler says which is missing. */
export type Handlers = { readonly [K in OperationName]: OperationHandler<K> };
