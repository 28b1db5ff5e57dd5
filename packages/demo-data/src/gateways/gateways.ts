import type { Cast } from '../cast.ts';
import { makeHealthHistory } from './health.ts';
import { hexDigits, makeApiKeys, makeGlooCredentials } from './secrets.ts';
import { makeWebhooks } from './webhooks.ts';
import { after, day, hour, minute, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** A gateway as its health history needs it. */
export interface DemoGateway {
  readonly id: string;
  readonly status: 'HEALTHY' | 'DEGRADED' | 'OFFLINE';
  readonly lastSeenAt: Date | null;
  readonly row: Row;
}

/** The gateways domain: six runtimes with 90 days of health, what they may use, keys, credentials and webhooks. */
export function makeGateways(story: Story): Tables {
  const { cast } = story;
  const gateways = makeRegistry(cast);
  return {
    gatewayRegistry: gateways.map(({ row }) => row),
    gatewayHealthHistory: gateways.flatMap((gateway) => makeHealthHistory(cast, gateway)),
    gatewayModelAccess: gateways.flatMap(({ id }, g) => makeModelAccess(cast, id, g)),
    apiKeys: makeApiKeys(cast),
    glooCredentials: makeGlooCredentials(cast, gateways.map(({ id }) => id)),
    ...makeWebhooks(story),
  };
}

/** The first four are the story's, where agents and runs are; the others are on the shelf. */
const registry = [
  ['berlin-1', 'Berlin', 'OPENCLAW', 'production', 'HEALTHY', 'SELF', ['streaming', 'tools', 'vision'], 1],
  ['oslo-1', 'Oslo', 'CLAUDE_AGENT_SDK', 'production', 'HEALTHY', 'SELF', ['streaming', 'tools', 'sub-agents'], 3],
  ['austin-1', 'Austin', 'VERCEL_AI_SDK', 'production', 'DEGRADED', 'SELF', ['streaming', 'tools'], 1],
  ['osaka-1', 'Osaka', 'GLOO_AI', 'staging', 'HEALTHY', 'MANUAL', ['streaming'], 1],
  ['berlin-legacy', 'Berlin (old)', 'CUSTOM', 'production', 'OFFLINE', 'MANUAL', [], 5],
  ['lab-1', 'Laboratory', 'CLAUDE_AGENT_SDK', 'sandbox', 'OFFLINE', 'MANUAL', ['tools'], 10],
] as const;

function makeRegistry(cast: Cast): DemoGateway[] {
  const { orgId, makeId, founded, now, random, gateways } = cast;
  return registry.map(([gatewayId, name, provider, environment, status, registrationSource, capabilities, minTrustLevel], g) => {
    const createdAt = after(founded, g < gateways.length ? g * minute : (20 + g) * day);
    const id = gateways[g] ?? makeId('Gateway', createdAt);
    // The last has been entered and never started.
    const lastSeenAt = gatewayId === 'lab-1' ? null : after(now, status === 'OFFLINE' ? -3 * day - 40 * minute : -random.int(5_000, 55_000));
    const rotatedAt = g === 0 ? after(now, -6 * hour) : null;
    const row = {
      id, orgId, createdAt, updatedAt: lastSeenAt ? after(lastSeenAt, status === 'OFFLINE' ? 3 * minute : 0) : createdAt, gatewayId, name, url: `https://${gatewayId}.gateways.example.com/`, provider, environment, status, capabilities,
      tokenHash: lastSeenAt ? hexDigits(random, 64) : null, previousTokenHash: rotatedAt && hexDigits(random, 64), previousTokenExpiresAt: rotatedAt && after(rotatedAt, day),
      instanceId: registrationSource === 'SELF' ? `${gatewayId}-${hexDigits(random, 8)}` : null, registrationSource, minTrustLevel, displayOrder: g + 1, lastSeenAt,
    };
    return { id, status, lastSeenAt, row };
  });
}

const tiers = [[], ['OPERATOR', 'DEPARTMENT'], ['OPERATOR'], ['DEPARTMENT', 'PERSONAL']];

/** Each model is let in or kept out by most gateways; about the others nobody has said anything. */
function makeModelAccess({ orgId, makeId, founded, models }: Cast, gatewayId: string, g: number): Row[] {
  return models.filter((_, m) => (m + g) % 5 !== 4).map((model, m): Row => {
    const createdAt = after(founded, (13 + g) * day + m * 9 * minute);
    const allowed = (m * 3 + g) % 7 !== 6;
    return {
      id: makeId('GatewayModelAccess', createdAt), orgId, createdAt, updatedAt: after(createdAt, (m % 3) * 3 * hour), gatewayId, modelId: model.id, allowed,
      allowedTiers: allowed ? tiers[(m + g) % tiers.length] : [], requestsPerMinute: allowed && model.reasoning ? 30 * (1 + (m % 4)) : null,
    };
  });
}
