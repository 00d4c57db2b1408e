import type * as z from 'zod/mini';
import { PortalError, type FieldError } from './errors.ts';
import { operations, operationNames, type Input, type OperationName, type Output } from './operations.ts';

export interface CallContext {
  /** Aborts the request when the element that asked has gone. */
  signal?: AbortSignal;
  /** For writes: made when the form opens, so that one intent is counted once however often it is sent. */
  idempotencyKey?: string;
}

export type Handler<K extends OperationName> = (input: Input<K>, context: CallContext) => Promise<Output<K>>;

/**
 * The border between elements and a utility's data. Every operation is optional: what is absent is a
 * missing capability, and the elements that need it say so instead of failing.
 */
export type PortalAdapter = { readonly [K in OperationName]?: Handler<K> };

/** What an implementer writes: answers need not be typed, because they are parsed. */
export type AdapterHandlers = { readonly [K in OperationName]?: (input: Input<K>, context: CallContext) => Promise<unknown> };

/**
 * Makes an adapter from handlers: every answer is parsed with the contract's schema, and whatever
 * a handler throws becomes a `PortalError`. Bad data stops at this border.
 */
export function defineAdapter(handlers: AdapterHandlers): PortalAdapter {
  const adapter: Partial<Record<OperationName, unknown>> = {};
  for (const name of operationNames) {
    const handler = handlers[name] as ((input: unknown, context: CallContext) => Promise<unknown>) | undefined;
    if (!handler) continue;
    adapter[name] = async (input: unknown, context: CallContext) => {
      let answer: unknown;
      try {
        answer = await handler.call(handlers, input, context);
      } catch (thrown) {
        if (context.signal?.aborted) throw thrown;
        throw PortalError.from(thrown);
      }
      return parseOutput(name, answer);
    };
  }
  return adapter as PortalAdapter;
}

/**
 * Parses what a caller wants to send.
 * @throws PortalError `invalid`, with the fields, when it does not fit the contract.
 */
export function parseInput<K extends OperationName>(name: K, input: unknown): z.output<(typeof operations)[K]['input']> {
  const result = operations[name].input.safeParse(input);
  if (result.success) return result.data as z.output<(typeof operations)[K]['input']>;
  const fields = result.error.issues.map((issue): FieldError => ({ path: issue.path.join('.'), code: issue.code ?? 'invalid', detail: issue.message }));
  throw new PortalError('invalid', { detail: `${name}: ${describe(fields)}`, fields });
}

/**
 * Parses what a portal answered. A page whose rows are partly bad keeps the good ones and counts the others.
 * @throws PortalError `malformed` when the answer as a whole does not fit.
 */
export function parseOutput<K extends OperationName>(name: K, answer: unknown): Output<K> {
  const schema = operations[name].output as z.ZodMiniType;
  let result = schema.safeParse(answer);
  if (!result.success) {
    const badRows = rowsAtFault(result.error.issues);
    if (badRows) {
      const given = answer as { items: unknown[]; unreadable?: number };
      const items = given.items.filter((_, index) => !badRows.has(index));
      result = schema.safeParse({ ...given, items, unreadable: (given.unreadable ?? 0) + badRows.size });
    }
  }
  if (result.success) return result.data as Output<K>;
  const fields = result.error.issues.slice(0, 5).map((issue): FieldError => ({ path: issue.path.join('.'), code: issue.code ?? 'invalid', detail: issue.message }));
  throw new PortalError('malformed', { detail: `${name}: the answer does not fit the contract: ${describe(fields)}`, cause: result.error });
}

/** The indexes of the rows to leave out, or `undefined` when something other than rows is wrong. */
function rowsAtFault(issues: readonly { path: PropertyKey[] }[]): Set<number> | undefined {
  const rows = new Set<number>();
  for (const { path } of issues) {
    if (path[0] !== 'items' || typeof path[1] !== 'number') return undefined;
    rows.add(path[1]);
  }
  return rows;
}

function describe(fields: readonly FieldError[]): string {
  return fields.map(({ path, detail, code }) => `${path || 'answer'}: ${detail ?? code}`).join('; ');
}
