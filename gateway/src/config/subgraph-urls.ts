import { readConfig, type Environment } from '@forge/config';
import { z } from 'zod';

const address = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });

/** Where a process of its own finds each subgraph: `SUBGRAPH_URL_<NAME>`, or the address in the supergraph. */
export function readSubgraphUrls(env: Environment, routingUrls: ReadonlyMap<string, string>): Map<string, string> {
  const variables = [...routingUrls].map(([name, url]) => [name, `SUBGRAPH_URL_${name.toUpperCase()}`, url] as const);
  const config = readConfig(z.object(Object.fromEntries(variables.map(([, variable, url]) => [variable, address.default(url)]))), env);
  return new Map(variables.map(([name, variable]) => [name, config[variable] as string]));
}
