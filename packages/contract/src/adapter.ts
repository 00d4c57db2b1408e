import { PortalError, type FieldError } from './errors.ts';
import type { InputOf, Operation, OutputOf } from './operations/operation.ts';
import type { Input, OperationName } from './operations/table.ts';
import type * as z from 'zod/mini';

export interface CallContext {
  /** Aborts the request when the element that asked has gone. */
  signal?: AbortSignal;
  /** For writes: made when the form opens, so that one intent is counted once however often it is sent. */
  idempotencyKey?: string;
}

/** The border between elements and a utility's data. */
export interface PortalAdapter {
  /** What a portal does not offer is a missing capability: the elements that need it say so instead of failing. */
  offers(operation: Pick<Operation, 'name'>): boolean;
  /**
   * Does an operation. Every answer is parsed with the contract's schema.
   * @throws PortalError
   */
  perform<O extends Operation>(operation: O, input: InputOf<O>, context?: CallContext): Promise<OutputOf<O>>;
  /**
   * Answers of an operation as they come, one after the other, until the signal aborts or the portal ends it. Absent where
   * the portal has to be asked again and again.
   * @throws PortalError, `unsupported` for an operation that cannot be followed
   */
  follow?<O extends Operation>(operation: O, input: InputOf<O>, context?: CallContext): AsyncIterable<OutputOf<O>>;
}

/** How an adapter does its work, before the border: answers need not be typed, because they are parsed. */
export interface AdapterSource {
  offers(operation: Pick<Operation, 'name'>): boolean;
  perform(operation: Operation, input: unknown, context: CallContext): Promise<unknown>;
  follow?(operation: Operation, input: unknown, context: CallContext): AsyncIterable<unknown>;
}

/** What a web team writes: a handler for each operation that the utility has. */
export type AdapterHandlers = { readonly [K in OperationName]?: (input: Input<K>, context: CallContext) => Promise<unknown> };

/** Answers as they come, of the operations that can be followed. */
export type AdapterStreams = { readonly [K in OperationName]?: (input: Input<K>, context: CallContext) => AsyncIterable<unknown> };

/**
 * Makes an adapter: every answer is parsed with the contract's schema, and whatever is thrown becomes a `PortalError`.
 * Bad data stops at this border.
 */
export function defineAdapter(source: AdapterHandlers | AdapterSource, streams?: AdapterStreams): PortalAdapter {
  const { offers, perform, follow } = isSource(source) ? source : handling(source, streams);
  const require = (operation: Operation) => {
    if (!offers(operation)) throw new PortalError('unsupported', { detail: `The adapter does not offer ${operation.name}.` });
  };
  const failure = (thrown: unknown, { signal }: CallContext) => (signal?.aborted ? thrown : PortalError.from(thrown));
  return {
    offers,
    async perform<O extends Operation>(operation: O, input: InputOf<O>, context: CallContext = {}): Promise<OutputOf<O>> {
      require(operation);
      let answer: unknown;
      try {
        answer = await perform(operation, input, context);
      } catch (thrown) {
        throw failure(thrown, context);
      }
      return parseOutput(operation, answer);
    },
    ...(follow && {
      async *follow<O extends Operation>(operation: O, input: InputOf<O>, context: CallContext = {}): AsyncGenerator<OutputOf<O>> {
        require(operation);
        try {
          for await (const answer of follow(operation, input, context)) yield parseOutput(operation, answer);
        } catch (thrown) {
          throw failure(thrown, context);
        }
      },
    }),
  };
}

/**
 * An adapter that does some operations in a way of its own and leaves the others to another: a utility with an API for most,
 * and its own code for the rest. A handler of `undefined` takes the operation away.
 */
export function amendAdapter(adapter: PortalAdapter, handlers: { readonly [K in OperationName]?: AdapterHandlers[K] | undefined }): PortalAdapter {
  const own = defineAdapter(handlers as AdapterHandlers);
  const pick = ({ name }: Pick<Operation, 'name'>) => (Object.hasOwn(handlers, name) ? own : adapter);
  return {
    offers: (operation) => pick(operation).offers(operation),
    perform: (operation, input, context) => pick(operation).perform(operation, input, context),
    // An operation that is done another way is not what the other adapter follows.
    ...(adapter.follow && {
      follow<O extends Operation>(operation: O, input: InputOf<O>, context?: CallContext) {
        if (pick(operation) === own || !adapter.follow) throw notFollowed(operation);
        return adapter.follow(operation, input, context);
      },
    }),
  };
}

function isSource(source: AdapterHandlers | AdapterSource): source is AdapterSource {
  return 'perform' in source && 'offers' in source;
}

function handling(handlers: AdapterHandlers, streams?: AdapterStreams): AdapterSource {
  const handlerOf = ({ name }: Pick<Operation, 'name'>) => handlers[name as OperationName] as AdapterHandler | undefined;
  return {
    offers: (operation) => handlerOf(operation) !== undefined,
    perform: async (operation, input, context) => handlerOf(operation)?.call(handlers, input, context),
    ...(streams && {
      follow(operation, input, context) {
        const stream = streams[operation.name as OperationName] as ((input: unknown, context: CallContext) => AsyncIterable<unknown>) | undefined;
        if (!stream) throw notFollowed(operation);
        return stream(input, context);
      },
    }),
  };
}

function notFollowed({ name }: Operation): PortalError {
  return new PortalError('unsupported', { detail: `${name} cannot be followed: ask again now and then` });
}

type AdapterHandler = (input: unknown, context: CallContext) => Promise<unknown>;

/**
 * Parses what a caller wants to send.
 * @throws PortalError `invalid`, with the fields, when it does not fit the contract.
 */
export function parseInput<O extends Operation>({ name, input: schema }: O, input: unknown): z.output<O['input']> {
  const result = (schema as z.ZodMiniType).safeParse(input);
  if (result.success) return result.data as z.output<O['input']>;
  const fields = result.error.issues.map((issue): FieldError => ({ path: issue.path.join('.'), code: issue.code ?? 'invalid', detail: issue.message }));
  throw new PortalError('invalid', { detail: `${name}: ${describe(fields)}`, fields });
}

/**
 * Parses what a portal answered. A page whose rows are partly bad keeps the good ones and counts the others.
 * @throws PortalError `malformed` when the answer as a whole does not fit.
 */
export function parseOutput<O extends Operation>({ name, output: schema }: O, answer: unknown): OutputOf<O> {
  let result = (schema as z.ZodMiniType).safeParse(answer);
  if (!result.success) {
    const badRows = rowsAtFault(result.error.issues);
    if (badRows) {
      const given = answer as { items: unknown[]; unreadable?: number };
      const items = given.items.filter((_, index) => !badRows.has(index));
      result = (schema as z.ZodMiniType).safeParse({ ...given, items, unreadable: (given.unreadable ?? 0) + badRows.size });
    }
  }
  if (result.success) return result.data as OutputOf<O>;
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
