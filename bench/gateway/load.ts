import autocannon from 'autocannon';
import type { GatewayProgram } from './program.ts';
import type { BenchQuery } from './queries.ts';

export interface Measured {
  readonly requestsASecond: number;
  /** Of the gateway's process alone, in milliseconds. */
  readonly cpuARequest: number;
}

const connections = 16;

/** Asks as fast as answers come, over some connections at once, each time for the next of the variables. */
export async function load(gateway: GatewayProgram, { query, variables }: BenchQuery, seconds: number): Promise<Measured> {
  const requests = variables.map((each) => ({ method: 'POST' as const, headers: { 'content-type': 'application/json', ...gateway.headers }, body: JSON.stringify({ query, variables: each }) }));
  const before = gateway.cpuSeconds();
  let opened = 0;
  const result = await autocannon({
    url: gateway.endpoint, connections, duration: seconds,
    // Each connection begins elsewhere: the same question at the same moment is one fetch for our gateway, which is not to be measured here.
    setupClient(client) {
      const from = Math.floor((opened++ * requests.length) / connections);
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  });
  const answered = result['2xx'];
  if (answered === 0 || result.non2xx > 0 || result.errors > 0) throw new Error(`${gateway.name}: ${answered} answers, ${result.non2xx} of another status, ${result.errors} errors`);
  return { requestsASecond: answered / result.duration, cpuARequest: ((gateway.cpuSeconds() - before) * 1000) / answered };
}

/** What a gateway answers, as text. */
export async function answerOf({ endpoint, headers }: GatewayProgram, query: string, variables: Readonly<Record<string, unknown>>): Promise<string> {
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query, variables }) });
  return (await response.text()).trim();
}
