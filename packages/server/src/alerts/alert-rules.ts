/** Of what a utility tells its customers by its own accord. */
import { AlertTopic, LocalizedText } from '@oya/contract';
import * as z from 'zod/mini';

export const AlertRules = z.object({
  topics: z.array(AlertTopic),
  /** What is consented to for equipment at home that somebody's health depends on; `null`: nobody is asked. Other words are another version. */
  medical: z.nullable(z.object({ text: LocalizedText, version: z.string().check(z.minLength(1), z.maxLength(40)) })),
});
export type AlertRules = z.infer<typeof AlertRules>;
