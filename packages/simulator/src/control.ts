/** What whoever tests or shows the portal can do to the services: by code, and by `POST /control` on this machine. */
import { ConsentFailure, LocalDay } from '@oya/contract';
import * as z from 'zod/mini';
import type { Answer, Request } from './answer.ts';
import type { DataWeather } from './households.ts';
import type { Decision, OperatorConsent } from './operator.ts';
import { FAILURES, SERVICES, type Service, type ServiceWeather } from './weather.ts';

const count = z.nullable(z.int().check(z.minimum(0)));
const point = z.optional(z.string());

/** What is changed; the rest stays. */
const ServiceChange = z.strictObject({
  latencyMs: z.optional(z.int().check(z.minimum(0), z.maximum(120_000))),
  callsPerMinute: z.optional(count),
  callsPerDay: z.optional(count),
  failing: z.optional(z.nullable(z.strictObject({ as: z.enum(FAILURES), next: z._default(z.nullable(z.int().check(z.minimum(1))), null) }))),
  failShare: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  refusesTokens: z.optional(z.boolean()),
});
const DataChange = z.strictObject({
  holes: z.optional(z.array(z.strictObject({ deliveryPoint: point, from: LocalDay, to: LocalDay }))),
  late: z.optional(z.array(z.strictObject({ deliveryPoint: point, hours: z.number().check(z.minimum(0)) }))),
  estimatedDays: z.optional(z.int().check(z.minimum(0), z.maximum(365))),
});
const OperatorChange = z.strictObject({
  decideAfterMs: z.optional(z.int().check(z.minimum(0))),
  hold: z.optional(z.strictObject({ deliveryPoint: z.string(), isHeld: z._default(z.boolean(), true) })),
  refuse: z.optional(z.strictObject({ deliveryPoint: z.string(), reason: z.nullable(ConsentFailure) })),
  decide: z.optional(z.strictObject({ id: z.string(), decision: z.union([z.enum(['active', 'hold']), ConsentFailure]) })),
});
const Change = z.strictObject({
  services: z.optional(z.partialRecord(z.enum(SERVICES), ServiceChange)),
  data: z.optional(DataChange),
  operator: z.optional(OperatorChange),
  /** Every token that was given ends now. */
  endTokens: z.optional(z.boolean()),
});
type Change = z.input<typeof Change>;

export interface ControlState {
  readonly services: Readonly<Record<Service, ServiceWeather>>;
  readonly data: DataWeather;
  readonly operator: { readonly decideAfterMs: number; readonly consents: readonly OperatorConsent[] };
  /** The last requests, the newest first. */
  readonly asked: readonly AskedRequest[];
}

export interface AskedRequest {
  readonly at: string;
  readonly service: Service;
  readonly path: string;
  /** `null`: the connection was cut, or nothing came. */
  readonly status: number | null;
}

export interface Control {
  readonly state: ControlState;
  /** @throws z.core.$ZodError for what is no change */
  change(change: Change): void;
  /** @returns whether there is a consent of that id that waits */
  decide(id: string, decision: Decision): boolean;
}

/** Only JSON is taken, so that no page of another site can change anything without being asked first. */
export function answerControl({ method, headers, body }: Request, control: Control): Answer {
  if (method === 'GET') return { status: 200, headers: { 'cache-control': 'no-store' }, body: control.state };
  if (method !== 'POST') return { status: 405, body: { error: 'GET tells how things stand, POST changes them' } };
  if (!/^application\/json\b/.test(headers['content-type'] ?? '')) return { status: 415, body: { error: 'send application/json' } };
  let given: unknown;
  try {
    given = JSON.parse(body);
  } catch {
    return { status: 400, body: { error: 'this is no JSON' } };
  }
  const change = Change.safeParse(given);
  if (!change.success) return { status: 422, body: { error: change.error.issues.map(describe).join('\n') } };
  const decision = change.data.operator?.decide;
  const isKnown = !decision || control.state.operator.consents.some(({ id, state }) => id === decision.id && state === 'pending');
  if (!isKnown) return { status: 409, body: { error: `no consent ${decision?.id} waits any more` } };
  control.change(given as Change);
  return { status: 200, headers: { 'cache-control': 'no-store' }, body: control.state };
}

/** Where in the change it stands, and what is wrong. */
function describe(issue: z.core.$ZodIssue): string {
  const at = issue.path.map(String).join('.') || 'the change';
  if (issue.code === 'unrecognized_keys') return `${at}: there is no ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_value') return `${at}: write one of ${issue.values.map(String).join(', ')}`;
  return `${at}: ${issue.code.replaceAll('_', ' ')}`;
}

export { Change as ControlChange };
