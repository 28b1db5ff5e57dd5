import type { ConnectionArguments } from '@forge/subgraph-kit';
import type { CostAggregateScopeType } from '../generated/graphql.ts';

/** The arguments of a list of aggregates, narrowed to one type of scope: a scopeId alone does not say of what. */
export function ofScope(scopeType: CostAggregateScopeType, args: ConnectionArguments): ConnectionArguments {
  const scope = { scopeType: { eq: scopeType } };
  return { ...args, where: args.where ? { AND: [args.where, scope] } : scope };
}
