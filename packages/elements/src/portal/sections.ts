/** What a portal can hold, in the order of its navigation. A further element is one entry here, and its name in the messages. */
import type { OperationName } from '@oya/contract';
import type { Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';

export interface Section {
  /** Names it in addresses, in `routes` and in `oya-navigate`; its words are `section.<id>`. */
  readonly id: string;
  readonly tag: string;
  /** For whom it is: customers who have signed in, or visitors who have not. */
  readonly audience: 'customer' | 'visitor';
  /** Without these there is nothing that it could show. */
  readonly needs: readonly OperationName[];
  /** Visitors have no navigation to see it in. */
  readonly icon?: Icon;
}

export const SECTIONS = [
  { id: 'dashboard', tag: 'oya-dashboard', audience: 'customer', needs: ['listContracts'], icon: spaceIcons.home },
  { id: 'consumption', tag: 'oya-consumption', audience: 'customer', needs: ['listContracts', 'listMeters', 'getConsumption'], icon: 'chart' },
  { id: 'contracts', tag: 'oya-contracts', audience: 'customer', needs: ['listContracts', 'getContract'], icon: spaceIcons.file },
  { id: 'profile', tag: 'oya-profile', audience: 'customer', needs: ['getProfile'], icon: spaceIcons.person },
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
}

/** The sections that can be shown: all they need is offered, and their element is part of the kit on this page. */
export function availableSections({ offers, has, without }: Surroundings): KnownSection[] {
  return SECTIONS.filter(({ id, tag, needs }) => !without.has(id) && has(tag) && needs.every((name) => offers({ name })));
}
