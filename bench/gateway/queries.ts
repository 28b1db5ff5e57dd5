import type { FormattedExecutionResult } from 'graphql';

/** A question that a gateway is asked over and over, each time with other variables. */
export interface BenchQuery {
  readonly name: string;
  readonly query: string;
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

const oneField = 'query OneField($id: ID!) { workflow(id: $id) { name } }';

const coreChain = `query CoreChain($id: ID!) { workflow(id: $id) { name status
  runs(first: 5) { nodes { id status startedAt totalCostCents
    stepResults(first: 5) { nodes { stepId status durationMs agent { name } tokenEvents(first: 3) { nodes { inputTokens outputTokens costCents } } } } } } } }`;

const dashboard = `query Dashboard($id: ID!) {
  workflow(id: $id) { name status createdBy { displayName } runs(first: 10) { nodes { id status startedAt totalCostCents startedBy { displayName } } } costAggregates(first: 10) { nodes { period bucketStart costCents eventCount } } }
  agents(first: 20) { nodes { name status definition { name } gateway { name status } worker { displayName } } }
  gatewayList: gateways(first: 10) { nodes { name status provider environment } }
  budgets(first: 20) { nodes { name scopeType amountCents spentCents reservedCents period } }
  factories(first: 10) { nodes { name status } }
  departments(first: 20) { nodes { name } }
}`;

type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<FormattedExecutionResult>;

/** The three questions, each about every one of the first workflows there are. */
export async function benchQueries(ask: Ask): Promise<BenchQuery[]> {
  const { data } = await ask('{ workflows(first: 20) { nodes { id } } }', {});
  const variables = (data as { workflows: { nodes: { id: string }[] } }).workflows.nodes.map(({ id }) => ({ id }));
  return [{ name: 'one field', query: oneField, variables }, { name: 'core chain', query: coreChain, variables }, { name: 'dashboard over six domains', query: dashboard, variables }];
}
