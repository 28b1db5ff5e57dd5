import type { Cast } from '../cast.ts';
import type { Random } from '../random.ts';
import { after, day, hour, type Row } from '../rows.ts';

/** Random digits in place of a hash: nobody knows what they would be the hash of, so nobody can present it. */
export function hexDigits({ int }: Random, count: number): string {
  return Array.from({ length: count }, () => int(0, 15).toString(16)).join('');
}

/** Looks like a secret encrypted with a key called demo. There is no such key, and nothing inside. */
export function sealedNothing({ int }: Random, bytes: number): string {
  return `v1.demo.${Buffer.from(Array.from({ length: 28 + bytes }, () => int(0, 255))).toString('base64url')}`;
}

interface KeyPlan {
  readonly label: string;
  readonly scopes: readonly string[];
  /** Index of the parent among the plans before it. */
  readonly parent?: number;
  readonly interfaceId?: string;
  /** Days before now. */
  readonly revoked?: number;
  /** Days after now, or before it when negative. */
  readonly expires?: number;
  readonly used?: number;
}

const keyPlans: readonly KeyPlan[] = [
  { label: 'Continuous integration', scopes: ['workflow:read', 'workflow:execute', 'agents:read'], interfaceId: 'github-actions', used: 0.01 },
  { label: 'Continuous integration: nightly', scopes: ['workflow:execute'], parent: 0, interfaceId: 'github-actions', expires: 60, used: 0.4 },
  { label: 'Continuous integration: reports', scopes: ['workflow:read'], parent: 0, used: 2 },
  { label: 'Finance export', scopes: ['analytics:read', 'budget:read'], interfaceId: 'ledger-sync', expires: 300, used: 0.2 },
  { label: 'Former contractor', scopes: ['workflow:read', 'registries:read'], revoked: 30, used: 31 },
  { label: 'Former contractor: laptop', scopes: ['registries:read'], parent: 4, revoked: 30 },
  { label: 'Hackathon', scopes: ['agents:read', 'chat:write'], expires: -20, used: 22 },
  { label: 'Dashboard', scopes: ['analytics:read', 'gateways:read', 'workflow:read'], interfaceId: 'wall-screen', used: 0.003 },
  { label: 'Never used', scopes: ['gateways:read'] },
];

export function makeApiKeys({ orgId, makeId, founded, now, random, people }: Cast): Row[] {
  const rows: (Row & { id: string })[] = [];
  for (const [i, { label, scopes, parent, interfaceId, revoked, expires, used }] of keyPlans.entries()) {
    const createdAt = after(founded, (2 + i * 3) * day);
    const at = (days: number | undefined) => (days === undefined ? null : after(now, days * day));
    const revokedAt = at(revoked && -revoked);
    const lastUsedAt = at(used && -used);
    rows.push({
      id: makeId('ApiKey', createdAt), orgId, createdAt, updatedAt: revokedAt ?? lastUsedAt ?? createdAt, label, keyPrefix: `forge_sk_${hexDigits(random, 6)}`, keyHash: hexDigits(random, 64),
      interfaceId: interfaceId ?? null, scopes, status: revokedAt ? 'REVOKED' : 'ACTIVE', parentKeyId: parent === undefined ? null : rows[parent]?.id,
      createdById: label === 'Dashboard' ? null : people[i % 3], expiresAt: at(expires), revokedAt, lastUsedAt,
    });
  }
  return rows;
}

const credentials = [
  ['Gloo AI, Osaka', 'ACTIVE', 3, 90], ['Gloo AI, Osaka, before rotation', 'REVOKED', 3, null], ['Gloo AI, trial', 'EXPIRED', 5, -35], ['Gloo AI, for all', 'ACTIVE', null, null],
] as const;

export function makeGlooCredentials({ orgId, makeId, founded, now, random }: Cast, gatewayIds: readonly string[]): Row[] {
  return credentials.map(([name, status, gateway, expiresInDays], i): Row => {
    const createdAt = after(founded, (30 + i) * day);
    return {
      id: makeId('GlooCredential', createdAt), orgId, createdAt, updatedAt: status === 'ACTIVE' ? createdAt : after(now, -34 * day), name, clientId: `forge-${hexDigits(random, 12)}`,
      clientSecret: sealedNothing(random, 40), accessToken: status === 'ACTIVE' && gateway !== null ? sealedNothing(random, 120) : null,
      scopes: i % 2 === 0 ? ['api/access'] : ['api/access', 'offline_access'], status, expiresAt: expiresInDays === null ? null : after(now, expiresInDays * day + hour),
      gatewayId: gateway === null ? null : gatewayIds[gateway],
    };
  });
}
