import type { UserError } from './attempt.ts';
import type { Runtime } from './runtime.ts';
import { count } from './tally.ts';

const mutation = 'mutation ($input: RecordGatewayHealthInput!) { answer: recordGatewayHealth(input: $input) { userErrors { code message } } }';

/** Three of them fit into the time after which a gateway that says nothing is taken to be OFFLINE, with room to spare. */
export const reportHealthEvery = 45_000;

/** Says that a gateway is well. Said twice it does no harm. */
export async function reportHealth({ graph, tally }: Runtime, gatewayId: string): Promise<void> {
  const { answer } = await graph.ask<{ answer: { userErrors: readonly UserError[] } }>(mutation, { input: { gatewayId, status: 'HEALTHY' } });
  for (const { code, message } of answer.userErrors) count(tally.refusals, `recordGatewayHealth: ${code}, ${message}`);
}
