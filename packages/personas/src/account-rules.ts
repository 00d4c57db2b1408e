import type { ClosureTerms, NotificationChannel } from '@oya/contract';

/** What a utility of the demo lets its customers do with their accounts, and what it keeps of them for how many years. */
export interface PersonaAccountRules {
  readonly addressNeedsApproval: boolean;
  readonly channels: readonly NotificationChannel[];
  readonly keptYears: Readonly<Record<ClosureTerms['kept'][number]['what'], number>>;
}

/** Invoices as the commercial code asks (L123-22), contracts until nobody can sue any more, consumption and traces as the CNIL recommends. */
const keptYears = { invoices: 10, contracts: 5, consumption: 3, activity: 3 };

const ACCOUNT_RULES: Readonly<Record<string, PersonaAccountRules>> = {
  // Two ways of doing it: at ENEO somebody looks at a new address, at SICAE it holds at once.
  eneo: { addressNeedsApproval: true, channels: ['email', 'sms', 'letter'], keptYears },
  sicae: { addressNeedsApproval: false, channels: ['email', 'letter'], keptYears },
};

/** @throws RangeError when there is no such utility */
export function accountRulesOf(utility: string): PersonaAccountRules {
  const rules = ACCOUNT_RULES[utility];
  if (!rules) throw new RangeError(`there are no account rules of "${utility}"`);
  return rules;
}
