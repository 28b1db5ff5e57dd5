import { decimal, idempotencyKey, idOf, jsonObject, kebabCase, listOf, optional, tags, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

/** What an explicit null clears. */
const cleared = {
  description: text(0, 2_000).nullable(),
  purpose: text(0, 2_000).nullable(),
  riskTier: z.enum(['LOW', 'MEDIUM', 'HIGH']).nullable(),
  promptText: text(0, 100_000).nullable(),
  promptId: idOf('Prompt').nullable(),
  defaultModelId: idOf('Model').nullable(),
  budgetMonthlyCents: decimal(10).nullable(),
  ownerId: idOf('Worker').nullable(),
  owningTeamId: idOf('Team').nullable(),
  roleId: idOf('WorkerRole').nullable(),
};

/** What the database has a default for. */
const defaulted = {
  autonomyRung: z.enum(['ASSISTIVE', 'RETRIEVAL', 'SUPERVISED', 'BOUNDED']),
  memoryMode: z.enum(['NONE', 'SESSION', 'PERSISTENT', 'VECTOR']),
  trustLevel: z.int().min(1, 'must be from 1 to 10').max(10, 'must be from 1 to 10'),
  skillIds: listOf(idOf('SkillDefinition'), 100),
  tools: listOf(text(1, 200), 100),
  constraints: jsonObject(),
  tags,
};

const required = {
  name: text(1, 200),
  tier: z.enum(['OPERATOR', 'DEPARTMENT', 'PERSONAL']),
};

const changedById = idOf('Worker').nullish();

export const createAgentDefinitionRules = z.object({
  agentId: kebabCase('invoice-clerk'),
  ...required,
  ...optional(cleared),
  ...optional(defaulted),
  templateId: idOf('AgentTemplate').nullable().default(null),
  changedById,
  idempotencyKey,
});

export const updateAgentDefinitionRules = z.object({
  ...versionedId('AgentDefinition'),
  ...optional(required),
  ...optional(cleared),
  ...optional(defaulted),
  changedById,
  reason: text(0, 2_000).nullish(),
});

const pocDays = 60;

/** When a definition in its first phase, proof of concept, expires. */
export function pocExpiry(createdAt: Date): Date {
  return new Date(createdAt.getTime() + pocDays * 86_400_000);
}
