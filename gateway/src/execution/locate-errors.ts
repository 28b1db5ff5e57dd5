import type { GraphQLFormattedError } from 'graphql';
import type { ResponsePath } from './entities.ts';
import { isJsonObject, own, type JsonObject } from './json.ts';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';

/**
 * The errors of subgraphs as the client can place them: by its own keys, and as far down as it asked; what only keys and `@requires`
 * need, which may not even be for clients to see, it did not. Those at and below what is refused are left out: the refusal explains that.
 */
export function locateErrors(errors: readonly GraphQLFormattedError[], shape: ObjectShape, gathered: JsonObject): GraphQLFormattedError[] {
  return errors.flatMap(({ path, ...error }) => {
    const place = path && locate(path, shape, gathered);
    if (place === 'refused') return [];
    return place && place.length > 0 ? [{ ...error, path: place }] : [error];
  });
}

function locate(path: ResponsePath, shape: ObjectShape, gathered: JsonObject): ResponsePath | 'refused' {
  const place: (string | number)[] = [];
  let at: ValueShape = { kind: 'object', shape };
  let value: unknown = gathered;
  for (const step of path) {
    if (typeof step === 'number') {
      if (at.kind !== 'list') break;
      value = Array.isArray(value) ? (value[step] as unknown) : undefined;
      at = nullable(at.of);
      place.push(step);
    } else {
      const field = fieldAt(at, step, value);
      if (field === 'refused' || field?.forbidden !== undefined) return 'refused';
      if (!field) break;
      value = isJsonObject(value) ? own(value, step) : undefined;
      at = nullable(field.value);
      place.push(field.key);
    }
  }
  return place;
}

function fieldAt(at: ValueShape, from: string, value: unknown): FieldShape | 'refused' | undefined {
  for (const shape of shapesOf(at, value)) {
    if ('forbidden' in shape) return 'refused';
    const field = shape.fields.find((each) => each.from === from);
    if (field) return field;
  }
  return undefined;
}

/** What an object may be. One that has not come, because of this very error, may be anything that can stand there. */
function shapesOf(at: ValueShape, value: unknown): (ObjectShape | { readonly forbidden: string })[] {
  if (at.kind === 'object') return [at.shape];
  if (at.kind !== 'abstract') return [];
  const typeName = isJsonObject(value) ? value['__typename'] : undefined;
  if (typeof typeName === 'string') return [at.shapeOf(typeName)].filter((each) => each !== undefined);
  return at.typeNames.map(at.shapeOf).filter((each) => each !== undefined && !('forbidden' in each)) as ObjectShape[];
}

function nullable(shape: ValueShape): ValueShape {
  return shape.kind === 'nonNull' ? shape.of : shape;
}
