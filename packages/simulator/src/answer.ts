/** What a request is, and what it is answered with. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  /** Sent as it is; JSON of anything else. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NDJSON = { 'content-type': 'application/x-ndjson; charset=utf-8' };
export const NO_CONTENT: Answer = { status: 204 };

export function ndjson(records: readonly unknown[], status = 200): Answer {
  return { status, headers: NDJSON, body: records.map((record) => `${JSON.stringify(record)}\n`).join('') };
}

export function textOf({ body }: Answer): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body, null, 2);
}
