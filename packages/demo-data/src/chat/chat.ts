import { makeChannels, makeExternalLinks } from './channels.ts';
import { makeChannelMemories, makeLongTermMemories, makeSessionMemories } from './memories.ts';
import { planSessions, sessionRow } from './sessions.ts';
import { playTalk } from './talk.ts';
import type { Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** The chat domain: channels, what was said in them about runs, work and the rest, and what agents have kept of it. */
export function makeChat(story: Story): Tables {
  const channels = makeChannels(story.cast);
  const links = makeExternalLinks(story.cast, channels);
  const hearing = new Set(links.filter(({ direction }) => direction !== 'OUTBOUND').map(({ channelId }) => channelId));
  const past = planSessions(story, channels).map((plan, i) => ({ plan, talk: playTalk(story, plan, i, hearing.has(plan.channel.id)) }));
  return {
    channels,
    externalChannelLinks: links,
    channelSessions: past.map(({ plan, talk }) => sessionRow(story, plan, talk.lastAt)),
    chatMessages: past.flatMap(({ talk }) => talk.messages),
    relevancyGateLog: past.flatMap(({ talk }) => talk.decisions),
    agentSessionMemory: makeSessionMemories(story, past),
    agentChannelMemory: makeChannelMemories(story, past),
    agentLongTermMemory: makeLongTermMemories(story, channels),
  };
}
