import { createPrincipalSigner, generateKeyPair } from '@forge/auth';
import { httpTransport, type Transports } from '@forge/gateway';
import type { Subgraph } from '@forge/subgraph-kit';
import { authenticator, createSubgraphServer } from '@forge/subgraph-server';

/** Serves subgraphs of this process over HTTP, as processes of their own would, and leads to them; `close` ends the servers. */
export async function serveOverHttp(subgraphs: readonly Subgraph[]): Promise<{ transports: Transports; close(): Promise<void> }> {
  const { privateKey, publicKey } = await generateKeyPair();
  const sign = await createPrincipalSigner(privateKey);
  const served = await Promise.all(subgraphs.map(async (subgraph) => {
    const server = createSubgraphServer(subgraph, await authenticator(subgraph.name, publicKey));
    return { server, name: subgraph.name, url: `${await server.listen({ host: '127.0.0.1', port: 0 })}/graphql` };
  }));
  return {
    transports: Object.fromEntries(served.map(({ name, url }) => [name, httpTransport(url, { subgraph: name, sign })])),
    async close() {
      await Promise.all(served.map(({ server }) => server.close()));
    },
  };
}
