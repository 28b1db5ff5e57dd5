import type { Random } from '@forge/demo-data';

/** As much of JSON Schema as questions to people need. */
interface Schema {
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** An answer such as a person might give, that fits `schema` as far as the schema uses what is said above. */
export function valueForSchema(schema: Schema | boolean | null, random: Random): unknown {
  if (schema === null || typeof schema === 'boolean') return 'yes';
  if ('const' in schema) return schema.const;
  const { enum: choices, anyOf, oneOf } = schema;
  if (choices?.length) return random.pick(choices);
  const [variant] = anyOf ?? oneOf ?? [];
  if (variant) return valueForSchema(variant, random);
  const [type = schema.properties ? 'object' : 'string'] = [schema.type ?? []].flat();
  return valueOfType(type, schema, random);
}

function valueOfType(type: string, schema: Schema, random: Random): unknown {
  const { properties = {}, items = {}, minItems = 1, minimum = Math.min(0, schema.maximum ?? 0), maximum = minimum + 100, minLength = 0, maxLength = Infinity } = schema;
  switch (type) {
    case 'object': return Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueForSchema(each, random)]));
    case 'array': return Array.from({ length: minItems }, () => valueForSchema(items, random));
    case 'integer': return random.int(Math.ceil(minimum), Math.floor(maximum));
    case 'number': return minimum + random.next() * (maximum - minimum);
    case 'boolean': return random.chance(0.5);
    case 'null': return null;
    default: return 'as discussed'.padEnd(minLength, '.').slice(0, maxLength);
  }
}
