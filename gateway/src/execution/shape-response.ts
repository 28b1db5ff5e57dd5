import type { GraphQLFormattedError } from 'graphql';
import { isJsonObject, own, setOwn, type JsonObject } from './json.ts';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';

/** What a client gets of an answer. */
export interface Shaped {
  readonly data: JsonObject | null;
  /** Why something is null that the subgraphs have not explained: access, or a value that the schema does not allow. */
  readonly errors: readonly GraphQLFormattedError[];
}

type Step = string | number;

/**
 * Brings what was gathered into the shape that was asked for: keys in their order, nothing else, null where something is missing
 * or forbidden; null for what may not be null takes the nearest parent that may be (GraphQL specification, section 6.4.4).
 */
export function shapeResponse(gathered: JsonObject, shape: ObjectShape, introspection: JsonObject = {}): Shaped {
  const errors: GraphQLFormattedError[] = [];
  // Of what stands at `step` the parent: leaves need no path but for an error.
  const path: Step[] = [];
  return { data: objectOf(gathered, shape), errors };

  function objectOf(input: JsonObject, { type, fields }: ObjectShape): JsonObject | null {
    const output: JsonObject = {};
    for (const field of fields) {
      const value = fieldOf(input, type, field);
      if (value === null && field.value.kind === 'nonNull') return null;
      setOwn(output, field.key, value);
    }
    return output;
  }

  function fieldOf(input: JsonObject, type: string | undefined, { key, from, forbidden, value }: FieldShape): unknown {
    if (forbidden !== undefined) return refuse(forbidden, key);
    if (value.kind === 'introspection') return own(introspection, key) ?? null;
    if (value.kind === 'nonNull' && value.of.kind === 'typename') return type ?? null;
    return valueOf(own(input, from), value, key);
  }

  function valueOf(value: unknown, shape: ValueShape, step: Step): unknown {
    if (value === null || value === undefined) return null;
    switch (shape.kind) {
      case 'nonNull': return valueOf(value, shape.of, step);
      case 'leaf': return shape.accepts(value) ? value : misfit(step);
      case 'list': return Array.isArray(value) ? listOf(value, shape.of, step) : misfit(step);
      case 'object': return isJsonObject(value) ? within(step, value, shape.shape) : misfit(step);
      case 'abstract': return isJsonObject(value) ? abstractOf(value, shape, step) : misfit(step);
      case 'typename': case 'introspection': throw new Error('these stand directly under a field');
    }
  }

  function within(step: Step, value: JsonObject, shape: ObjectShape): JsonObject | null {
    path.push(step);
    const output = objectOf(value, shape);
    path.pop();
    return output;
  }

  function listOf(list: readonly unknown[], of: ValueShape, step: Step): unknown[] | null {
    const output: unknown[] = [];
    let whole = true;
    path.push(step);
    for (let i = 0; i < list.length; i++) {
      const item = valueOf(list[i], of, i);
      if (item === null && of.kind === 'nonNull') whole = false;
      output.push(item);
    }
    path.pop();
    return whole ? output : null;
  }

  function abstractOf(value: JsonObject, { type, shapeOf }: Extract<ValueShape, { kind: 'abstract' }>, step: Step): JsonObject | null {
    // A subgraph to which an interface is one type, an `@interfaceObject`, need not have been asked which it is.
    const { __typename: typeName = type } = value;
    const found = typeof typeName === 'string' ? shapeOf(typeName) : undefined;
    if (!found) return misfit(step);
    return 'forbidden' in found ? refuse(found.forbidden, step) : within(step, value, found);
  }

  function refuse(message: string, step: Step): null {
    errors.push({ message, path: [...path, step], extensions: { code: 'FORBIDDEN' } });
    return null;
  }

  function misfit(step: Step): null {
    errors.push({ message: 'A subgraph answered what its schema does not allow here.', path: [...path, step], extensions: { code: 'INTERNAL_SERVER_ERROR' } });
    return null;
  }
}
