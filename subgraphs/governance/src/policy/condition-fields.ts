import type { TypeName } from '@forge/subgraph-kit';

/** What a field of a condition holds, and so what can be asked of it. */
export type Field =
  | { readonly kind: 'text' | 'labels' | 'cents' }
  | { readonly kind: 'id'; readonly type: TypeName }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'number'; readonly min: number; readonly max: number };

const text: Field = { kind: 'text' };
const labels: Field = { kind: 'labels' };
const cents: Field = { kind: 'cents' };
const id = (type: TypeName): Field => ({ kind: 'id', type });
const choice = (...values: string[]): Field => ({ kind: 'choice', values });
const number = (min: number, max: number): Field => ({ kind: 'number', min, max });

/** Everything a policy can ask about. A gate that does not know a field takes it for null. */
export const fields: ReadonlyMap<string, Field> = new Map(Object.entries({
  'environment': text,
  'run.type': choice('PRESCRIPTIVE', 'DELEGATED'),
  'run.costCents': cents,
  'run.totalTokens': number(0, Number.MAX_SAFE_INTEGER),
  'run.startedById': id('Worker'),
  'workflow.id': id('Workflow'),
  'workflow.name': text,
  'workflow.tags': labels,
  'step.role': text,
  'agent.id': id('Agent'),
  'agent.tier': choice('OPERATOR', 'DEPARTMENT', 'PERSONAL'),
  'agent.trustLevel': number(1, 10),
  'agent.autonomyRung': choice('ASSISTIVE', 'RETRIEVAL', 'SUPERVISED', 'BOUNDED'),
  'agent.riskTier': choice('LOW', 'MEDIUM', 'HIGH'),
  'agent.lifecyclePhase': choice('POC', 'STAGING', 'PRODUCTION', 'SUNSET'),
  'gateway.id': id('Gateway'),
  'gateway.provider': choice('OPENCLAW', 'CLAUDE_AGENT_SDK', 'VERCEL_AI_SDK', 'GLOO_AI', 'CUSTOM'),
  'model.id': id('Model'),
  'model.provider': text,
  /** What a step gave out; at guardrails. */
  'output.text': text,
  /** The names of the fields that change; when a configuration does. */
  'change.fields': labels,
  /** The hour of the day and the day of the week (1 is Monday), both in UTC. */
  'time.hour': number(0, 23),
  'time.weekday': number(1, 7),
}));
