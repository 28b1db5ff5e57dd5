import type { Cast } from '../cast.ts';
import type { DemoGateway } from './gateways.ts';
import { after, day, hour, type Row } from '../rows.ts';

const kept = 90 * day;
/** Reports come every minute; kept here is one in six hours, and of the last two days one an hour. */
const coarse = 6 * hour;
const fine = hour;
const recent = 2 * day;

/** How a gateway has fared in the last 90 days, oldest first, up to what its row says now. */
export function makeHealthHistory(cast: Cast, gateway: DemoGateway): Row[] {
  const { now } = cast;
  const { lastSeenAt, status } = gateway;
  if (!lastSeenAt) return [];
  const times: Date[] = [];
  for (let age = kept - hour; age > 0; age -= age > recent ? coarse : fine) times.push(after(now, -age));
  const rows = times.filter((time) => time < lastSeenAt).map((time) => check(cast, gateway, time, moodOf(cast)));
  const last = check(cast, gateway, lastSeenAt, status === 'OFFLINE' ? 'HEALTHY' : status);
  // Three minutes without a report, and the platform says so.
  const silence = status === 'OFFLINE' ? [check(cast, gateway, after(lastSeenAt, 3 * 60_000), 'OFFLINE')] : [];
  return [...rows, last, ...silence];
}

function moodOf({ random }: Cast): DemoGateway['status'] {
  return random.chance(0.95) ? 'HEALTHY' : random.chance(0.7) ? 'DEGRADED' : 'OFFLINE';
}

const complaints = {
  HEALTHY: [null],
  DEGRADED: ['answers slowly: 95th percentile above 2 s', 'the provider limits the rate of calls', 'one of two workers restarts'],
  OFFLINE: ['no health report for 3 minutes', 'connection refused'],
};

function check({ orgId, makeId, random }: Cast, { id: gatewayId }: DemoGateway, checkedAt: Date, status: DemoGateway['status']): Row {
  return {
    id: makeId('GatewayHealthCheck', checkedAt), orgId, createdAt: checkedAt, gatewayId, status, checkedAt,
    latencyMs: status === 'OFFLINE' ? null : status === 'HEALTHY' ? random.int(18, 220) : random.int(900, 4_800), message: random.pick<string | null>(complaints[status]),
  };
}
