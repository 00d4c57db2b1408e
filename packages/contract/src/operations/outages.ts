/** Outages and works: what everybody may know, whom it reaches, and what customers report. */
import * as z from 'zod/mini';
import { PhoneNumber } from '../access.ts';
import { CommuneCode, Concern, OutageBoard, OutageExtent, OutageMap, OutageReport } from '../outages.ts';
import { page } from '../page.ts';
import { Energy, Id } from '../portal.ts';
import { Instant } from '../time.ts';
import { operation } from './operation.ts';

export const getOutageBoard = operation({
  name: 'getOutageBoard',
  summary: 'What is cut now, what is planned within three months, and what was restored within the last thirty days, with the communes it is told for.',
  method: 'GET',
  path: '/outages',
  auth: 'public',
  input: z.object({}),
  output: OutageBoard,
  errors: [],
});

export const getOutageMap = operation({
  name: 'getOutageMap',
  summary: 'The shapes of the communes, as GeoJSON.',
  method: 'GET',
  path: '/outages/map',
  auth: 'public',
  input: z.object({}),
  output: OutageMap,
  // `unsupported` where the utility has not given its shapes.
  errors: ['unsupported'],
});

export const listConcerns = operation({
  name: 'listConcerns',
  summary: 'Which of the outages on the board reach the customer’s own addresses.',
  method: 'GET',
  path: '/outages/concerns',
  auth: 'customer',
  input: z.object({}),
  output: page(Concern),
  errors: [],
});

export const reportOutage = operation({
  name: 'reportOutage',
  summary: 'Tells the utility that a supply is cut, or with `outageId` that it still is.',
  method: 'POST',
  path: '/outages/reports',
  auth: 'public',
  input: z.object({
    energy: Energy,
    commune: CommuneCode,
    /** As it is written on letters; a contract’s own where the customer is signed in. */
    address: z.string().check(z.trim(), z.minLength(1), z.maxLength(160), z.regex(/^\P{C}+$/u)),
    contractId: z.optional(Id),
    outageId: z.optional(Id),
    extent: OutageExtent,
    since: Instant,
    /** To be called back. */
    phone: z.optional(PhoneNumber),
    words: z.optional(z.string().check(z.maxLength(500))),
  }),
  output: OutageReport,
  // `rate-limited` for who reports again and again; `not-found` for a contract or an outage that is not there.
  errors: ['invalid', 'not-found', 'rate-limited'],
});
