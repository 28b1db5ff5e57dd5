import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrincipalSigner } from '@forge/auth';
import { readConfig } from '@forge/config';
import { announceReady, runMain } from '@forge/process';
import { pino } from 'pino';
import { z } from 'zod';
import { readGatewayConfig } from './config/gateway-config.ts';
import { readSubgraphUrls } from './config/subgraph-urls.ts';
import { createGateway } from './create-gateway.ts';
import { loadSupergraph } from './supergraph/load.ts';
import { nodeSubgraphName } from './supergraph/node-schema.ts';
import { httpTransport } from './transport/http-transport.ts';

// A gateway in a process of its own, its subgraphs over HTTP.
await runMain(async ({ asked, onStop }) => {
  const { host, port, ...config } = readGatewayConfig(process.env);
  const { FORGE_GATEWAY_PRIVATE_KEY } = readConfig(z.object({ FORGE_GATEWAY_PRIVATE_KEY: z.string('is not set; it signs who is asking, for the subgraphs') }), process.env);
  const supergraphSdl = readFileSync(join(import.meta.dirname, '../supergraph.graphql'), 'utf8');
  const routingUrls = new Map(loadSupergraph(supergraphSdl).subgraphs.filter(({ name }) => name !== nodeSubgraphName).map(({ name, url }) => [name, url]));
  const sign = await createPrincipalSigner(FORGE_GATEWAY_PRIVATE_KEY);
  const transports = Object.fromEntries([...readSubgraphUrls(process.env, routingUrls)].map(([subgraph, url]) => [subgraph, httpTransport(url, { subgraph, sign })]));

  const gateway = await createGateway({ ...config, supergraphSdl, transports, logger: pino() });
  onStop(() => gateway.close());
  asked.throwIfAborted();
  const address = `${await gateway.listen({ host, port })}/graphql`;
  announceReady(`The gateway is ready: ${address}`, address);
});
