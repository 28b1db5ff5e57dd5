import { isEnumType, type GraphQLLeafType } from 'graphql';

/** Whether a value that a subgraph gave may stand where a type does. An enum of the API has fewer values than the subgraphs' where some are hidden. */
export function acceptsLeaf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const values = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => values.has(value);
  }
  switch (type.name) {
    case 'Int': return Number.isInteger;
    case 'Float': return (value) => typeof value === 'number';
    case 'Boolean': return (value) => typeof value === 'boolean';
    case 'String': return (value) => typeof value === 'string';
    case 'ID': return (value) => typeof value === 'string' || Number.isInteger(value);
    default: return () => true;
  }
}
