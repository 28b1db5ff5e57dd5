import { after, day, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

const is = (field: string, value: unknown) => ({ field, operator: 'eq', value });
const than = (field: string, operator: 'gt' | 'gte' | 'lt' | 'lte', value: number | string) => ({ field, operator, value });
const among = (field: string, value: readonly string[]) => ({ field, operator: 'in', value });
const production = is('environment', 'production');

/** The rules that gates evaluate; approvals of the runs name them. */
export function makePolicies({ cast, agents }: Story): Row[] {
  const { orgId, founded, policies, gateways, models } = cast;
  const rule = (name: string, category: string, action: string, condition: object, rest: Row = {}): Row => ({ name, category, scopeType: 'GLOBAL', scopeId: null, condition, action, enforcement: 'HARD', priority: 100, enabled: true, ...rest });
  const rules = [
    rule('Low trust stays out of production', 'TRUST_BOUNDARY', 'BLOCK', { all: [production, than('agent.trustLevel', 'lt', 3)] }, { priority: 900 }),
    rule('High stakes need a second look', 'TRUST_BOUNDARY', 'REQUIRE_APPROVAL', { any: [is('agent.riskTier', 'HIGH'), is('agent.lifecyclePhase', 'POC')] }, { priority: 800 }),
    rule('Costly runs are confirmed', 'BUDGET', 'REQUIRE_APPROVAL', than('run.costCents', 'gt', '2500')),
    rule('Costly runs are noticed', 'BUDGET', 'WARN', than('run.costCents', 'gte', '1000.5'), { enforcement: 'SOFT', priority: 50 }),
    rule('No delegated runs at night', 'RUN_CREATION', 'BLOCK', { all: [is('run.type', 'DELEGATED'), { any: [than('time.hour', 'lt', 5), than('time.hour', 'gte', 22)] }] }, { enforcement: 'SOFT' }),
    rule('Legal work is confirmed before it starts', 'RUN_CREATION', 'REQUIRE_APPROVAL', { field: 'workflow.tags', operator: 'has', value: 'legal' }),
    rule('Weekend deployments are confirmed', 'DEPLOYMENT', 'REQUIRE_APPROVAL', than('time.weekday', 'gte', 6), { scopeType: 'ENVIRONMENT', scopeId: 'production', priority: 700 }),
    rule('The first gateway takes its own models only', 'DEPLOYMENT', 'BLOCK', { not: among('model.id', models.slice(0, 8).map(({ id }) => id)) }, { scopeType: 'GATEWAY', scopeId: gateways[0], enforcement: 'AUDIT' }),
    rule('Account numbers do not leave', 'GUARDRAIL', 'REQUIRE_APPROVAL', { field: 'output.text', operator: 'contains', value: 'IBAN' }, { priority: 1_000 }),
    rule('What the first agent writes is kept', 'GUARDRAIL', 'LOG', { all: [] }, { scopeType: 'AGENT', scopeId: agents[0]?.id, enforcement: 'AUDIT', priority: 0 }),
    rule('Tools and models change with consent', 'CONFIG_CHANGE', 'REQUIRE_APPROVAL', { field: 'change.fields', operator: 'hasAny', value: ['tools', 'defaultModelId', 'constraints'] }),
    rule('Untiered agents are not touched', 'CONFIG_CHANGE', 'REQUIRE_APPROVAL', { field: 'agent.riskTier', operator: 'isNull', value: true }, { enabled: false }),
  ];
  return rules.map((each, i): Row => {
    const createdAt = after(founded, i * minute);
    return { id: policies[i], orgId, createdAt, updatedAt: each['enabled'] === true ? createdAt : after(createdAt, 30 * day), ...each };
  });
}

/** What makes a step wait, and for whom: for a role, or for whoever may approve. */
export function makeApprovalPolicies({ cast, agents }: Story): Row[] {
  const { orgId, makeId, founded, roles, gateways } = cast;
  const wait = (name: string, trigger: string, threshold: string | null, severity: string, role: number | null, rest: Row = {}): Row =>
    ({ name, scopeType: 'GLOBAL', scopeId: null, trigger, threshold, severity, approverRoleId: role === null ? null : roles[role], enabled: true, ...rest });
  const waits = [
    wait('Steps above 10 dollars', 'COST_ABOVE', '1000.0000000000', 'NORMAL', 5),
    wait('Steps above 100 dollars', 'COST_ABOVE', '10000.0000000000', 'CRITICAL', 5),
    wait('Steps above 1 dollar in the sandbox', 'COST_ABOVE', '100.0000000000', 'NORMAL', 2, { scopeType: 'ENVIRONMENT', scopeId: 'sandbox' }),
    wait('Newcomers', 'TRUST_BELOW', '4.0000000000', 'ELEVATED', 4),
    wait('Less than proven on the second gateway', 'TRUST_BELOW', '7.0000000000', 'ELEVATED', 7, { scopeType: 'GATEWAY', scopeId: gateways[1] }),
    wait('Models on trial', 'MODEL_NEEDS_APPROVAL', null, 'NORMAL', 1),
    wait('Everything in production', 'ENVIRONMENT', null, 'ELEVATED', 6, { scopeType: 'ENVIRONMENT', scopeId: 'production' }),
    wait('Everything in staging', 'ENVIRONMENT', null, 'NORMAL', 3, { scopeType: 'ENVIRONMENT', scopeId: 'staging', enabled: false }),
    wait('Steps that ask for it', 'STEP_FLAG', null, 'NORMAL', null),
    wait('Steps of the first agent that ask for it', 'STEP_FLAG', null, 'CRITICAL', 0, { scopeType: 'AGENT', scopeId: agents[0]?.id }),
  ];
  return waits.map((each, i): Row => {
    const createdAt = after(founded, 2 * day + i * minute);
    return { id: makeId('ApprovalPolicy', createdAt), orgId, createdAt, updatedAt: each['enabled'] === true ? createdAt : after(createdAt, 20 * day), ...each };
  });
}
