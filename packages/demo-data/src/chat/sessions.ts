import type { DemoAgent } from '../agents/agents.ts';
import type { DemoChannel } from './channels.ts';
import { after, day, hour, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** A session before anybody has said anything. */
export interface SessionPlan {
  readonly id: string;
  readonly channel: DemoChannel;
  readonly title: string | null;
  readonly runId: string | null;
  readonly assignmentId: string | null;
  readonly startedAt: Date;
  /** Ended by now; the others are still ACTIVE. */
  readonly over: boolean;
  readonly people: readonly string[];
  readonly agents: readonly DemoAgent[];
}

const topics = ['What to ask the supplier', 'Who signs above the limit', 'Figures for the board', 'Wording of the reminder', 'Duplicates in the import', 'Holiday cover'];
const live = ['PENDING', 'RUNNING', 'PAUSED'];

/** Sessions about runs, about pieces of work, and about whatever people and agents talk about in each channel. */
export function planSessions(story: Story, channels: readonly DemoChannel[]): SessionPlan[] {
  return [...aboutRuns(story, channels), ...aboutAssignments(story, channels), ...aboutTheRest(story, channels)];
}

function aboutRuns(story: Story, channels: readonly DemoChannel[]): SessionPlan[] {
  const { cast: { people, random }, runs, workflows } = story;
  const [underWay, over] = [runs.filter(({ status }) => live.includes(status as string)), runs.filter(({ status }) => !live.includes(status as string))];
  const some = over.filter((_, i) => i % Math.ceil(over.length / 60) === 0);
  const project = channels.find(({ type, archivedAt }) => type === 'PROJECT' && !archivedAt) as DemoChannel;
  const teams = channels.filter(({ type }) => type === 'TEAM');
  return [...some, ...underWay.slice(-12)].map((run, i) => {
    const agents = [...(workflows.find(({ id }) => id === run['workflowId'])?.agents.values() ?? [])];
    const channel = channels.find(({ type, factoryId }) => type === 'FACTORY' && factoryId === run['factoryId']) ?? [...teams, project][i % 4] ?? project;
    return plan(story, channel, {
      title: `${run['status'] === 'FAILED' ? 'Why it failed' : 'Along the way'}: ${(run['args'] as { document: string }).document}`, runId: run['id'] as string, startedAt: after(run['createdAt'] as Date, 30_000),
      people: [run['startedById'] as string, random.pick(people.slice(0, 40))], agents: agents.slice(i % 2, (i % 2) + 2),
    });
  });
}

function aboutAssignments(story: Story, channels: readonly DemoChannel[]): SessionPlan[] {
  const { cast: { assignments, people, now }, agents } = story;
  const floors = channels.filter(({ type }) => type === 'FACTORY');
  return assignments.map((assignmentId, i) => {
    const age = i < assignments.length - 6 ? (assignments.length - i) * 1.5 * day : (i % 6) * 8 * minute + 30 * minute;
    return plan(story, floors[i % floors.length] as DemoChannel, {
      title: i % 5 === 4 ? null : `Work item ${i + 1}: what is left to do`, assignmentId, startedAt: after(now, -age),
      people: [people[i % 30], people[(i + 7) % 30]] as string[], agents: [agents[i % agents.length], agents[(i + 11) % agents.length]] as DemoAgent[],
    });
  });
}

function aboutTheRest(story: Story, channels: readonly DemoChannel[]): SessionPlan[] {
  const { cast: { people, founded, now }, agents } = story;
  return channels.flatMap((channel, c) => [0, 1, 2, 3].flatMap((n) => {
    const startedAt = n === 3 ? after(now, -(90 + c) * minute) : after(founded, (14 + n * 28 + c) * day + 9 * hour);
    if (channel.archivedAt && startedAt >= after(channel.archivedAt, -day)) return [];
    const withPerson = channel.type === 'DIRECT' && c % 2 === 0;
    const two = [people[c], people[c + 20]] as string[];
    return plan(story, channel, {
      title: n === 2 ? null : (topics[(c + n) % topics.length] as string), startedAt,
      people: channel.type === 'PERSONAL' ? [channel.ownerId as string] : withPerson ? two : channel.type === 'DIRECT' ? two.slice(0, 1) : two,
      agents: withPerson ? [] : channel.type === 'DIRECT' ? [agents[c] as DemoAgent] : ([agents[(c + n) % agents.length], agents[(c + n + 9) % agents.length]] as DemoAgent[]),
    });
  }));
}

type Said = Pick<SessionPlan, 'title' | 'startedAt' | 'people' | 'agents'> & Partial<Pick<SessionPlan, 'runId' | 'assignmentId'>>;

function plan({ cast: { makeId, now }, runs }: Story, channel: DemoChannel, { people, runId = null, assignmentId = null, ...said }: Said): SessionPlan {
  const run = runs.find(({ id }) => id === runId);
  const over = run ? !live.includes(run['status'] as string) : said.startedAt < after(now, -5 * hour);
  return { ...said, id: makeId('ChannelSession', said.startedAt), channel, runId, assignmentId, over, people: [...new Set(people)] };
}

/** The row of a session whose last message came at `lastAt`. What has been over for 30 days is archived. */
export function sessionRow({ cast: { orgId, now } }: Story, { id, channel, over, startedAt, people, agents, title, runId, assignmentId }: SessionPlan, lastAt: Date): Row {
  const endedAt = over ? after(lastAt, 5 * minute) : null;
  const archivedAt = endedAt && after(endedAt, 30 * day);
  const archived = archivedAt !== null && archivedAt < now;
  return {
    id, orgId, createdAt: startedAt, updatedAt: archived ? archivedAt : (endedAt ?? startedAt), channelId: channel.id, title, status: archived ? 'ARCHIVED' : over ? 'COMPLETED' : 'ACTIVE',
    participantIds: [...new Set([...people, ...agents.map(({ workerId }) => workerId)])], runId, assignmentId, startedAt, endedAt,
  };
}
