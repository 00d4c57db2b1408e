/** What a household could be charged by: the dated prices of the tariffs that an installation compares. */
import * as z from 'zod/mini';
import { ContractPrice, DatedTax, OffPeak } from './contracts.ts';
import { Id, LocalizedText } from './portal.ts';

export const ReferenceTariff = z.object({
  id: Id,
  name: LocalizedText,
  /** One price; peak and off-peak hours; six by the colour of the day. */
  kind: z.enum(['base', 'peak-off-peak', 'tempo']),
  /** What is due by subscribed power, in kVA, ascending: prices as a contract has them. */
  powers: z.array(z.object({ kva: z.number(), prices: z.array(ContractPrice) })),
  /** Where prices are without tax: what comes on top of them. */
  taxes: z.optional(z.array(DatedTax)),
  /** Off-peak hours that are usual here, for whoever has none of their own. */
  offPeak: z.optional(z.array(OffPeak)),
});
export type ReferenceTariff = z.infer<typeof ReferenceTariff>;

export const ReferenceTariffs = z.object({
  tariffs: z.array(ReferenceTariff),
  /** What the utility says beside its prices: which tariff they are, or that they are an example. */
  pricesNote: z.optional(LocalizedText),
});
export type ReferenceTariffs = z.infer<typeof ReferenceTariffs>;
