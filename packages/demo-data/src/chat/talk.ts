import type { DemoAgent } from '../agents/agents.ts';
import type { SessionPlan } from './sessions.ts';
import { after, minute, type Row } from '../rows.ts';
import type { Story } from '../story.ts';

/** What was said in a session. */
export interface Talk {
  readonly messages: readonly Row[];
  readonly decisions: readonly Row[];
  readonly lastAt: Date;
}

const questions = [
  'Does the amount on the second page match the order?', 'Who has seen the last version of this?', 'Can we send it today, or is somebody still waiting?', 'What would it take to be sure of the delivery date?',
  'The supplier says that they never got the reminder.', 'Please keep the wording of last month.', 'I would rather wait for the audit.', 'Is the limit per order or per month?',
];
const answers = [
  'It matches, apart from 0.02 of rounding in line 4.', 'Version 3, approved on Tuesday; nothing has changed since.', 'Two things are open: the tax number, and a signature.', 'I have read the contract again: the limit is per month.',
  'Nothing like it in the last 90 days. I am 80 per cent sure.', 'Done. The old wording is back, and the date is new.',
];
const outside = ['Forwarded by the supplier: the goods left the warehouse this morning.', 'Customer here: could somebody call me back before five?'];
const reasons = {
  HEURISTIC: ['shares no word with what the agent is for', 'shares three words with what the agent is for'],
  LLM: ['small talk; nobody expects an answer of this agent', 'asks for a figure that this agent has looked up before'],
  HYBRID: ['few shared words, and the model would stay silent', 'few shared words, but the model would answer'],
} as const;

/** Plays a session, up to now if it is not over: people speak, each agent decides whether to, and those that passed answer. */
export function playTalk({ cast: { orgId, makeId, random, now } }: Story, plan: SessionPlan, number: number, hearsOutside: boolean): Talk {
  const { id: sessionId, channel, people, agents } = plan;
  const messages: Row[] = [];
  const decisions: Row[] = [];
  let time = plan.startedAt;

  const say = (authorType: string, authorId: string | null, body: string, extra: { mentionIds?: string[]; replyToId?: string } = {}): string | undefined => {
    const sentAt = after(time, random.int(8_000, 3 * minute));
    if (sentAt > after(now, -minute)) return undefined;
    time = sentAt;
    const id = makeId('ChatMessage', sentAt);
    messages.push({
      id, orgId, createdAt: sentAt, sessionId, sequence: messages.length + 1, authorType, authorId, body, mentionIds: extra.mentionIds ?? [], replyToId: extra.replyToId ?? null,
      tokenCount: authorType === 'SYSTEM' ? 0 : Math.ceil(body.length / 4), sentAt,
    });
    return id;
  };

  const decide = (messageId: string, agent: DemoAgent, named: boolean): boolean => {
    const score = named ? 1 : random.int(5, 95) / 100;
    const passed = score >= channel.relevancyThreshold;
    const decidedAt = after(time, random.int(200, 4_000));
    const reason = named ? 'the message names the agent' : reasons[channel.relevancyMode][Number(passed)];
    decisions.push({ id: makeId('RelevancyGateDecision', decidedAt), orgId, createdAt: decidedAt, channelId: channel.id, sessionId, messageId, agentId: agent.id, mode: channel.relevancyMode, score, threshold: channel.relevancyThreshold, passed, reason, decidedAt });
    return passed;
  };

  if (plan.runId ?? plan.assignmentId) say('SYSTEM', null, plan.runId ? 'This session is about a run; its steps report here.' : 'This session is about a piece of work on the board.');
  for (let round = 0; round < 2 + (number % 4); round++) {
    const named = round === 0 ? agents[0] : undefined;
    const other = people[(round + 1) % people.length] as string;
    const asked = hearsOutside && round === 1
      ? say('EXTERNAL', number % 2 === 0 ? null : (people[0] as string), random.pick(outside))
      : say('HUMAN', people[round % people.length] as string, random.pick(questions), { mentionIds: named ? [named.workerId] : round === 1 && people.length > 1 ? [other] : [] });
    if (!asked) break;
    const willing = agents.filter((agent) => decide(asked, agent, agent === named)).slice(0, channel.maxAgentLoopDepth);
    for (const agent of willing) say('AGENT', agent.workerId, random.pick(answers), { replyToId: asked });
    if (agents.length === 0) say('HUMAN', other, random.pick(answers), { replyToId: asked });
  }
  return { messages, decisions, lastAt: time };
}
