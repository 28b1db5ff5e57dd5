import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrincipalSigner } from '@forge/auth';
import { announceReady, runMain } from '@forge/process';
import { startTelemetry } from '@forge/telemetry';
import { readGatewayConfig } from './config/gateway-config.ts';
import { readSigningKey } from './config/signing-key.ts';
import { readSubgraphUrls } from './config/subgraph-urls.ts';
import { createGateway } from './create-gateway.ts';
import { transportsOverHttp } from './transport/transports-over-http.ts';

const folder = join(import.meta.dirname, '..');

// A gateway in a process of its own, its subgraphs over HTTP.
await runMain(async ({ asked, onStop }) => {
  const { host, port, settings, telemetry: seen, environment, supergraphFile: file = join(folder, 'supergraph.graphql'), ...config } = readGatewayConfig(process.env);
  const sign = await createPrincipalSigner(readSigningKey(process.env));
  const transports = transportsOverHttp({ urlOf: readSubgraphUrls(process.env), sign });
  const telemetry = await startTelemetry(seen, { name: 'forge-gateway', environment });
  onStop(() => telemetry.stop());

  const supergraphSdl = readFileSync(file, 'utf8');
  const { logger, registry } = telemetry;
  const gateway = await createGateway({
    ...settings, ...config, supergraphSdl, transports, logger, registry, watched: { file, inUse: supergraphSdl }, listFile: join(folder, 'supergraph.yaml'),
  });
  onStop(() => gateway.close());
  asked.throwIfAborted();
  const address = `${await gateway.listen({ host, port })}/graphql`;
  announceReady(`The gateway is ready: ${address}`, address);
});
