import { LRUCache } from 'lru-cache';
import type { ObjectShape } from '../execution/shape.ts';

/**
 * What has been made of the operations of a release for those who ask and the conditions they set: bounded for all together, for one
 * operation can have very many of either.
 */
export interface VariantStore {
  /** What the planner is asked for, if anything. */
  planText(key: string, make: () => string | undefined): string | undefined;
  /** `compile` tells of fields as it makes them, those too that it makes later, for types that have not been seen before. */
  shape(key: string, compile: (made: (fields: number) => void) => ObjectShape): ObjectShape;
}

export interface VariantLimits {
  /** Of all texts together, with their keys. */
  readonly maxCharacters: number;
  /** Of all shapes together; a field takes some 200 bytes. */
  readonly maxFields: number;
}

// What one takes beside its text or its fields.
const [charactersBeside, fieldsBeside] = [500, 4];

export function createVariantStore({ maxCharacters, maxFields }: VariantLimits): VariantStore {
  const texts = new LRUCache<string, { readonly text: string | undefined }>({ maxSize: maxCharacters, sizeCalculation: ({ text = '' }, { length }) => text.length + length + charactersBeside });
  const shapes = new LRUCache<string, { readonly shape: ObjectShape }>({ maxSize: maxFields });

  return {
    planText(key, make) {
      const known = texts.get(key);
      if (known) return known.text;
      const text = make();
      texts.set(key, { text });
      return text;
    },
    shape(key, compile) {
      const known = shapes.get(key);
      if (known) return known.shape;
      let size = fieldsBeside;
      const compiled: { shape?: ObjectShape } = {};
      const keep = (shape: ObjectShape) => shapes.set(key, { shape }, { size });
      compiled.shape = compile((fields) => {
        size += fields;
        if (compiled.shape && shapes.peek(key)?.shape === compiled.shape) keep(compiled.shape);
      });
      keep(compiled.shape);
      return compiled.shape;
    },
  };
}
