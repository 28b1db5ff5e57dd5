import { idempotencyKey, idOf, json, listOf, optional, text, versionedId } from '@forge/subgraph-kit';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

/** What somebody may make of an agent in each state; only its runtime's reports lead to ERROR and back. */
export const agentTransitions = {
  ACTIVE: ['PAUSED', 'TERMINATED'],
  PAUSED: ['ACTIVE', 'TERMINATED'],
  ERROR: ['PAUSED', 'TERMINATED'],
  TERMINATED: [],
} as const;

export type AgentStatus = keyof typeof agentTransitions;

export const agentStatusRules = z.object(versionedId('Agent'));

const maxAgents = 1_000;
const maxMetadataBytes = 10_000;

const listedAgent = z.object({
  agentId: text(1, 200),
  name: text(1, 200),
  ...optional({
    definitionId: idOf('AgentDefinition').nullable(),
    workerId: idOf('Worker').nullable(),
    status: z.enum(['ACTIVE', 'PAUSED', 'ERROR'], 'must be ACTIVE, PAUSED or ERROR; an agent that is TERMINATED is left out of the list'),
    maxConcurrency: z.int().min(1, 'must be 1 or more'),
    metadata: json(maxMetadataBytes).nullable(),
  }),
});

export const syncAgentsRules = z.object({
  gatewayId: idOf('Gateway'),
  agents: listOf(listedAgent, maxAgents).superRefine((agents, issues) => {
    const seen = new Set<string>();
    for (const [i, { agentId }] of agents.entries()) {
      if (seen.has(agentId)) issues.addIssue({ code: 'custom', path: [i, 'agentId'], message: 'is in the list twice' });
      seen.add(agentId);
    }
  }),
  idempotencyKey,
});

export type ListedAgent = z.output<typeof listedAgent>;

/** What a gateway's list can change of an agent. */
export interface AgentState {
  readonly name: string;
  readonly definitionId: string | null;
  readonly workerId: string | null;
  readonly status: AgentStatus;
  readonly maxConcurrency: number;
  readonly metadata: unknown;
  /** Paused by somebody, so that only somebody resumes it. */
  readonly pausedByHand: boolean;
}

const unheardOf = { definitionId: null, workerId: null, status: 'ACTIVE', maxConcurrency: 1, metadata: null, pausedByHand: false } as const;

/** An agent after its gateway has listed it. What the list leaves out stays; so does a pause by hand, whatever the list says. */
export function afterListing(known: AgentState | undefined, { agentId: _, ...said }: ListedAgent): AgentState {
  const { name, definitionId, workerId, status, maxConcurrency, metadata, pausedByHand } = { ...unheardOf, ...known, ...said };
  return { name, definitionId, workerId, status: pausedByHand ? 'PAUSED' : status, maxConcurrency, metadata, pausedByHand };
}

/** An agent after its gateway has left it out of its list. */
export function afterLeaving({ name, definitionId, workerId, maxConcurrency, metadata }: AgentState): AgentState {
  return { name, definitionId, workerId, status: 'TERMINATED', maxConcurrency, metadata, pausedByHand: false };
}

export function hasChanged(known: AgentState, now: AgentState): boolean {
  return Object.entries(now).some(([field, value]) => !isDeepStrictEqual(value, known[field as keyof AgentState]));
}

/** Whether it matters to those who give agents work. */
export function mattersToOthers(known: Pick<AgentState, 'status' | 'maxConcurrency'> | undefined, now: AgentState): boolean {
  return known?.status !== now.status || known.maxConcurrency !== now.maxConcurrency;
}
