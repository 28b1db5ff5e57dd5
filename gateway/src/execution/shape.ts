/** The shape of a response, for one operation and one set of values of the variables that its `@skip` and `@include` look at. */
export interface ObjectShape {
  /** The object type; undefined for an object of which only an interface is known, as a subgraph has it that calls that an `@interfaceObject`. */
  readonly type: string | undefined;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  /** The response key: its alias or name. */
  readonly key: string;
  /** The key that it has in what the subgraphs answer. */
  readonly from: string;
  /** Why this principal gets null for it, if so. */
  readonly forbidden: string | undefined;
  readonly value: ValueShape;
}

/** What stands at a place of the response. */
export type ValueShape =
  | { readonly kind: 'nonNull'; readonly of: ValueShape }
  | { readonly kind: 'list'; readonly of: ValueShape }
  | { readonly kind: 'leaf'; readonly accepts: (value: unknown) => boolean }
  | { readonly kind: 'object'; readonly shape: ObjectShape }
  /** Of an interface or union, `type`: the shape depends on `__typename`. */
  | { readonly kind: 'abstract'; readonly type: string; readonly typeNames: readonly string[]; readonly shapeOf: (typeName: string) => AbstractCase }
  /** `__typename`. */
  | { readonly kind: 'typename' }
  /** `__schema` and `__type`, whose answer is there already. */
  | { readonly kind: 'introspection' };

/** An object of an abstract type: its shape, or why this principal gets null for it; undefined when no object of that type can stand there. */
export type AbstractCase = ObjectShape | { readonly forbidden: string } | undefined;
