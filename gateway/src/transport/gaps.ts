import { isNonNullType, isObjectType, Kind, parse, type FieldNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { selectedFields, withDefaults } from './selected-fields.ts';
import type { SubgraphOperation } from './transport.ts';

export type Path = readonly (string | number)[];

/** Finds every place that is null for an operation that was not answered. `schema` is the supergraph's. */
export function gapFinder(schema: GraphQLSchema): (operation: SubgraphOperation) => Path[] {
  // A subgraph that is down is asked the same again and again; reading the text is most of the work.
  const operations = new LRUCache<string, OperationDefinitionNode>({ max: 200 });

  return ({ query, variables = {} }) => {
    const operation = read(query);
    if (!operation) return [];
    const values = withDefaults(operation, variables);
    const fieldsOf = (typeName: string, { selectionSet }: Pick<FieldNode, 'selectionSet'>) => selectedFields(schema, typeName, selectionSet?.selections ?? [], values);

    const roots = fieldsOf(schema.getRootType(operation.operation)?.name ?? '', operation);
    const [root] = roots;
    const representations = variables['representations'];
    if (root?.name.value !== '_entities' || !Array.isArray(representations)) return roots.map((field) => [keyOf(field)]);
    return (representations as Representation[]).flatMap((representation, i) => {
      return missingIn(schema, representation, fieldsOf(representation.__typename, root)).map((path): Path => ['_entities', i, ...path]);
    });
  };

  function read(query: string): OperationDefinitionNode | undefined {
    const known = operations.get(query);
    if (known) return known;
    const operation = parse(query, { noLocation: true }).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
    if (operation) operations.set(query, operation);
    return operation;
  }
}

interface Representation {
  readonly __typename: string;
}

/**
 * Where an entity has gaps when its `fields` are not there: at each of them; or as a whole, when one of them may not be
 * null or nothing was asked but whether it exists.
 */
function missingIn(schema: GraphQLSchema, representation: Representation, fields: readonly FieldNode[]): Path[] {
  const type = schema.getType(representation.__typename);
  const known = isObjectType(type) ? type.getFields() : {};
  const missing = fields.filter((field) => !Object.hasOwn(representation, keyOf(field)));
  const takesTheWhole = missing.some(({ name }) => isNonNullType(known[name.value]?.type));
  return takesTheWhole || missing.length === 0 ? [[]] : [...new Set(missing.map(keyOf))].map((key) => [key]);
}

function keyOf({ name, alias }: FieldNode): string {
  // Where two selections do not go together the planner gives one an alias, which it takes back from data, not from errors.
  return (alias ?? name).value.replace(/__alias_\d+$/, '');
}
