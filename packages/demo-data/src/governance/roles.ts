import type { Cast } from '../cast.ts';
import { after, day, hour, minute, type Row } from '../rows.ts';

/** A role, and the scopes of the API that go with it when it is lent. */
interface Role {
  readonly name: string;
  readonly description: string | null;
  readonly autonomyTier: string;
  readonly allowedEnvironments: readonly string[];
  readonly allowedActions: readonly string[];
  readonly acceptedSourceClasses: readonly string[];
  readonly maxSpendCents: string | null;
  readonly maxConcurrency: number | null;
  readonly scopes: readonly string[];
}

const everywhere = ['sandbox', 'staging', 'production'];

const roles: readonly Role[] = [
  { name: 'Observer', description: 'Looks on and proposes; changes nothing.', autonomyTier: 'ADVISORY', allowedEnvironments: everywhere, allowedActions: ['READ'], acceptedSourceClasses: ['internal', 'public'], maxSpendCents: '10000.0000000000', maxConcurrency: 2, scopes: ['workflow:read', 'agents:read'] },
  { name: 'Researcher', description: 'Gathers and reports what others decide upon.', autonomyTier: 'RETRIEVAL', allowedEnvironments: ['sandbox', 'staging'], allowedActions: ['READ', 'EXECUTE'], acceptedSourceClasses: ['internal', 'public', 'partner'], maxSpendCents: '50000.0000000000', maxConcurrency: 4, scopes: ['workflow:read', 'registries:read'] },
  { name: 'Analyst', description: 'Works on figures; an approver confirms what goes out.', autonomyTier: 'APPROVAL_REQUIRED', allowedEnvironments: everywhere, allowedActions: ['READ', 'EXECUTE', 'WRITE'], acceptedSourceClasses: ['internal', 'audited'], maxSpendCents: '75000.0000000000', maxConcurrency: 4, scopes: ['analytics:read', 'workflow:execute'] },
  { name: 'Clerk', description: null, autonomyTier: 'APPROVAL_REQUIRED', allowedEnvironments: ['production'], allowedActions: ['READ', 'WRITE'], acceptedSourceClasses: ['internal'], maxSpendCents: '25000.0000000000', maxConcurrency: 8, scopes: ['workflow:read', 'chat:write'] },
  { name: 'Operator', description: 'Keeps runs going, and restarts what has stopped.', autonomyTier: 'BOUNDED_AUTONOMOUS', allowedEnvironments: everywhere, allowedActions: ['READ', 'EXECUTE', 'WRITE'], acceptedSourceClasses: [], maxSpendCents: null, maxConcurrency: 12, scopes: ['workflow:execute', 'gateways:read'] },
  { name: 'Finance approver', description: 'Decides on spending.', autonomyTier: 'BOUNDED_AUTONOMOUS', allowedEnvironments: ['production'], allowedActions: ['READ', 'FINANCIAL'], acceptedSourceClasses: ['audited'], maxSpendCents: '2500000.0000000000', maxConcurrency: 1, scopes: ['governance:approve', 'budget:read'] },
  { name: 'Release manager', description: 'Decides what goes into production, and when.', autonomyTier: 'APPROVAL_REQUIRED', allowedEnvironments: ['staging', 'production'], allowedActions: ['READ', 'EXECUTE'], acceptedSourceClasses: ['internal', 'audited'], maxSpendCents: '100000.0000000000', maxConcurrency: null, scopes: ['governance:approve', 'workflow:write'] },
  { name: 'Platform engineer', description: 'Runs the gateways and sets the rules.', autonomyTier: 'BOUNDED_AUTONOMOUS', allowedEnvironments: everywhere, allowedActions: ['READ', 'EXECUTE', 'WRITE', 'FINANCIAL'], acceptedSourceClasses: ['internal', 'public', 'partner', 'audited'], maxSpendCents: null, maxConcurrency: null, scopes: ['gateways:write', 'governance:write', 'agents:write'] },
];

