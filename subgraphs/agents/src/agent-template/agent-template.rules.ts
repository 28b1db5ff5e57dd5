import { idempotencyKey, idOf, jsonObject, listOf, optional, tags, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const category = text(1, 100);
const name = text(1, 200);
const description = text(0, 2_000).nullable();
const skillIds = listOf(idOf('SkillDefinition'), 100);
const defaultModelId = idOf('Model').nullable();

export const createAgentTemplateRules = z.object({
  category,
  name,
  description: description.default(null),
  config: jsonObject(),
  skillIds: skillIds.default([]),
  defaultModelId: defaultModelId.default(null),
  tags: tags.default([]),
  idempotencyKey,
});

export const updateAgentTemplateRules = z.object({
  ...versionedId('AgentTemplate'),
  ...optional({ category, name, description, config: jsonObject(), skillIds, defaultModelId, tags }),
});

export const deleteAgentTemplateRules = z.object(versionedId('AgentTemplate'));
