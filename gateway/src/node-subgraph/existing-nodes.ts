import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import type { Fetch } from '../transport/fetcher.ts';
import type { SubgraphContext } from '../transport/transport.ts';
import type { NodeType } from './node-types.ts';

/** A row that exists: enough for the executor to ask its owner for the rest. */
export interface NodeStub {
  readonly __typename: string;
  readonly id: string;
}

export interface NodeId {
  readonly id: string;
  readonly nodeType: NodeType;
}

/** Finds out which rows there are, for one request: one question to each owner for all ids that come up together. */
export function existingNodes(fetch: Fetch, context: SubgraphContext) {
  return new DataLoader<NodeId, NodeStub | null, string>(async (wanted) => {
    const byOwner = Map.groupBy(wanted, ({ nodeType }) => nodeType.owner);
    const found = new Map<string, NodeStub | null | Error>();
    await Promise.all([...byOwner].map(async ([owner, ids]) => {
      const answers = await askOwner(fetch, owner, ids, context);
      ids.forEach(({ id }, i) => found.set(id, answers[i] ?? null));
    }));
    return wanted.map(({ id }) => found.get(id) ?? null);
  }, { cacheKeyFn: ({ id }) => id });
}

async function askOwner(fetch: Fetch, owner: string, ids: readonly NodeId[], context: SubgraphContext) {
  const types = [...new Set(ids.map(({ nodeType }) => nodeType.type))].sort();
  const representations = ids.map(({ id, nodeType }) => ({ __typename: nodeType.type, id }));
  // The id and not only __typename: a subgraph may know that without looking for the row.
  const query = `query ExistingNodes($representations: [_Any!]!) { _entities(representations: $representations) { __typename ${types.map((type) => `... on ${type} { id }`).join(' ')} } }`;
  const { data, errors = [] } = await fetch(owner, { kind: 'query', query, operationName: 'ExistingNodes', variables: { representations } }, context);

  const entities = Array.isArray(data?.['_entities']) ? (data['_entities'] as ({ id?: unknown } | null)[]) : [];
  return representations.map((stub, i): NodeStub | null | Error => {
    const error = errors.find(({ path }) => path?.[1] === i || path === undefined);
    if (error) return new GraphQLError(error.message, { extensions: error.extensions ?? null });
    return entities[i]?.id === stub.id ? stub : null;
  });
}
