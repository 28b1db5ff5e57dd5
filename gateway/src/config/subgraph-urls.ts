import { readConfig, type Environment } from '@forge/config';
import { z } from 'zod';

const prefix = 'SUBGRAPH_URL_';
const address = z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' });

/** Where a gateway in a process of its own finds a subgraph: `SUBGRAPH_URL_<NAME>`, or the address in the supergraph. */
export function readSubgraphUrls(env: Environment): (subgraph: { readonly name: string; readonly url: string }) => string {
  const variables = Object.keys(env).filter((name) => name.startsWith(prefix));
  const config = readConfig(z.object(Object.fromEntries(variables.map((variable) => [variable, address.optional()]))), env);
  return ({ name, url }) => config[`${prefix}${name.toUpperCase()}`] ?? url;
}
