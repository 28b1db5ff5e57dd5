/**
 * How large a document may be. Each bounds work that is done before anything is known of what the operation costs: reading
 * it, validating it, planning it.
 */
export interface ShapeLimits {
  /** Fields within fields; a fragment does not count. */
  readonly depth: number;
  /** Of an operation, those of its fragments wherever they are spread. */
  readonly aliases: number;
  readonly rootFields: number;
  /** Of an operation, and of the whole document. */
  readonly directives: number;
  readonly fragmentSpreads: number;
  /** Of all definitions together, each fragment spread wherever it is spread. */
  readonly fields: number;
  /** Fields, and what is in them, whose name was asked for before in the same place: validation compares each with each. */
  readonly repeats: number;
  /** Selection sets within selection sets, of inline fragments too: what reads a document goes down as far. */
  readonly nesting: number;
  /** Lists of the introspection types within one another, such as `fields { type { fields`. */
  readonly introspectionDepth: number;
  /** Lists of the introspection types, beside and within one another: each goes over much of the schema, whatever it costs. */
  readonly introspectionBreadth: number;
  readonly definitions: number;
  readonly operations: number;
  readonly variables: number;
  readonly listLength: number;
  readonly objectFields: number;
  /** Lists and objects within lists and objects. */
  readonly inputDepth: number;
  readonly nameLength: number;
}

/**
 * Far from what a client written in good faith needs, near enough that a document of 5,000 tokens is checked in a few
 * milliseconds. The explorer's introspection is 15 deep and has nine lists, two within one another; the deepest chain of the
 * graph, workflow to token event, is 9 deep; a page of thirty widgets has some 200 fields and 60 aliases.
 */
export const defaultShapeLimits: ShapeLimits = {
  depth: 20,
  aliases: 100,
  rootFields: 50,
  directives: 50,
  fragmentSpreads: 1_000,
  fields: 2_500,
  repeats: 500,
  nesting: 200,
  introspectionDepth: 3,
  introspectionBreadth: 20,
  definitions: 200,
  operations: 50,
  variables: 100,
  listLength: 1_000,
  objectFields: 100,
  inputDepth: 32,
  nameLength: 128,
};

/** How large the variables of a request may be. */
export interface VariableLimits {
  /** As UTF-8 in JSON, to a few bytes. */
  readonly variableBytes: number;
  /** Values of lists and of objects, all together. */
  readonly variableValues: number;
  /** Lists and objects within one another. */
  readonly variableDepth: number;
}

/**
 * Room for the largest batch, a thousand token events of sixteen fields, and more than half as much again. With twice as many values one
 * could send 50,000 objects of a key of its own each, which JSON.parse needs as many milliseconds for as a request may take in all.
 */
export const defaultVariableLimits: VariableLimits = { variableBytes: 512 * 1024, variableValues: 30_000, variableDepth: 32 };
