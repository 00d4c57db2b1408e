/** What a household can subscribe to. */
import * as z from 'zod/mini';

/** The prices by which a contract is charged: all hours the same; peak and off-peak; by the colour of the day. */
export const TariffOption = z.enum(['base', 'peak-offpeak', 'tempo']);
export type TariffOption = z.infer<typeof TariffOption>;

/** In kVA, on the low-voltage network. Beyond 12 it takes three phases. */
export const POWERS_KVA = [3, 6, 9, 12, 15, 18, 24, 30, 36] as const;
