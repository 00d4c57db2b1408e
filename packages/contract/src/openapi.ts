/** The OpenAPI 3.1 document of the operation table. Generated; nobody writes it by hand. */
import * as z from 'zod/mini';
import { Consent } from './consents.ts';
import { EcowattDay } from './ecowatt.ts';
import { ERROR_KINDS, type ErrorKind } from './errors.ts';
import { isRead, pathParameters, type Operation } from './operations/operation.ts';
import { operations } from './operations/table.ts';
import { packColumn } from './packed-column.ts';
import * as portal from './portal.ts';
import { Procedure } from './procedures.ts';
import { Instant, LocalDay } from './time.ts';
import { CurveSegment, EnergySeries, LoadCurve, QualityColumn, ValueColumn } from './series.ts';
import { TempoDay } from './tempo-days.ts';
import { Territory } from './territory.ts';

type JsonSchema = Record<string, unknown>;

/** Kinds that any request can end with, so that no operation repeats them. */
const ALWAYS: readonly ErrorKind[] = ['rate-limited', 'unavailable'];

const NAMED: Record<string, z.ZodMiniType> = {
  Utility: portal.Utility,
  Session: portal.Session,
  Contract: portal.Contract,
  Meter: portal.Meter,
  Consumption: portal.Consumption,
  Consent,
  Territory,
  Procedure,
  EcowattDay,
  TempoDay,
  CurveSegment,
  LoadCurve,
  EnergySeries,
};

export interface OpenApiOptions {
  version: string;
  /** Base URLs, the first being the default. */
  servers?: string[];
}

export function openApiDocument({ version, servers = [] }: OpenApiOptions): JsonSchema {
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const [name, declared] of Object.entries(operations) as [string, Operation][]) {
    (paths[declared.path] ??= {})[declared.method.toLowerCase()] = describeOperation(name, declared);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'OYA portal API',
      version,
      description: 'What an energy utility serves so that the OYA elements can show a customer portal.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    ...(servers.length > 0 && { servers: servers.map((url) => ({ url })) }),
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'session', description: 'Set by signIn; HttpOnly.' },
        token: { type: 'http', scheme: 'bearer', description: 'An access token of the OpenID Connect provider with which the site signs its customers in.' },
      },
      schemas: { ...namedSchemas(), Problem: problemSchema },
    },
  };
}

function describeOperation(name: string, declared: Operation): JsonSchema {
  const input = inlineSchema(declared.input, 'input');
  const inPath = new Set(pathParameters(declared.path));
  const properties = (input['properties'] ?? {}) as Record<string, JsonSchema>;
  const required = new Set((input['required'] ?? []) as string[]);
  const asBody = !isRead(declared) && declared.method !== 'DELETE';
  const rest = Object.keys(properties).filter((field) => !inPath.has(field));

  const parameters = [
    ...[...inPath].map((field) => ({ name: field, in: 'path', required: true, schema: properties[field] })),
    ...(asBody ? [] : rest.map((field) => ({ name: field, in: 'query', required: required.has(field), schema: properties[field] }))),
    ...(isRead(declared) ? [] : [idempotencyKey]),
  ];
  return {
    operationId: name,
    summary: declared.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(asBody && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: Object.fromEntries(rest.map((field) => [field, properties[field]])),
              required: rest.filter((field) => required.has(field)),
            },
          },
        },
      },
    }),
    responses: { '200': { description: 'Done.', content: { 'application/json': { schema: inlineSchema(declared.output, 'output') }, ...(name === 'listChanges' && eventStream) } }, ...problems(declared) },
    ...(declared.auth === 'customer' && { security: [{ session: [] }, { token: [] }] }),
  };
}

function problems(declared: Operation): JsonSchema {
  const kinds = new Set([...declared.errors, ...ALWAYS, ...(declared.auth === 'customer' ? (['unauthenticated'] as const) : [])]);
  const responses: JsonSchema = {};
  for (const kind of kinds) {
    const status = ERROR_KINDS[kind];
    if (status === null) continue;
    responses[status] = { description: kind, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  }
  return responses;
}

function registry() {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED)) named.add(schema, { id });
  return named;
}

