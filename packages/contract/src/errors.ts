/**
 * What can go wrong between an element and a portal, named once for screen and server.
 * On the wire an error is a problem document (RFC 9457); in code it is a `PortalError`.
 */

/** Every kind of failure, with the HTTP status that stands for it on the wire (`null`: it never crosses the wire). */
export const ERROR_KINDS = {
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  invalid: 422,
  conflict: 409,
  'rate-limited': 429,
  offline: null,
  timeout: null,
  unavailable: 503,
  malformed: null,
  unsupported: 501,
} as const;

export type ErrorKind = keyof typeof ERROR_KINDS;

/** A second try may succeed without anybody changing anything. */
const RETRYABLE: ReadonlySet<ErrorKind> = new Set(['rate-limited', 'offline', 'timeout', 'unavailable']);

/** One refused field: `path` as in the operation's input (`password`, `period.from`), `code` for the words, `detail` for developers. */
export interface FieldError {
  path: string;
  code: string;
  detail?: string;
}

export interface PortalErrorOptions {
  /** For developers and logs, in English; customers read words chosen by `kind` and `code`. */
  detail?: string;
  /** Narrows the kind where the words differ: `consent-required`, `wrong-credentials`… */
  code?: string;
  fields?: FieldError[];
  retryAfterSeconds?: number;
  requestId?: string;
  cause?: unknown;
}

/** The one error that adapters throw and elements show. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly kind: ErrorKind;
  readonly code: string | undefined;
  readonly fields: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;
  /** Names the request in the server's logs; shown to the customer so that support can find it. */
  readonly requestId: string | undefined;

  constructor(kind: ErrorKind, options: PortalErrorOptions = {}) {
    super(options.detail ?? kind, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.code = options.code;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.requestId = options.requestId;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }

  static from(thrown: unknown): PortalError {
    if (thrown instanceof PortalError) return thrown;
    return new PortalError('unavailable', { detail: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown });
  }
}

/** RFC 9457, media type `application/problem+json`. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail?: string;
  kind: ErrorKind;
  code?: string;
  fields?: FieldError[];
  retryAfterSeconds?: number;
  requestId?: string;
}

const TYPE_PREFIX = 'urn:oya:problem:';

export function toProblem(error: PortalError, requestId?: string): ProblemDocument {
  const id = requestId ?? error.requestId;
  return {
    type: TYPE_PREFIX + error.kind,
    title: error.kind,
    status: ERROR_KINDS[error.kind] ?? 503,
    ...(error.message !== error.kind && { detail: error.message }),
    kind: error.kind,
    ...(error.code !== undefined && { code: error.code }),
    ...(error.fields.length > 0 && { fields: [...error.fields] }),
    ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
    ...(id !== undefined && { requestId: id }),
  };
}

/**
 * Reads whatever a server answered with an error status: a problem document of ours, somebody
 * else's problem document, or anything at all. The status decides where the body says nothing.
 * @param headers what the answer's headers told; the body wins
 */
export function fromProblem(status: number, body: unknown, headers: Pick<PortalErrorOptions, 'requestId' | 'retryAfterSeconds'> = {}): PortalError {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemDocument>;
  const kind = problem.kind !== undefined && Object.hasOwn(ERROR_KINDS, problem.kind) ? problem.kind : kindOfStatus(status);
  const options: PortalErrorOptions = { ...headers, detail: typeof problem.detail === 'string' ? problem.detail : `HTTP ${status}` };
  if (typeof problem.code === 'string') options.code = problem.code;
  if (Array.isArray(problem.fields)) options.fields = problem.fields.filter(isFieldError);
  if (typeof problem.retryAfterSeconds === 'number') options.retryAfterSeconds = problem.retryAfterSeconds;
  if (typeof problem.requestId === 'string') options.requestId = problem.requestId;
  return new PortalError(kind, options);
}

function kindOfStatus(status: number): ErrorKind {
  if (status === 400) return 'invalid';
  if (status === 408 || status === 504) return 'timeout';
  const exact = (Object.keys(ERROR_KINDS) as ErrorKind[]).find((kind) => ERROR_KINDS[kind] === status);
  if (exact) return exact;
  return status >= 500 ? 'unavailable' : 'invalid';
}

function isFieldError(value: unknown): value is FieldError {
  const field = value as Partial<FieldError> | null;
  return typeof field === 'object' && field !== null && typeof field.path === 'string' && typeof field.code === 'string';
}
