import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { boundedly, TookTooLong } from './boundedly.ts';

const dialect = 'https://json-schema.org/draft/2020-12/schema';
const mostBytes = 50_000;
const mostFaults = 100;

/** Knows what a schema is, and nothing of any stranger's. */
const dialectAjv = new Ajv2020({ allErrors: true, strict: false, logger: false });

/** What is wrong with a schema for answers (JSON Schema 2020-12); undefined when it can be used. */
export function schemaFault(schema: object): string | undefined {
  if (Buffer.byteLength(JSON.stringify(schema)) > mostBytes) return `is larger than ${mostBytes} bytes as JSON`;
  if ('$schema' in schema && schema.$schema !== dialect) return `must be in the dialect ${dialect}`;
  return tried(() => {
    if (!dialectAjv.validate(dialect, schema)) return `is not a JSON Schema: ${(dialectAjv.errors ?? []).slice(0, mostFaults).map(inWords).join('; ')}`;
    // Ajv's own: what it makes of such a schema answers later, and takes any answer for right.
    if ('$async' in schema) return 'must not use $async, which is no JSON Schema';
    validatorOf(schema);
    return undefined;
  });
}

export interface AnswerFault {
  readonly path: readonly string[];
  readonly message: string;
}

/** Every fault of an answer by its schema, the first hundred, each with the path to where it lies. */
export function answerFaults(schema: unknown, response: unknown): readonly AnswerFault[] {
  let faults: readonly AnswerFault[] = [];
  const failure = tried(() => {
    const validate = validatorOf(schema as object);
    if (!validate(response)) faults = (validate.errors ?? []).slice(0, mostFaults).map((error) => ({ path: partsOf(error.instancePath), message: error.message ?? 'does not fit' }));
    return undefined;
  });
  return failure === undefined ? faults : [{ path: [], message: `cannot be checked, since the question's responseSchema ${failure}; put the question anew with another` }];
}

/** A stranger's schema may keep us busy for ever, by patterns, references in circles, or parts that multiply: all of it is done in bounded time. */
function tried(look: () => string | undefined): string | undefined {
  try {
    return boundedly(look);
  } catch (error) {
    if (error instanceof TookTooLong) return 'takes too long to work out';
    if (error instanceof RangeError) return 'refers to itself without end, or is nested too deep';
    return `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** One for each schema: what a stranger's schema names must not meet another's. References lead nowhere outside it. */
function validatorOf(schema: object) {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false, validateSchema: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** The parts of a JSON pointer, RFC 6901. */
function partsOf(pointer: string): string[] {
  return pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function inWords({ instancePath, message }: ErrorObject): string {
  return `${instancePath || 'it'} ${message ?? 'does not fit'}`;
}
