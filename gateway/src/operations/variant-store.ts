import { LRUCache } from 'lru-cache';
import type { ObjectShape } from '../execution/shape.ts';

/** An operation as one group of principals gets it: those whose scopes open the same parts of it. */
export interface Variant {
  /** What subgraphs are asked for, for the planner; undefined when nothing is. */
  readonly planText: string | undefined;
  /** The shape of the response, by the values of the variables in `@skip` and `@include`. */
  shape(variables: Readonly<Record<string, unknown>>): ObjectShape;
}

/** The variants and shapes of all operations of a release: bounded together, for one operation can have very many of either. */
export interface VariantStore {
  variant(key: string, make: () => Variant): Variant;
  /** `compile` tells of fields as it makes them, those too that it makes later, for types that have not been seen before. */
  shape(key: string, compile: (made: (fields: number) => void) => ObjectShape): ObjectShape;
}

export interface VariantLimits {
  /** Of the texts of variants together, each counted with what goes with it. */
  readonly maxCharacters: number;
  /** Of all shapes together; a field takes some 200 bytes. */
  readonly maxFields: number;
}

const defaultLimits: VariantLimits = { maxCharacters: 16 * 1024 * 1024, maxFields: 250_000 };
// What a variant or a shape takes beside its text or fields, in characters and in fields.
const charactersBeside = 1_000;
const fieldsBeside = 4;

export function createVariantStore({ maxCharacters, maxFields }: VariantLimits = defaultLimits): VariantStore {
  const variants = new LRUCache<string, Variant>({ maxSize: maxCharacters, sizeCalculation: ({ planText = '' }, { length }) => planText.length + length + charactersBeside });
  const shapes = new LRUCache<string, ObjectShape>({ maxSize: maxFields });

  return {
    variant(key, make) {
      const known = variants.get(key);
      if (known) return known;
      const variant = make();
      variants.set(key, variant);
      return variant;
    },
    shape(key, compile) {
      const known = shapes.get(key);
      if (known) return known;
      let size = fieldsBeside;
      let shape: ObjectShape | undefined;
      shape = compile((fields) => {
        size += fields;
        if (shape && shapes.peek(key) === shape) shapes.set(key, shape, { size });
      });
      shapes.set(key, shape, { size });
      return shape;
    },
  };
}
