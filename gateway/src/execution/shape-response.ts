import type { GraphQLFormattedError } from 'graphql';
import { isJsonObject, own, setOwn, type JsonObject } from './json.ts';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';

/** What a client gets of an answer. */
export interface Shaped {
  readonly data: JsonObject | null;
  /** Why something is null that the subgraphs have not explained: access, or a value that the schema does not allow. */
  readonly errors: readonly GraphQLFormattedError[];
}

/**
 * Brings what was gathered into the shape that was asked for: keys in their order, nothing else, null where something is missing
 * or forbidden; null for what may not be null takes the nearest parent that may be (GraphQL specification, section 6.4.4).
 */
export function shapeResponse(gathered: JsonObject, shape: ObjectShape, introspection: JsonObject = {}): Shaped {
  const errors: GraphQLFormattedError[] = [];
  const path: (string | number)[] = [];
  return { data: objectOf(gathered, shape), errors };

  function objectOf(input: JsonObject, { type, fields }: ObjectShape): JsonObject | null {
    const output: JsonObject = {};
    for (const field of fields) {
      path.push(field.key);
      const value = fieldOf(input, type, field);
      path.pop();
      if (value === null && field.value.kind === 'nonNull') return null;
      setOwn(output, field.key, value);
    }
    return output;
  }

  function fieldOf(input: JsonObject, type: string, { key, forbidden, value }: FieldShape): unknown {
    if (forbidden !== undefined) return refuse(forbidden);
    if (value.kind === 'introspection') return own(introspection, key) ?? null;
    if (value.kind === 'nonNull' && value.of.kind === 'typename') return type;
    return valueOf(own(input, key), value);
  }

  function valueOf(value: unknown, shape: ValueShape): unknown {
    if (value === null || value === undefined) return null;
    switch (shape.kind) {
      case 'nonNull': return valueOf(value, shape.of);
      case 'leaf': return shape.accepts(value) ? value : misfit();
      case 'list': return Array.isArray(value) ? listOf(value, shape.of) : misfit();
      case 'object': return isJsonObject(value) ? objectOf(value, shape.shape) : misfit();
      case 'abstract': return isJsonObject(value) ? abstractOf(value, shape) : misfit();
      case 'typename': case 'introspection': throw new Error('these stand directly under a field');
    }
  }

  function listOf(list: readonly unknown[], of: ValueShape): unknown[] | null {
    const output: unknown[] = [];
    let whole = true;
    for (let i = 0; i < list.length; i++) {
      path.push(i);
      const item = valueOf(list[i], of);
      path.pop();
      if (item === null && of.kind === 'nonNull') whole = false;
      output.push(item);
    }
    return whole ? output : null;
  }

  function abstractOf(value: JsonObject, { shapeOf }: Extract<ValueShape, { kind: 'abstract' }>): JsonObject | null {
    const { __typename: typeName } = value;
    const found = typeof typeName === 'string' ? shapeOf(typeName) : undefined;
    if (!found) return misfit();
    return 'forbidden' in found ? refuse(found.forbidden) : objectOf(value, found);
  }

  function refuse(message: string): null {
    errors.push({ message, path: [...path], extensions: { code: 'FORBIDDEN' } });
    return null;
  }

  function misfit(): null {
    errors.push({ message: 'A subgraph answered what its schema does not allow here.', path: [...path], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    return null;
  }
}
