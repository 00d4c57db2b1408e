import type * as z from 'zod/mini';
import type { ErrorKind } from '../errors.ts';

/** One thing a portal can do. Declared once, in the file of its subject in this folder; all else is derived from it. */
export interface Operation<I extends z.ZodMiniType = z.ZodMiniType, O extends z.ZodMiniType = z.ZodMiniType> {
  /** Its key in the table of operations. */
  name: string;
  /** One sentence, for the reference page and the OpenAPI file. */
  summary: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the adapter's base URL; `{name}` stands for the input field of that name. */
  path: `/${string}`;
  /** `customer`: only with a session, and only for what belongs to that customer. */
  auth: 'public' | 'customer';
  /** An object. Fields that are not in the path travel in the query (GET, DELETE) or as JSON body. */
  input: I;
  output: O;
  /** The kinds a caller must expect beyond those that any request can end with. */
  errors: readonly ErrorKind[];
}

/** What a caller passes. */
export type InputOf<O extends Operation> = z.input<O['input']>;
/** What a portal may answer, in whichever notation the contract reads. */
export type AnswerOf<O extends Operation> = z.input<O['output']>;
/** What a caller gets. */
export type OutputOf<O extends Operation> = z.output<O['output']>;

/** An element imports the operations it needs: a page loads no others. */
// @__NO_SIDE_EFFECTS__
export function operation<const D extends Operation>(declaration: D): D {
  return declaration;
}

/** Reads are repeated on failure; writes are sent once, with an idempotency key. */
export function isRead(operation: Pick<Operation, 'method'>): boolean {
  return operation.method === 'GET';
}

/** The names of the input fields that stand in an operation's path. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}
