import { sealedNothing } from './secrets.ts';
import { after, day, hour, minute, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

interface DemoEvent {
  readonly id: string;
  readonly type: string;
  readonly at: Date;
}

const kept = 30 * day;
const plans = [
  ['https://hooks.example.com/forge/runs', ['workflow.run.*'], 'ACTIVE', 'Posts finished runs to the team room'],
  ['https://ledger.example.com/webhooks/forge', ['budget.*', 'workflow.run.completed'], 'ACTIVE', 'Books what runs have cost'],
  ['https://status.example.com/in/forge?tenant=7', ['gateway.health_changed'], 'ACTIVE', null],
  ['https://lab.example.com:8443/forge', ['agent.*', 'workflow.run.failed'], 'PAUSED', 'Paused while the laboratory moves'],
  ['https://old-crm.example.com/forge', ['workflow.*'], 'REVOKED', 'Replaced by the team room'],
] as const;

/** Subscriptions, and what was sent to them in the last 30 days, as long as they were not paused or revoked. */
export function makeWebhooks(story: Story): Tables {
  const { cast } = story;
  const events = eventsOf(story);
  const subscriptions = plans.map(([url, eventTypes, status, description], i) => {
    const createdAt = after(cast.founded, (15 + i * 4) * day);
    const endedAt = status === 'ACTIVE' ? null : after(cast.now, -9 * day);
    const row = {
      id: cast.makeId('WebhookSubscription', createdAt), orgId: cast.orgId, createdAt, updatedAt: endedAt ?? createdAt, url, eventTypes,
      secret: sealedNothing(cast.random, 50), status, description, createdById: i === 2 ? null : cast.people[i],
    };
    return { row, endedAt };
  });
  const deliveries = subscriptions.flatMap(({ row, endedAt }) =>
    events.filter(({ type, at }) => listensTo(row.eventTypes, type) && (!endedAt || at < endedAt)).map((event, i) => deliveryOf(story, row.id, event, i)));
  return { webhookSubscriptions: subscriptions.map(({ row }) => row), webhookDeliveries: deliveries };
}

function listensTo(eventTypes: readonly string[], type: string): boolean {
  return eventTypes.some((wanted) => (wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted));
}

/** Finished runs, and of other kinds one a few hours. */
function eventsOf({ cast: { now, random }, runs }: Story): DemoEvent[] {
  const finished = runs.filter(({ status, completedAt }) => (status === 'COMPLETED' || status === 'FAILED') && after(completedAt as Date, kept) > now).slice(-300);
  const others = ['gateway.health_changed', 'budget.alert_raised', 'agent.deployed'];
  return [
    ...finished.map(({ id, status, completedAt }) => ({ id: `${id as string}.${(status as string).toLowerCase()}`, type: `workflow.run.${(status as string).toLowerCase()}`, at: completedAt as Date })),
    ...Array.from({ length: 120 }, (_, i): DemoEvent => {
      const type = others[i % others.length] as string;
      return { id: `${type}.${i + 1}`, type, at: after(now, -(i + 0.02) * 5.9 * hour - random.int(0, 20) * minute) };
    }),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Minutes from the event to the first attempt and to three retries. */
const attemptsAfter = [0, 1, 6, 31];

/** Most arrive at once, some at the second or third attempt, a few never; what has failed just now is tried again. */
function deliveryOf({ cast: { orgId, makeId, now, random } }: Story, subscriptionId: string, { id: eventId, type: eventType, at }: DemoEvent, i: number): Row {
  const createdAt = after(at, random.int(40, 900));
  const due = attemptsAfter.map((minutes) => after(createdAt, minutes * minute));
  const tried = due.filter((time) => time < now).length;
  const status = tried < due.length ? 'PENDING' : i % 29 === 7 ? 'FAILED' : 'DELIVERED';
  const attempts = status === 'DELIVERED' ? (random.chance(0.9) ? 1 : random.int(2, 3)) : tried;
  const lastAt = due[attempts - 1] as Date;
  const timedOut = status === 'FAILED' && i % 2 === 0;
  return {
    id: makeId('WebhookDelivery', createdAt), orgId, createdAt, updatedAt: lastAt, subscriptionId, eventId, eventType, status, attempts,
    httpStatus: status === 'DELIVERED' ? random.pick([200, 200, 202, 204]) : timedOut ? null : 503, responseMs: timedOut ? null : random.int(25, 900),
    error: status === 'DELIVERED' ? null : timedOut ? 'no answer within 10 s' : 'answered 503 Service Unavailable',
    nextAttemptAt: due[tried] ?? null, deliveredAt: status === 'DELIVERED' ? lastAt : null,
  };
}
