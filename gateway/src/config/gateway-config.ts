import { demoOrgId } from '@forge/auth';
import { readConfig, type Environment } from '@forge/config';
import { readTelemetry, telemetryVariables, type TelemetryOptions } from '@forge/telemetry';
import { z } from 'zod';
import type { GatewayOptions } from '../create-gateway.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import type { AuthOptions } from '../security/authenticate/authenticator.ts';
import { authVariables, readAuth } from './auth-config.ts';
import { documentVariables, readDocuments } from './document-config.ts';
import { limitVariables, readLimits } from './limit-config.ts';
import { serverVariables } from './server-config.ts';
import { readTransport, transportVariables } from './transport-config.ts';

export interface GatewayConfig {
  readonly host: string;
  readonly port: number;
  readonly authenticate: AuthOptions;
  readonly settings: Partial<GatewaySettings>;
  readonly rate: GatewayOptions['rate'];
  readonly telemetry: TelemetryOptions;
  /** The file of the composed supergraph, in place of the project's own. */
  readonly supergraphFile: string | undefined;
  /** NODE_ENV. */
  readonly environment: string | undefined;
}

/** What the environment says about the front door; throws an OperatorError that lists every fault. */
export function readGatewayConfig(env: Environment): GatewayConfig {
  const config = readConfig(all(serverVariables, authVariables, documentVariables, limitVariables, transportVariables(env), telemetryVariables), env);
  const limits = readLimits(config);
  const production = config.NODE_ENV === 'production';
  return {
    host: config.HOST, port: config.PORT, authenticate: readAuth(config), telemetry: readTelemetry(config), environment: config.NODE_ENV, supergraphFile: config.FORGE_SUPERGRAPH,
    settings: { introspection: !production, corsOrigins: config.FORGE_CORS_ORIGINS, adminOrgId: config.FORGE_ADMIN_ORG ?? (production ? undefined : demoOrgId), documents: readDocuments(config), ...limits.settings, ...readTransport(config) },
    rate: limits.rate,
  };
}

/** Several sets of variables as one, so that the faults of all are told at once. */
function all<A extends z.ZodType, B extends z.ZodType, C extends z.ZodType, D extends z.ZodType, E extends z.ZodType, F extends z.ZodType>(a: A, b: B, c: C, d: D, e: E, f: F) {
  return z.intersection(z.intersection(z.intersection(a, b), z.intersection(c, d)), z.intersection(e, f));
}
