/** `WEBHOOKS.md`: what a utility's team needs to receive webhooks, with each event as it is declared. */
import * as z from 'zod/mini';
import { WEBHOOK_EVENTS, WEBHOOK_TYPES } from './events.ts';

const OUTSIDE = `# Webhooks

A system of the utility (CRM, billing, messaging) hears of what customers do in the portal as it happens. The portal sends
[Standard Webhooks](https://www.standardwebhooks.com): any of their libraries verifies them.

    npm run webhooks -- add --tenant eneo --url https://crm.eneo.example/webhooks --events 'payment.*,consent.*'

prints the secret once. \`npm run webhooks -- --help\` says the rest: list, pause, resume, rotate, deliveries, resend, test.

## What is sent
A \`POST\` with a JSON body: \`{"type": "payment.succeeded", "timestamp": "2026-11-24T08:00:00.000Z", "data": {…}}\`.
\`timestamp\` is when it happened. \`data\` holds ids, states, days and amounts in cents; no names, addresses or words of customers.

| header | |
|---|---|
| \`webhook-id\` | the event: the same however often it is sent |
| \`webhook-timestamp\` | when this attempt was sent, in seconds since 1970: refuse what is older than five minutes |
| \`webhook-signature\` | \`v1,\` and the HMAC-SHA-256, in base64, of \`<webhook-id>.<webhook-timestamp>.<body>\`; the key is what stands in base64 after \`whsec_\`. During a rotation there are two, with a space between them: one that fits is enough |

## What a receiver does
- Verify the signature over the bytes of the body, before parsing them.
- Answer with any 2xx within 15 seconds, and do the work afterwards. Redirects are not followed; what else is answered counts as a failure.
- Keep the ids of the last days and do nothing when one comes again: an event is sent at least once.
- What is about one contract comes in its order, one event at a time, unless one of them was refused four times: then the later ones pass it.
- Take fields and events that are not on this page: more may come.

What fails is sent again after about 1, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours, later where \`Retry-After\` says so; then it
is given up, and \`resend\` sends it once more. While an endpoint is down (5xx, 408, 429 or no answer) it gets one event a minute at most. One that takes nothing for
three days is suspended: \`list\` says why, what happens meanwhile waits, and \`resume\` sends it. Everything is kept for 30 days.
Who answers 410 is told nothing any more.

Only \`https\` is sent to, and no private address, unless it was added with \`--allow-private\`.

## Events
\`--events\` takes types, groups such as \`payment.*\`, and \`*\`.
`;

export function webhooksPage(): string {
  return `${OUTSIDE}${WEBHOOK_TYPES.map(eventText).join('')}`;
}

function eventText(type: (typeof WEBHOOK_TYPES)[number]): string {
  const { about, data, example } = WEBHOOK_EVENTS[type];
  const schema = z.toJSONSchema(data, { io: 'output', unrepresentable: 'any' }) as { properties: Record<string, JsonField>; required?: string[] };
  const rows = Object.entries(schema.properties).map(([name, field]) => `| \`${name}\` | ${fieldText(field)} | ${schema.required?.includes(name) ? '' : 'may be absent'} |\n`);
  return `\n### ${type}\n${about}\n\n| data | | |\n|---|---|---|\n${rows.join('')}\n\`\`\`json\n${JSON.stringify(example)}\n\`\`\`\n`;
}

interface JsonField {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly items?: JsonField;
}

function fieldText({ type, enum: options, items }: JsonField): string {
  if (options) return options.map((option) => `\`${option}\``).join(', ');
  return type === 'array' && items ? `list of ${fieldText(items)}` : (type ?? 'text');
}
