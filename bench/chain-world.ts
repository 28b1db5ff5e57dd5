import { newId } from '@forge/subgraph-kit';

/** Asks the graph; throws what is wrong with the operation or its input. */
export type Ask = <T>(operation: string, variables?: object) => Promise<T>;

/** What the bench runs: workflows in environments, each at a gateway of its own. */
export interface ChainWorld {
  readonly gatewayIds: readonly string[];
  readonly targets: readonly { readonly workflowId: string; readonly environment: string }[];
  readonly modelId: string;
}

export function askAt(url: string): Ask {
  return async <T>(query: string, variables: object = {}) => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as { data?: Record<string, { userErrors?: unknown[] } | null>; errors?: unknown };
    if (errors || !data || Object.values(data).some((each) => each?.userErrors?.length)) throw new Error(`${query.slice(0, 80)}: ${text.slice(0, 500)}`);
    return data as T;
  };
}

const step = (id: string, ...needs: string[]) => `  - { id: ${id}, role: worker, command: "Do ${id}.", depends_on: [${needs.join(', ')}], outputs: [text] }\n`;
const definitions = {
  'bench-chain': `steps:\n${step('first')}${step('second', 'first')}${step('third', 'second')}${step('fourth', 'third')}`,
  'bench-diamond': `steps:\n${step('top')}${step('left', 'top')}${step('right', 'top')}${step('bottom', 'left', 'right')}`,
};

/** Makes, over the graph: a price, a budget for everything, four gateways of agents that are never busy, a chain and a diamond of four steps each. */
export async function makeChainWorld(ask: Ask): Promise<ChainWorld> {
  const [modelId, workerId] = [newId('Model'), newId('Worker')];
  await ask(`mutation ($input: RecordModelPriceInput!) { recordModelPrice(input: $input) { userErrors { message } } }`,
    { input: { modelId, inputPrice: '3', outputPrice: '15', effectiveFrom: new Date(Date.now() - 86_400_000).toISOString(), source: 'bench' } });
  await ask(`mutation { createBudget(input: { name: "Everything", scopeType: GLOBAL, period: MONTHLY, amountCents: "100000000" }) { userErrors { message } } }`);

  const gateways = [1, 2, 3, 4].map((number) => ({ gatewayId: newId('Gateway'), environment: `bench-${number}` }));
  const agents = new Map<string, string>();
  for (const { gatewayId } of gateways) {
    const { syncAgents } = await ask<{ syncAgents: { agents: { id: string }[] } }>(`mutation ($input: SyncAgentsInput!) { syncAgents(input: $input) { agents { id } userErrors { message } } }`,
      { input: { gatewayId, agents: [{ agentId: 'worker', name: 'Worker', maxConcurrency: 10_000 }] } });
    agents.set(gatewayId, syncAgents.agents[0]?.id ?? '');
  }

  const targets: { workflowId: string; environment: string }[] = [];
  for (const [name, definition] of Object.entries(definitions)) {
    const { createWorkflow } = await ask<{ createWorkflow: { workflow: { id: string } } }>(`mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { workflow { id } userErrors { message } } }`,
      { input: { name, createdById: workerId } });
    const workflowId = createWorkflow.workflow.id;
    await ask(`mutation ($input: PublishWorkflowVersionInput!) { publishWorkflowVersion(input: $input) { userErrors { message } } }`, { input: { workflowId, definition } });
    await ask(`mutation ($id: ID!) { activateWorkflow(input: { id: $id }) { userErrors { message } } }`, { id: workflowId });
    for (const { gatewayId, environment } of gateways) {
      const { createDeployment } = await ask<{ createDeployment: { deployment: { id: string } } }>(`mutation ($input: CreateDeploymentInput!) { createDeployment(input: $input) { deployment { id } userErrors { message } } }`,
        { input: { workflowId, gatewayId, environment, roleBindings: { worker: agents.get(gatewayId) } } });
      await ask(`mutation ($id: ID!) { activateDeployment(input: { id: $id }) { userErrors { message } } }`, { id: createDeployment.deployment.id });
      targets.push({ workflowId, environment });
    }
  }
  return { gatewayIds: gateways.map(({ gatewayId }) => gatewayId), targets, modelId };
}
