import type { DemoAgent } from '../agents/agents.ts';
import type { DemoChannel } from './channels.ts';
import type { SessionPlan } from './sessions.ts';
import type { Talk } from './talk.ts';
import { after, day, hour, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

interface Past {
  readonly plan: SessionPlan;
  readonly talk: Talk;
}

/** What each agent has before it in the sessions that are under way; those that are over have none. */
export function makeSessionMemories({ cast: { orgId, makeId } }: Story, past: readonly Past[]): Row[] {
  return past.filter(({ plan }) => !plan.over).flatMap(({ plan, talk }) => plan.agents.map((agent, i): Row => {
    const [earlier, seen] = [talk.messages.slice(0, -4), talk.messages.slice(-4)];
    return {
      id: makeId('AgentSessionMemory', plan.startedAt), orgId, createdAt: plan.startedAt, updatedAt: talk.lastAt, sessionId: plan.id, agentId: agent.id,
      window: seen.map(({ sequence, authorType, body }) => ({ sequence, authorType, body })), rollingSummary: earlier.length > 0 ? `Before that, ${earlier.length} messages; the question is still open.` : null,
      tokenCount: seen.reduce((sum, { tokenCount }) => sum + (tokenCount as number), 0), tokenBudget: i === 0 ? 8_000 : 16_000,
    };
  }));
}

/** What agents have kept of the channels in which a session of theirs is over. */
export function makeChannelMemories({ cast: { orgId, makeId } }: Story, past: readonly Past[]): Row[] {
  const shared = Map.groupBy(
    past.filter(({ plan }) => plan.over).flatMap(({ plan, talk }) => plan.agents.map((agent) => ({ plan, talk, agent }))),
    ({ plan, agent }) => `${plan.channel.id} ${agent.id}`,
  );
  return [...shared.values()].map((sessions): Row => {
    const ends = sessions.map(({ talk }) => after(talk.lastAt, 5 * minute)).sort((a, b) => a.getTime() - b.getTime());
    const [{ plan, agent }, createdAt] = [sessions[0] as { plan: SessionPlan; agent: DemoAgent }, ends[0] as Date];
    const summary = `${sessions.length === 1 ? 'One session' : `${sessions.length} sessions`} with the ${agent.role}; people here want figures first and reasons after.`;
    const facts = { sessions: sessions.length, prefers: 'figures first', ...(plan.runId && { lastRunId: plan.runId }) };
    return { id: makeId('AgentChannelMemory', createdAt), orgId, createdAt, updatedAt: ends.at(-1), channelId: plan.channel.id, agentId: agent.id, summary, facts, tokenCount: Math.ceil((summary.length + JSON.stringify(facts).length) / 4) };
  });
}

const known = [
  ['SEMANTIC', 'Orders above 10,000 need two signatures.'], ['EPISODIC', 'In the last quarter close the rates came a day late, and the run had to be started again.'],
  ['SEMANTIC', 'The supplier in Oslo writes dates as day, month, year.'], ['EPISODIC', 'A reminder went out twice; since then ask before sending one on a Friday.'],
] as const;

/** What each agent remembers beyond channels; every other memory came with a vector, a short one here. */
export function makeLongTermMemories({ cast: { orgId, makeId, founded, now, random }, agents }: Story, channels: readonly DemoChannel[]): Row[] {
  return agents.flatMap((agent, a) => known.map(([kind, content], i): Row => {
    const createdAt = after(founded, (15 + i * 20) * day + a * hour);
    const recalledAt = i % 2 === a % 2 ? after(now, -random.int(1, 600) * minute) : null;
    return {
      id: makeId('AgentLongTermMemory', createdAt), orgId, createdAt, updatedAt: recalledAt ?? createdAt, agentId: agent.id, kind, content,
      embedding: (a + i) % 3 === 0 ? null : Array.from({ length: 8 }, () => random.int(-1_000, 1_000) / 1_000), importance: random.int(1, 20) / 20,
      sourceChannelId: i === 2 ? null : channels[(a + i) % channels.length]?.id, lastRecalledAt: recalledAt,
    };
  }));
}