const valueColumnSchema = {
  description: 'The numbers themselves, or, for long columns on a thin wire, the same column packed. An answer may use either in each of its columns.',
  anyOf: [
    { title: 'Numbers', type: 'array', items: { type: ['integer', 'null'] } },
    {
      title: 'Packed',
      description:
        'Three texts, one for each place of the numbers in base 64, the highest first, with a character per value: the digits 0 to 63 are the ASCII characters ' +
        '63 to 126, `?` to `~`. A missing value is the number 0, any other its value + 1; a column with negative values, or with larger ones than 262142, cannot be packed. ' +
        'In Python: `["".join(chr(63 + (n >> shift & 63)) for n in numbers) for shift in (12, 6, 0)]`.',
      type: 'array',
      items: { type: 'string', pattern: '^[?-~]*$' },
      minItems: 3,
      maxItems: 3,
      examples: [packColumn([541, null, 0])],
    },
  ],
};

const CONVERSION = {
  unrepresentable: 'any',
  uri: (id: string) => `#/components/schemas/${id}`,
  override: ({ zodSchema, jsonSchema }: { zodSchema: unknown; jsonSchema: JsonSchema }) => {
    // Readers are tolerant: an answer with fields of a later version still fits.
    delete jsonSchema['additionalProperties'];
    // A custom check is opaque to the generator: say what the column is.
    if (zodSchema === portal.Routes) Object.assign(jsonSchema, { type: 'object', additionalProperties: { type: 'string' } });
    if (zodSchema === portal.Procedures) Object.assign(jsonSchema, { type: 'array', items: { $ref: CONVERSION.uri('Procedure') } });
    if (zodSchema === Instant) jsonSchema['format'] = 'date-time';
    if (zodSchema === LocalDay) jsonSchema['format'] = 'date';
    if (zodSchema === ValueColumn) Object.assign(jsonSchema, valueColumnSchema);
    if (zodSchema === QualityColumn) jsonSchema['description'] = 'One letter per value: r real, p provisional, e estimated, i incomplete, m missing.';
  },
} as const;

function namedSchemas(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(registry(), CONVERSION);
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, tidy(schema as JsonSchema)]));
}

const INLINE = 'inline';

/** One operation's schema, pointing at the named ones. */
function inlineSchema(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const named = registry();
  named.add(schema, { id: INLINE });
  for (const [id, known] of Object.entries(NAMED)) if (known === schema) return { $ref: CONVERSION.uri(id) };
  return tidy(z.toJSONSchema(named, { ...CONVERSION, io }).schemas[INLINE] as JsonSchema);
}

function tidy({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema {
  return schema;
}

/** Of the one operation that can be followed. */
const eventStream: JsonSchema = {
  'text/event-stream': {
    schema: {
      type: 'string',
      description:
        'Server-sent events, to whoever asks for `text/event-stream`. The `data` of each is the JSON of the same answer, its `id` the cursor. The first comes at once: what changed ' +
        'after `after` (or the `Last-Event-ID` that a browser sends), or nothing and the cursor of now. A comment every 25 seconds says that the stream is alive. It ends with the session; ' +
        '`rate-limited` (`too-many-streams`) says that a customer has too many of them open: ask without it now and then.',
    },
  },
};

/** Answered as the first time to whoever sends the same write again; `conflict` (`key-reused`) for another one. */
const idempotencyKey: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Names one intent to write, at random: sent again within a day, it is done once and answered alike.',
  schema: { type: 'string', minLength: 16, maxLength: 255 },
};

const problemSchema: JsonSchema = {
  description: 'RFC 9457 problem document.',
  type: 'object',
  required: ['type', 'title', 'status', 'kind'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    kind: { enum: Object.keys(ERROR_KINDS) },
    code: { type: 'string' },
    fields: {
      type: 'array',
      items: { type: 'object', required: ['path', 'code'], properties: { path: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } } },
    },
    retryAfterSeconds: { type: 'number' },
    requestId: { type: 'string' },
  },
};
