import type { TestPlatform } from '../test-platform.ts';

/**
 * The mutations that are asked for what they answer, and not only for why they refuse. Nothing else leads to the reservation of a
 * budget and to what was recorded of a token event, nor a gateway's runtime to anything.
 */
export const fruitful = [
  'reportStepStarted', 'requestApproval', 'requestHumanInput', 'createHandoff', 'createRunArtifact', 'createStepThread', 'recordGatewayHealth', 'recordTokenEvents', 'reserveBudget',
];

const attempts = `{
  stepResults(first: 1, where: { status: { eq: RUNNING }, agentId: { isNull: false }, gatewayId: { isNull: false } }) { nodes { id stepId runId agentId gatewayId } }
  modelPrices(first: 1) { nodes { modelId } }
}`;

interface Found {
  readonly stepResults: { readonly nodes: { id: string; stepId: string; runId: string; agentId: string; gatewayId: string }[] };
  readonly modelPrices: { readonly nodes: { modelId: string }[] };
}

/** Their inputs, over an attempt that is under way, with a key each: the same again is answered as the first time. */
export async function readInputs(data: TestPlatform['data']): Promise<{ readonly gatewayId: string; readonly inputs: Readonly<Record<string, string>> }> {
  const { stepResults: { nodes: [attempt] }, modelPrices: { nodes: [price] } } = await data<Found>(attempts);
  if (!attempt || !price) throw new Error('the demo data has no attempt under way, or no prices');
  const { id, stepId, runId, agentId, gatewayId } = attempt;
  const key = 'idempotencyKey: "access"';
  const ofStep = `runId: "${runId}", stepId: "${stepId}"`;
  return {
    gatewayId,
    inputs: {
      reportStepStarted: `{ stepResultId: "${id}", callbackKey: "access" }`,
      requestApproval: `{ ${ofStep}, summary: "May I?", ${key} }`,
      requestHumanInput: `{ stepResultId: "${id}", prompt: "Well?", ${key} }`,
      createHandoff: `{ runId: "${runId}", fromStepId: "${stepId}", toStepId: "${stepId}", fromAgentId: "${agentId}", toAgentId: "${agentId}", payload: {}, ${key} }`,
      createRunArtifact: `{ ${ofStep}, name: "a.txt", mimeType: "text/plain", sizeBytes: "1", sha256: "${'0'.repeat(64)}", storageKey: "a", agentId: "${agentId}", ${key} }`,
      createStepThread: `{ ${ofStep}, threadId: "access", agentId: "${agentId}", gatewayId: "${gatewayId}", ${key} }`,
      recordGatewayHealth: `{ gatewayId: "${gatewayId}", status: HEALTHY, ${key} }`,
      recordTokenEvents: `{ events: [{ ${key}, occurredAt: "${new Date().toISOString()}", modelId: "${price.modelId}", gatewayId: "${gatewayId}", inputTokens: 1, outputTokens: 1 }] }`,
      reserveBudget: '{ reservationId: "access", amountCents: "1" }',
    },
  };
}
