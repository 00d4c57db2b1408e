/** What a portal can hold, in the order of its navigation. A further element is one entry here, and its name in the messages. */
import type { OperationName } from '@oya/contract';
import { svg } from 'lit';
import type { Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';

export interface Section {
  /** Names it in addresses, in `routes` and in `oya-navigate`; its words are `section.<id>`. */
  readonly id: string;
  readonly tag: string;
  /** For whom it is: customers who have signed in, or visitors who have not. */
  readonly audience: 'customer' | 'visitor';
  /** It is for customers with such a contract alone. */
  readonly offer?: 'tempo';
  /** Without these there is nothing that it could show. */
  readonly needs: readonly OperationName[];
  /** Visitors have no navigation to see it in. */
  readonly icon?: Icon;
}

/** No other element shows it: pages without a portal do without. */
const SCALES = svg`<path d="M12 3v18"></path><path d="m19 8 3 8a5 5 0 0 1-6 0zV7"></path><path d="M3 7h1a17 17 0 0 0 8-2 17 17 0 0 0 8 2h1"></path>
  <path d="m5 8 3 8a5 5 0 0 1-6 0zV7"></path><path d="M7 21h10"></path>`;

const DIAL = svg`<path d="m12 14 4-4"></path><path d="M3.34 19a10 10 0 1 1 17.32 0"></path>`;
const RECEIPT = svg`<path d="M4 2v20l2-1 2 1 2-1 2 1 2-1 2 1 2-1 2 1V2l-2 1-2-1-2 1-2-1-2 1-2-1-2 1Z"></path><path d="M14 8H8M16 12H8M13 16H8"></path>`;
const MAGNIFIER = svg`<circle cx="11" cy="11" r="8"></circle><path d="m21 21-4.34-4.34"></path>`;
const BELL = svg`<path d="M10.268 21a2 2 0 0 0 3.464 0"></path><path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326"></path>`;
const DAYS = svg`<path d="M8 2v4M16 2v4M3 10h18"></path><rect width="18" height="18" x="3" y="4" rx="2"></rect>`;
const CLIPBOARD = svg`<rect width="8" height="4" x="8" y="2" rx="1" ry="1"></rect><path d="M16 4h2a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h2"></path>
  <path d="M12 11h4"></path><path d="M12 16h4"></path><path d="M8 11h.01"></path><path d="M8 16h.01"></path>`;
const SIREN = svg`<path d="M7 18v-6a5 5 0 1 1 10 0v6"></path><path d="M5 21a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-1a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2z"></path><path d="M21 12h1"></path><path d="M18.5 4.5 18 5"></path>
  <path d="M2 12h1"></path><path d="M12 2v1"></path><path d="m4.929 4.929.707.707"></path><path d="M12 12v6"></path>`;
const CARD = svg`<rect width="20" height="14" x="2" y="5" rx="2"></rect><path d="M2 10h20"></path>`;

export const SECTIONS = [
  { id: 'dashboard', tag: 'oya-dashboard', audience: 'customer', needs: ['listContracts'], icon: spaceIcons.home },
  { id: 'consumption', tag: 'oya-consumption', audience: 'customer', needs: ['listContracts', 'listMeters', 'getConsumption'], icon: 'chart' },
  { id: 'readings', tag: 'oya-index-form', audience: 'customer', needs: ['listContracts', 'listMeters', 'listReadings'], icon: DIAL },
  { id: 'invoices', tag: 'oya-invoices', audience: 'customer', needs: ['listContracts', 'listInvoices', 'getInvoice'], icon: RECEIPT },
  { id: 'bill', tag: 'oya-bill-explained', audience: 'customer', needs: ['listContracts', 'listInvoices', 'getInvoice'], icon: MAGNIFIER },
  { id: 'payment', tag: 'oya-payment-means', audience: 'customer', needs: ['listContracts', 'getContract', 'getPaymentMeans'], icon: CARD },
  { id: 'tariffs', tag: 'oya-tariff-twin', audience: 'customer', needs: ['describeTariffs'], icon: SCALES },
  { id: 'tempo', tag: 'oya-tempo', audience: 'customer', offer: 'tempo', needs: ['listContracts', 'listTempoDays'], icon: DAYS },
  { id: 'ecowatt', tag: 'oya-ecowatt', audience: 'customer', needs: ['getEcowatt'], icon: spaceIcons.bolt },
  { id: 'consents', tag: 'oya-consents', audience: 'customer', needs: ['listContracts', 'listMeters', 'listConsents'], icon: spaceIcons.shield },
  { id: 'messages', tag: 'oya-messages', audience: 'customer', needs: ['listThreads', 'getThread', 'startThread', 'writeMessage'], icon: spaceIcons.mail },
  { id: 'alerts', tag: 'oya-alerts', audience: 'customer', needs: ['getOutageBoard', 'listConcerns'], icon: BELL },
  { id: 'procedures', tag: 'oya-procedures', audience: 'customer', needs: ['listServiceRequests', 'getServiceRequest', 'sendServiceRequest'], icon: CLIPBOARD },
  { id: 'contracts', tag: 'oya-contracts', audience: 'customer', needs: ['listContracts', 'getContract'], icon: spaceIcons.file },
  { id: 'profile', tag: 'oya-profile', audience: 'customer', needs: ['getProfile'], icon: spaceIcons.person },
  { id: 'emergency', tag: 'oya-emergency', audience: 'customer', needs: ['describeUtility'], icon: SIREN },
  { id: 'login', tag: 'oya-login', audience: 'visitor', needs: ['signIn'] },
  { id: 'signup', tag: 'oya-signup', audience: 'visitor', needs: ['startSignUp', 'submitSignUp', 'confirmSignUp'] },
] as const satisfies readonly Section[];

export type SectionId = (typeof SECTIONS)[number]['id'];
export type KnownSection = Section & { readonly id: SectionId };

/** What a portal is made of, and how far. */
export interface Surroundings {
  /** Whether the adapter offers an operation. */
  offers(operation: { readonly name: OperationName }): boolean;
  /** Whether the page has an element, or can have it. */
  has(tag: string): boolean;
  /** Sections that the site shows in a place of its own. */
  readonly without: ReadonlySet<string>;
  /** Whether a contract of the customer follows the colours of Tempo days. */
  readonly isTempo: boolean;
}

/** The sections that can be shown: all they need is offered, and their element is part of the kit on this page. */
export function availableSections({ offers, has, without, isTempo }: Surroundings): KnownSection[] {
  return SECTIONS.filter(({ id, tag, needs, ...section }) => !without.has(id) && has(tag) && needs.every((name) => offers({ name })) && (isTempo || !('offer' in section)));
}
