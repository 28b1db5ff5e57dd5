import { jsonObject } from '@forge/subgraph-kit';
import { Ajv, type AnySchemaObject, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

const options = { allErrors: true, strict: false, logger: false } as const;
// Only held against their meta-schemas, never compiled: a schema comes from a client, and compiling one makes code of it.
const drafts = new Map<unknown, Ajv | Ajv2020>([
  ['https://json-schema.org/draft/2020-12/schema', new Ajv2020(options)],
  ['http://json-schema.org/draft-07/schema#', new Ajv(options)],
]);
const [newest] = drafts.keys();
const maxFaults = 10;

/** A JSON Schema that is one by the meta-schema that its $schema names: draft 2020-12, also without a $schema, or draft 7. */
export const jsonSchema = jsonObject().superRefine((schema, issues) => {
  // jsonObject() has told that it is none.
  if (typeof schema !== 'object' || Array.isArray(schema)) return;
  for (const [pointer, messages] of faultsOf(schema).slice(0, maxFaults)) {
    issues.addIssue({ code: 'custom', path: pathOf(pointer), message: messages.join(', or ') });
  }
});

/** What is wrong at each place of a schema. */
function faultsOf(schema: AnySchemaObject): [pointer: string, messages: string[]][] {
  const ajv = drafts.get(schema.$schema ?? newest);
  if (!ajv) return [['/$schema', [`must be ${[...drafts.keys()].join(' or ')}`]]];
  if (ajv.validateSchema(schema) === true) return [];
  // Of an anyOf, what each of its branches says is enough.
  const errors = (ajv.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf');
  return [...Map.groupBy(errors, ({ instancePath }) => instancePath)].map(([pointer, own]) => [pointer, [...new Set(own.map(messageOf))]]);
}

function messageOf({ keyword, message = 'is not as JSON Schema has it', params }: ErrorObject): string {
  return keyword === 'enum' ? `must be one of ${(params as { allowedValues: unknown[] }).allowedValues.join(', ')}` : message;
}

/** RFC 6901. */
function pathOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
