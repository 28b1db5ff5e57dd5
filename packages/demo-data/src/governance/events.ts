import { after, day, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

type Event = Readonly<{ type: string; source: string; severity: string; displayLabel: string | null; payload: object; occurredAt: Date; runId?: string; agentId?: string; gatewayId?: string }>;

/** What operators look at: how runs ended, which steps failed, how the gateways fared. */
export function makePlatformEvents(story: Story): Row[] {
  const { orgId, makeId } = story.cast;
  return [...runEvents(story), ...stepEvents(story), ...gatewayEvents(story), ...agentEvents(story)]
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
    .map(({ runId = null, agentId = null, gatewayId = null, ...event }): Row => ({
      id: makeId('PlatformEvent', event.occurredAt), orgId, createdAt: event.occurredAt, ...event, runId, agentId, gatewayId,
    }));
}

const endings: Readonly<Record<string, readonly [type: string, severity: string]>> = {
  COMPLETED: ['run.completed', 'INFO'], FAILED: ['run.failed', 'ERROR'], CANCELLED: ['run.cancelled', 'WARNING'],
};

/** Every run that did not complete, and one in four of those that did. */
function runEvents({ runs }: Story): Event[] {
  return runs.flatMap((run, i): Event[] => {
    const status = run['status'] as string;
    const [type, severity] = endings[status] ?? [];
    if (!type || !severity || (status === 'COMPLETED' && i % 4 !== 0)) return [];
    const occurredAt = run['completedAt'] as Date;
    const seconds = Math.round((occurredAt.getTime() - (run['startedAt'] as Date).getTime()) / 1_000);
    return [{ type, source: 'workflow', severity, displayLabel: status === 'COMPLETED' ? null : `A run was ${status.toLowerCase()}`, payload: { seconds }, occurredAt, runId: run['id'] as string, gatewayId: run['gatewayId'] as string }];
  });
}

function stepEvents({ stepResults }: Story): Event[] {
  return stepResults.filter(({ status }) => status === 'FAILED' || status === 'TIMED_OUT').map((step): Event => ({
    type: 'step.failed', source: 'workflow', severity: 'WARNING', displayLabel: `${step['stepId'] as string} failed`, payload: { stepId: step['stepId'], attempt: step['attempt'] },
    occurredAt: step['completedAt'] as Date, runId: step['runId'] as string, agentId: step['agentId'] as string, gatewayId: step['gatewayId'] as string,
  }));
}

/** Each gateway takes its models anew every other day, and once in a while it slows down, or goes away. */
function gatewayEvents({ cast: { founded, now, gateways, random } }: Story): Event[] {
  const states = [['gateway.degraded', 'WARNING', 'slow'], ['gateway.recovered', 'INFO', 'well again'], ['gateway.offline', 'CRITICAL', 'gone'], ['gateway.recovered', 'INFO', 'back']] as const;
  const days = Math.floor((now.getTime() - founded.getTime()) / day);
  return gateways.flatMap((gatewayId, g) => Array.from({ length: days }, (_, d): Event | undefined => {
    const occurredAt = after(founded, d * day + random.int(0, 1_000) * minute);
    const common = { source: 'gateways', occurredAt, gatewayId };
    if ((d + g) % 9 === 4) {
      const [type, severity, state] = states[Math.floor((d + g) / 9) % states.length] as (typeof states)[number];
      return { ...common, type, severity, displayLabel: `Gateway ${g + 1} is ${state}`, payload: { latencyMs: severity === 'CRITICAL' ? null : random.int(40, 4_000) } };
    }
    return d % 2 === 0 ? { ...common, type: 'gateway.synced', severity: 'DEBUG', displayLabel: null, payload: { models: 8 + (d % 5), skills: 20 } } : undefined;
  })).filter((event) => event !== undefined);
}

function agentEvents({ cast: { founded }, agents }: Story): Event[] {
  return agents.map(({ id, gatewayId, role }, i): Event => ({
    type: 'agent.registered', source: 'agents', severity: 'INFO', displayLabel: `A ${role} reported for work`, payload: { role }, occurredAt: after(founded, 12 * day + (i + 1) * 17 * minute), agentId: id, gatewayId,
  }));
}
