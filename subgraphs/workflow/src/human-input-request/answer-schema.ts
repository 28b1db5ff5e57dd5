import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const mostBytes = 50_000;

/** What is wrong with a schema for answers (JSON Schema 2020-12); undefined when it can be used. */
export function schemaFault(schema: unknown): string | undefined {
  if (Buffer.byteLength(JSON.stringify(schema)) > mostBytes) return `is larger than ${mostBytes} bytes as JSON`;
  const ajv = compiler();
  if (!ajv.validateSchema(schema as object)) return `is not a JSON Schema: ${(ajv.errors ?? []).map(inWords).join('; ')}`;
  try {
    ajv.compile(schema as object);
    return undefined;
  } catch (error) {
    return `cannot be used: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Every fault of an answer by its schema, each with the path to where it lies. */
export function answerFaults(schema: unknown, response: unknown): { path: string[]; message: string }[] {
  const validate = compiler().compile(schema as object);
  if (validate(response)) return [];
  return (validate.errors ?? []).map((error) => ({ path: error.instancePath.split('/').slice(1), message: error.message ?? 'does not fit' }));
}

/** One for each schema: what a stranger's schema names must not meet another's. */
function compiler(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: false, logger: false });
  addFormats.default(ajv);
  return ajv;
}

function inWords({ instancePath, message }: ErrorObject): string {
  return `${instancePath || 'it'} ${message ?? 'does not fit'}`;
}