export function makeRoles(cast: Cast): Row[] {
  return roles.map(({ scopes: _, ...role }, i): Row => {
    const createdAt = after(cast.founded, i * minute);
    return { id: cast.roles[i], orgId: cast.orgId, createdAt, updatedAt: createdAt, ...role, requireFreshness: role.acceptedSourceClasses.includes('audited') };
  });
}

const reasons = ['Stands in during leave', null, 'Month-end close', 'On call this week', null];
const lentOn = 40;

/** The administrator lends each role to one person, for good; who holds one lends it on, for a time. */
export function makeGrants({ orgId, makeId, founded, now, random, people, agentWorkers, roles: roleIds }: Cast): Row[] {
  const grant = (r: number, grantedById: string | undefined, granteeId: string | undefined, startsAt: Date, scopes: readonly string[], rest: { reason: string | null; expiresAt: Date | null; revokedAt: Date | null }): Row => {
    const createdAt = after(startsAt, -hour);
    return { id: makeId('AuthorityGrant', createdAt), orgId, createdAt, updatedAt: rest.revokedAt ?? createdAt, granteeId, roleId: roleIds[r], grantedById, scopes, startsAt, ...rest };
  };
  const first = roles.map(({ scopes }, r) =>
    grant(r, people[0], people[r + 1], after(founded, day + r * hour), scopes, { reason: 'Holds the role', expiresAt: null, revokedAt: null }));
  const further = Array.from({ length: lentOn }, (_, i) => {
    const r = i % roles.length;
    const startsAt = after(founded, (5 + i * 2.75) * day + random.int(0, 8) * hour);
    const grantee = i % 4 === 3 ? agentWorkers[i % agentWorkers.length] : people[roles.length + 2 + i];
    const revokedAt = i % 5 === 2 ? after(startsAt, 1.5 * day) : null;
    // The last few are in force now.
    const expiresAt = i % 7 === 5 ? null : i >= lentOn - 6 ? after(now, (1 + (i % 5)) * 3 * day) : after(startsAt, (2 + (i % 10)) * day);
    return grant(r, people[r + 1], grantee, startsAt, roles[r]?.scopes.slice(0, 1 + (i % 2)) ?? [], { reason: reasons[i % reasons.length] ?? null, expiresAt, revokedAt });
  });
  return [...first, ...further];
}

const tiers = [
  { tier: 'FREE', fromDay: 0, permissions: [], limits: { maxRunsPerDay: 20, maxAgents: 3, maxGateways: 1 } },
  { tier: 'TEAM', fromDay: 4, permissions: ['scheduled-runs'], limits: { maxRunsPerDay: 200, maxAgents: 20, maxGateways: 2 } },
  { tier: 'BUSINESS', fromDay: 11, permissions: ['scheduled-runs', 'approval-policies', 'budgets'], limits: { maxRunsPerDay: 2_000, maxAgents: 100, maxGateways: 10 } },
  { tier: 'ENTERPRISE', fromDay: 60, permissions: ['scheduled-runs', 'approval-policies', 'budgets', 'single-sign-on', 'audit-export'], limits: { maxRunsPerDay: 20_000, maxAgents: 1_000, maxGateways: 50, maxFactories: 25 } },
] as const;

/** The organisation has grown: one tier after the other, the last one without an end. */
export function makeTiers({ orgId, makeId, founded }: Cast): Row[] {
  return tiers.map(({ tier, fromDay, permissions, limits }, i): Row => {
    const validFrom = after(founded, fromDay * day);
    const next = tiers[i + 1];
    const validTo = next ? after(founded, next.fromDay * day) : null;
    return { id: makeId('OrgTierGrant', validFrom), orgId, createdAt: validFrom, updatedAt: validTo ?? validFrom, tier, permissions, limits, validFrom, validTo };
  });
}
