/** Readings of a meter. Whoever may see the contract reads them; its holder sends them. */
import * as z from 'zod/mini';
import { MOST_READING_PHOTOS } from '../attachments.ts';
import { Id } from '../portal.ts';
import { MeterReading, MeterReadings, ReadingReason } from '../readings.ts';
import { LocalDay } from '../time.ts';
import { operation } from './operation.ts';

/** In characters. */
export const LONGEST_READING_WORDS = 1000;

export const listReadings = operation({
  name: 'listReadings',
  summary: 'What a meter showed and when, by whom it was read, and what became of it.',
  method: 'GET',
  path: '/meters/{meterId}/readings',
  auth: 'customer',
  input: z.object({ meterId: Id }),
  output: MeterReadings,
  errors: ['not-found'],
});

export const sendReading = operation({
  name: 'sendReading',
  summary: 'Sends what the registers of a meter show, for a day. What is odd is asked about first, and taken with its reason.',
  method: 'POST',
  path: '/meters/{meterId}/readings',
  auth: 'customer',
  input: z.object({
    meterId: Id,
    on: LocalDay,
    indexes: z.array(z.object({ register: z.string(), index: z.int(), reason: z.optional(ReadingReason) })).check(z.minLength(1), z.maxLength(16)),
    /** The one that it takes the place of. */
    corrects: z.optional(Id),
    words: z.optional(z.string().check(z.maxLength(LONGEST_READING_WORDS))),
    /** Handed in before, with the purpose of this meter's reading. */
    attachmentIds: z.optional(z.array(Id).check(z.maxLength(MOST_READING_PHOTOS))),
  }),
  output: MeterReading,
  // `invalid` with the fields and codes of `ReadingFault`; `conflict` where the one to correct cannot be any more; `unsupported`
  // for a meter that reports by itself.
  errors: ['not-found', 'forbidden', 'invalid', 'conflict', 'unsupported'],
});
