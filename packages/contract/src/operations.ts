/** The operation table: everything a portal can do. Adding an operation is adding an entry, and its implementations. */
import * as z from 'zod/mini';
import { operation } from './operation.ts';
import { page } from './page.ts';
import { Consumption, Contract, Id, Meter, Resolution, Session, Utility } from './portal.ts';
import { LocalDay } from './time.ts';

const nothing = z.object({});

export const operations = {
  describeUtility: operation({
    summary: 'The utility: name, territory, contacts, texts, theme, routes, time zone.',
    method: 'GET',
    path: '/utility',
    auth: 'public',
    input: nothing,
    output: Utility,
    errors: [],
  }),
  signIn: operation({
    summary: 'Opens a session with an identifier or an e-mail address, and a password.',
    method: 'POST',
    path: '/session',
    auth: 'public',
    input: z.object({
      login: z.string().check(z.trim(), z.minLength(1), z.maxLength(254)),
      password: z.string().check(z.minLength(1), z.maxLength(1024)),
    }),
    output: Session,
    errors: ['invalid', 'unauthenticated', 'rate-limited'],
  }),
  signOut: operation({
    summary: 'Closes the session; does nothing when there is none.',
    method: 'DELETE',
    path: '/session',
    auth: 'public',
    input: nothing,
    output: Session,
    errors: [],
  }),
  whoAmI: operation({
    summary: 'The current session. Being signed out is an answer, not an error.',
    method: 'GET',
    path: '/session',
    auth: 'public',
    input: nothing,
    output: Session,
    errors: [],
  }),
  listContracts: operation({
    summary: 'The contracts that the customer holds or may see.',
    method: 'GET',
    path: '/contracts',
    auth: 'customer',
    input: nothing,
    output: page(Contract),
    errors: [],
  }),
  listMeters: operation({
    summary: 'The meters of a contract, the current one first.',
    method: 'GET',
    path: '/contracts/{contractId}/meters',
    auth: 'customer',
    input: z.object({ contractId: Id }),
    output: page(Meter),
    errors: ['not-found'],
  }),
  getConsumption: operation({
    summary: 'What a meter consumed over a period of local days, in columns, with the quality of each value.',
    method: 'GET',
    path: '/meters/{meterId}/consumption',
    auth: 'customer',
    input: z
      .object({ meterId: Id, resolution: Resolution, from: LocalDay, to: LocalDay })
      .check(z.refine(({ from, to }) => from < to, { error: '`from` must be before `to`', path: ['to'] })),
    output: Consumption,
    errors: ['invalid', 'not-found', 'forbidden'],
  }),
} as const;

export type Operations = typeof operations;
export type OperationName = keyof Operations;
export const operationNames = Object.keys(operations) as OperationName[];

/** What a caller passes. */
export type Input<K extends OperationName> = z.input<Operations[K]['input']>;
/** What a caller gets. */
export type Output<K extends OperationName> = z.output<Operations[K]['output']>;
