import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { actualCost } from './actual-cost.ts';
import { compileSelections } from './compile-selections.ts';
import type { CostModel } from './cost-model.ts';
import { estimateCost, type Estimate } from './estimate-cost.ts';
import type { Variables } from './variables.ts';

/** What an operation costs, for whichever variables it comes with. */
export interface CostFormula {
  /** The most it may cost, as far as the contracts say. Takes microseconds. */
  estimate(variables: Variables): Estimate;
  /**
   * What it did cost: the same weights, with lists as long as they are in the answer. An answer that is null altogether costs
   * what was estimated, since nobody knows how far the work for it went.
   */
  actual(data: Readonly<Record<string, unknown>> | null, variables: Variables): number;
}

/** An operation of a validated document, with the document's fragments by name. */
export interface CostedOperation {
  readonly node: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * Makes the formula of an operation, once for whatever variables. What costs what is the GraphQL Cost Directive specification
 * (https://ibm.github.io/graphql-specs/cost-spec.html) as Apollo's router reads it: each object 1 and each scalar nothing, unless
 * `@cost` on the field, or else on its type, says otherwise; and its arguments for each call of a field. `model` is the
 * supergraph's; `schema` may be what clients see of it.
 */
export function compileCost(model: CostModel, schema: GraphQLSchema, operation: CostedOperation): CostFormula {
  const compiled = compileSelections(model, schema, operation);
  const estimate = estimateCost(compiled);
  return { estimate, actual: actualCost(compiled, (variables) => estimate(variables).cost) };
}
