import { Kind, print, visit, type ConstValueNode, type DefinitionNode, type FieldNode, type ValueNode } from 'graphql';

/** The key that a field has between gateway and subgraphs; clients see it by their own. */
export type InnerKey = (field: FieldNode) => string;

const mark = '__as_';

/**
 * Gives fields keys that mean the same wherever they stand in an operation: without alias and arguments the field's name, else a
 * client's key, the mark and a number. The planner merges by key what it fetches for one path, whatever type the objects on it have,
 * and fetches keys of entities under their names beside it all: of `... on A { x { n: a } } ... on B { x { n: b } }` it would ask for one
 * `n` only, and `id: name` would take an entity's key away. It also keeps names from us that mean something else there, as `__typename: title`.
 */
export function innerKeys(definitions: readonly DefinitionNode[]): InnerKey {
  const meanings = new Map<string, string[]>();
  visit({ kind: Kind.DOCUMENT, definitions }, {
    Field(field) {
      const known = meanings.get(responseKey(field)) ?? [];
      const meaning = meaningOf(field);
      if (!known.includes(meaning)) meanings.set(responseKey(field), [...known, meaning]);
    },
  });

  return (field) => {
    const key = responseKey(field);
    const known = meanings.get(key) ?? [];
    const isPlain = key === field.name.value && !key.includes(mark) && (known.length === 1 || !field.arguments?.length);
    return isPlain ? key : `${key}${mark}${known.indexOf(meaningOf(field))}`;
  };
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** The field and its arguments, the same text however those are ordered. */
function meaningOf({ name, arguments: args = [] }: FieldNode): string {
  if (args.length === 0) return name.value;
  const sorted = args.map((each) => `${each.name.value}:${print(ordered(each.value))}`).sort();
  return `${name.value}(${sorted.join()})`;
}

function ordered(value: ValueNode | ConstValueNode): ValueNode {
  return visit(value, {
    ObjectValue: { leave: (node) => ({ ...node, fields: node.fields.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)) }) },
  });
}
