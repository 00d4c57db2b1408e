import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiDocument } from './openapi.ts';
import { operationNames, operations } from './operations/table.ts';
import { pathParameters } from './operations/operation.ts';

const described = openApiDocument({ version: '1.0.0', servers: ['https://api.eneo.example/v1'] });

interface Described {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { content: Record<string, { schema: { required: string[] } }> };
  responses: Record<string, unknown>;
  security?: unknown;
}

function describedOperation(name: (typeof operationNames)[number]): Described {
  const { path, method } = operations[name];
  const paths = described['paths'] as Record<string, Record<string, Described>>;
  const found = paths[path]?.[method.toLowerCase()];
  assert.ok(found, `${method} ${path} is described`);
  return found;
}

describe('the operation table', () => {
  it('names each operation as the operation names itself', () => {
    for (const name of operationNames) assert.equal(operations[name].name, name);
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    // The validator changes what it is given.
    const result = await new Validator().validate(structuredClone(described));
    assert.ok(result.valid, JSON.stringify(result.errors, null, 2));
  });

  it('describes every operation of the contract under its own name', () => {
    for (const name of operationNames) assert.equal(describedOperation(name).operationId, name);
  });

  it('tells which operations need a session, and that they may refuse', () => {
    for (const name of operationNames) {
      const { security, responses } = describedOperation(name);
      assert.equal(security !== undefined, operations[name].auth === 'customer', name);
      assert.equal('401' in responses, operations[name].auth === 'customer' || (operations[name].errors as readonly string[]).includes('unauthenticated'), name);
    }
  });

  it('puts each field of an input where the adapters send it', () => {
    for (const name of operationNames) {
      const inPath = describedOperation(name).parameters?.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name) ?? [];
      assert.deepEqual(inPath, pathParameters(operations[name].path), name);
    }
    const query = describedOperation('getConsumption').parameters?.filter((parameter) => parameter.in === 'query');
    assert.deepEqual(query?.map(({ name, required }) => [name, required]), [['resolution', true], ['from', true], ['to', true], ['direction', false]]);
    assert.deepEqual(describedOperation('signIn').requestBody?.content['application/json']?.schema.required, ['login', 'password']);
  });

  it('says what stands in a column, which no schema language guesses', () => {
    const { schemas } = described['components'] as { schemas: Record<string, { properties: Record<string, { anyOf?: object[] }> }> };
    for (const name of ['CurveSegment', 'EnergySeries']) {
      const [numbers, packed] = schemas[name]?.properties['values']?.anyOf ?? [];
      assert.partialDeepStrictEqual(numbers, { type: 'array', items: { type: ['integer', 'null'] } });
      assert.partialDeepStrictEqual(packed, { type: 'array', items: { type: 'string', pattern: '^[?-~]*$' }, minItems: 3, maxItems: 3, examples: [['???', 'G??', ']?@']] });
    }
  });

  it('leaves room for fields of later versions', () => {
    assert.ok(!JSON.stringify(described).includes('additionalProperties":false'));
  });
});
