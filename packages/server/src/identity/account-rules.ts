/** A utility's own rules for its customers' accounts. */
import { NotificationChannel, type ClosureTerms } from '@oya/contract';
import * as z from 'zod/mini';

const years = z.int().check(z.minimum(0), z.maximum(100));

export const AccountRules = z.object({
  /** Another postal address holds once the utility has approved it; else at once. */
  addressNeedsApproval: z.boolean(),
  /** The ways in which it tells its customers of things. */
  channels: z.array(NotificationChannel).check(z.minLength(1)),
  /** What stays after an account is closed, and for how long; `activity` also while it is open. 0: nothing stays. */
  keptYears: z.object({ invoices: years, contracts: years, consumption: years, activity: years.check(z.minimum(1)) } satisfies Record<ClosureTerms['kept'][number]['what'], z.ZodMiniType>),
});
export type AccountRules = z.infer<typeof AccountRules>;
