import { z } from 'zod';
import { defaultSettings, type GatewaySettings } from '../gateway-settings.ts';
import { defaultShapeLimits, defaultVariableLimits } from '../limits/shape-limits.ts';
import type { RateLimiterOptions } from '../rate-limit/rate-limiter.ts';

function whole(otherwise: number, least: number, most: number) {
  return number(least, most, `must be a whole number from ${least} to ${most}; it is ${otherwise} unless set`).default(otherwise);
}

function number(least: number, most: number, fault: string) {
  return z.coerce.number(fault).int(fault).min(least, fault).max(most, fault);
}

/** Points a minute in production, where nobody has said otherwise: five of the dearest operations, or a dashboard of 7,000 every two seconds. */
const productionRate = 250_000;
const mostPoints = 1_000_000_000;
const rateFault = `must be off, or a whole number from 1 to ${mostPoints}; unless set it is ${productionRate} with NODE_ENV=production, and off elsewhere`;
const storeFault = 'must be memory, or the postgres:// URL of a database for all replicas; it is memory unless set';

/** How much a request may ask for, and a principal in a minute. */
export const limitVariables = z.object({
  NODE_ENV: z.string().optional(),
  FORGE_MAX_BODY_BYTES: whole(defaultSettings.maxBodyBytes, 1_024, 64 * 1024 * 1024),
  FORGE_MAX_HEADER_BYTES: whole(defaultSettings.maxHeaderBytes, 1_024, 1024 * 1024),
  FORGE_MAX_VARIABLE_BYTES: whole(defaultVariableLimits.variableBytes, 1_024, 64 * 1024 * 1024),
  FORGE_MAX_TOKENS: whole(defaultSettings.maxTokens, 100, 50_000),
  // The explorer cannot read the schema with less than 15.
  FORGE_MAX_DEPTH: whole(defaultShapeLimits.depth, 1, 64),
  FORGE_MAX_ALIASES: whole(defaultShapeLimits.aliases, 0, 10_000),
  FORGE_MAX_ROOT_FIELDS: whole(defaultShapeLimits.rootFields, 1, 10_000),
  FORGE_MAX_DIRECTIVES: whole(defaultShapeLimits.directives, 0, 10_000),
  FORGE_MAX_COST: whole(defaultSettings.maxCost, 1, mostPoints),
  FORGE_TIMEOUT_MS: whole(defaultSettings.timeoutMilliseconds, 1, 600_000),
  FORGE_MAX_DELAY_MS: whole(defaultSettings.maxDelayMilliseconds, 50, 600_000),
  FORGE_MAX_IN_FLIGHT: whole(defaultSettings.maxInFlight, 1, 100_000),
  FORGE_RATE_LIMIT: z.union([z.literal('off'), number(1, mostPoints, rateFault)], rateFault).optional(),
  FORGE_RATE_LIMIT_STORE: z.union([z.literal('memory'), z.url({ protocol: /^postgres(ql)?$/, error: storeFault })], storeFault).default('memory'),
});

type Limits = Pick<GatewaySettings, 'maxBodyBytes' | 'maxHeaderBytes' | 'maxTokens' | 'shape' | 'variables' | 'maxCost' | 'timeoutMilliseconds' | 'maxDelayMilliseconds' | 'maxInFlight'>;

/** What limiter to make, if any, and the settings. No operation may cost more than anybody has in a minute: it could never be asked. */
export function readLimits(values: z.output<typeof limitVariables>): { readonly settings: Limits; readonly rate: Pick<RateLimiterOptions, 'limit' | 'store'> | undefined } {
  const limit = values.FORGE_RATE_LIMIT ?? (values.NODE_ENV === 'production' ? productionRate : 'off');
  return {
    rate: limit === 'off' ? undefined : { limit, store: values.FORGE_RATE_LIMIT_STORE },
    settings: {
      maxBodyBytes: values.FORGE_MAX_BODY_BYTES,
      maxHeaderBytes: values.FORGE_MAX_HEADER_BYTES,
      maxTokens: values.FORGE_MAX_TOKENS,
      shape: {
        ...defaultShapeLimits, depth: values.FORGE_MAX_DEPTH, aliases: values.FORGE_MAX_ALIASES, rootFields: values.FORGE_MAX_ROOT_FIELDS, directives: values.FORGE_MAX_DIRECTIVES,
      },
      variables: { ...defaultVariableLimits, variableBytes: values.FORGE_MAX_VARIABLE_BYTES },
      maxCost: limit === 'off' ? values.FORGE_MAX_COST : Math.min(values.FORGE_MAX_COST, limit),
      timeoutMilliseconds: values.FORGE_TIMEOUT_MS,
      maxDelayMilliseconds: values.FORGE_MAX_DELAY_MS,
      maxInFlight: values.FORGE_MAX_IN_FLIGHT,
    },
  };
}
