import { isNonNullType, isObjectType, Kind, parse, type FieldNode, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import { selectedFields, withDefaults } from './selected-fields.ts';
import type { SubgraphRequest, SubgraphResponse } from './transport.ts';

type Path = readonly (string | number)[];

/**
 * What a client hears when a subgraph gave no GraphQL answer: that it did not, at every place that is null for it, and
 * nothing of the inside. `schema` is the supergraph's.
 */
export function failureResponse(schema: GraphQLSchema, subgraph: string, request: SubgraphRequest, error: unknown): SubgraphResponse {
  const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
  const failure: GraphQLFormattedError = timedOut
    ? { message: `The subgraph "${subgraph}" did not answer in time.`, extensions: { code: 'TIMEOUT', subgraph } }
    : { message: `The subgraph "${subgraph}" is not available.`, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } };
  return { data: null, errors: affectedPaths(schema, request).map((path) => ({ ...failure, path })) };
}

function affectedPaths(schema: GraphQLSchema, { query, variables = {} }: SubgraphRequest): Path[] {
  const operation = parse(query, { noLocation: true }).definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
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
