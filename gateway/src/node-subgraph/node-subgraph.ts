import { buildSchema, execute, GraphQLError, parse } from 'graphql';
import type { AccessRules } from '../security/access/access-rules.ts';
import { nodeSubgraphName } from '../supergraph/node-schema.ts';
import type { Fetch } from '../transport/fetcher.ts';
import type { Subgraph, SubgraphContext } from '../transport/transport.ts';
import { existingNodes, type NodeId } from './existing-nodes.ts';
import { badInput, readNodeId } from './node-id.ts';
import type { NodeType } from './node-types.ts';

const maxIds = 100;

export interface NodeSubgraphOptions {
  types: readonly NodeType[];
  access: AccessRules;
  /** Asks the owners whether they have the rows, on behalf of who asks us. */
  fetch: Fetch;
}

/**
 * The subgraph that answers `Query.node`, `Query.nodes` and `Query.rateLimit`. It has no rows: it reads an id's type from its prefix, asks
 * the owner whether there is such a row for this principal, and answers with a stub or null.
 */
export function createNodeSubgraph({ types, access, fetch }: NodeSubgraphOptions): Subgraph {
  const byPrefix = new Map(types.map((each) => [each.prefix, each]));
  const schema = buildSchema([
    'interface Node { id: ID! } type Query { node(id: ID!): Node nodes(ids: [ID!]!): [Node]! rateLimit: RateLimit }',
    'scalar DateTime type RateLimit { limit: Int! cost: Int! remaining: Int! resetAt: DateTime! }',
    ...types.map(({ type }) => `type ${type} implements Node { id: ID! }`),
  ].join('\n'));

  return {
    name: nodeSubgraphName,
    // Not validated: what arrives is written by the planner, from an operation that was.
    async execute({ query, variables, operationName }, context) {
      const { data, errors } = await execute({
        schema, document: parse(query), rootValue: rootFields(context), variableValues: variables ?? null, operationName: operationName ?? null,
      });
      return { data: data ?? null, ...(errors && { errors: errors.map((error) => error.toJSON()) }) };
    },
    // It is well when the gateway is; whether the owners are, they say themselves.
    health: async () => {},
  };

  function rootFields(context: SubgraphContext) {
    const nodes = existingNodes(fetch, context);
    const grants = access.grantsOf(context.principal.scopes);
    // Before anybody is asked: who may not read a type does not learn which of its rows there are.
    const find = (id: NodeId) => {
      const needed = access.node(id.nodeType.type);
      if (!grants.allows(needed)) throw new GraphQLError(grants.refusal(needed), { extensions: { code: 'FORBIDDEN' } });
      return nodes.load(id);
    };
    return {
      rateLimit: () => rateLimitOf(context),
      node: ({ id }: { id: string }) => find(readNodeId(byPrefix, id, 'id')),
      nodes: ({ ids }: { ids: string[] }) => {
        if (ids.length > maxIds) throw badInput('ids', `has ${ids.length} ids; at most ${maxIds} are allowed`);
        return ids.map((id, i) => readNodeId(byPrefix, id, `ids[${i}]`)).map(async (id) => find(id));
      },
    };
  }
}

function rateLimitOf({ rate }: SubgraphContext) {
  // As much as was taken: no request takes less than a point.
  return rate ? { ...rate, cost: Math.max(1, Math.ceil(rate.cost)), resetAt: new Date(Date.now() + rate.resetSeconds * 1_000).toISOString() } : null;
}
