import type { Cast } from '../cast.ts';
import { after, day, minute, type Row } from '../rows.ts';

/** A channel: what its sessions need to know of it, which is its row. */
export interface DemoChannel extends Row {
  readonly id: string;
  readonly type: 'FACTORY' | 'PROJECT' | 'TEAM' | 'DIRECT' | 'PERSONAL';
  readonly factoryId: string | null;
  readonly ownerId: string | null;
  readonly relevancyMode: 'HEURISTIC' | 'LLM' | 'HYBRID';
  readonly relevancyThreshold: number;
  readonly maxAgentLoopDepth: number;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
}

const floors = ['Intake floor', 'Ledger floor', 'Contract floor', 'Release floor', 'Support floor', 'Research floor'];
const others = [
  ['TEAM', 'Accounts'], ['TEAM', 'Platform'], ['TEAM', 'Legal'], ['PROJECT', 'Quarter close'], ['PROJECT', 'Move to the new ledger'],
  ['DIRECT', 'Month-end questions'], ['DIRECT', 'Second pair of eyes'], ['PERSONAL', 'Desk of the administrator'], ['PERSONAL', 'Notes on suppliers'],
] as const;
const modes = ['HEURISTIC', 'LLM', 'HYBRID'] as const;

/** A channel for each factory, and some of every other type; the project that is over is archived. */
export function makeChannels({ orgId, channels, factories, teams, people, founded, now }: Cast): DemoChannel[] {
  return channels.map((id, i): DemoChannel => {
    const createdAt = after(founded, i * minute);
    const [type, name] = others[i - factories.length] ?? ['FACTORY', floors[i % floors.length] as string];
    const archivedAt = name === 'Move to the new ledger' ? after(now, -20 * day) : null;
    return {
      id, orgId, createdAt, updatedAt: archivedAt ?? createdAt, type, name,
      factoryId: type === 'FACTORY' || type === 'PROJECT' ? (factories[i % factories.length] as string) : null,
      teamId: type === 'TEAM' || type === 'PROJECT' ? teams[i % teams.length] : null,
      ownerId: type === 'PERSONAL' || type === 'PROJECT' ? (people[type === 'PROJECT' ? i : i - factories.length - 7] as string) : null,
      relevancyMode: modes[i % modes.length] as DemoChannel['relevancyMode'], relevancyThreshold: [0.5, 0.5, 0.7, 0.35][i % 4] as number, maxAgentLoopDepth: 2 + (i % 3), archivedAt,
    };
  });
}

const mirrors = [
  [0, 'SLACK', 'BOTH', 'ACTIVE', 'C05INTAKE01'], [1, 'TEAMS', 'INBOUND', 'ACTIVE', '19:ledger-floor@thread.tacv2'], [4, 'DISCORD', 'OUTBOUND', 'PAUSED', '1180224466889900113'],
  [6, 'SLACK', 'BOTH', 'ACTIVE', 'C05ACCOUNTS'], [7, 'DISCORD', 'BOTH', 'REVOKED', '1180224466889900127'], [9, 'SLACK', 'INBOUND', 'PAUSED', 'C05CLOSE0Q3'], [9, 'TEAMS', 'OUTBOUND', 'ACTIVE', '19:quarter-close@thread.tacv2'],
] as const;

/** Channels that are mirrored elsewhere, one of them to two places. */
export function makeExternalLinks({ orgId, makeId }: Cast, channels: readonly DemoChannel[]): Row[] {
  return mirrors.map(([channel, provider, direction, status, externalId]): Row => {
    const { id: channelId, createdAt: made } = channels[channel] as DemoChannel;
    const createdAt = after(made, 3 * day);
    return { id: makeId('ExternalChannelLink', createdAt), orgId, createdAt, updatedAt: status === 'ACTIVE' ? createdAt : after(createdAt, 80 * day), channelId, provider, externalId, direction, status };
  });
}
