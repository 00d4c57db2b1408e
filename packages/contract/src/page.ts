import * as z from 'zod/mini';

/**
 * A list as it travels. `next` is the cursor of the following page, absent on the last.
 * `unreadable` counts the rows that the adapter had to leave out because they did not fit the contract
 * (`parseOutput`): one bad row becomes a mark, not an empty page.
 */
export function page<T extends z.ZodMiniType>(item: T) {
  return z.object({ items: z.array(item), next: z.optional(z.string()), unreadable: z.optional(z.int()) });
}

export interface Page<T> {
  items: T[];
  next?: string | undefined;
  unreadable?: number | undefined;
}
