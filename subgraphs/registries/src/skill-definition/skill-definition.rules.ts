import { idempotencyKey, idOf, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const name = text(1, 200);
const description = text(0, 2_000).nullable();
const instructions = text(1, 100_000);
const tools = setOf(text(1, 200), 100);
const status = z.enum(['DRAFT', 'ACTIVE', 'DEPRECATED']);
const ownerId = idOf('Worker').nullable();

export const createSkillDefinitionRules = z.object({
  name,
  description: description.default(null),
  instructions,
  ...optional({ tools, status }),
  ownerId: ownerId.default(null),
  idempotencyKey,
});

export const updateSkillDefinitionRules = z.object({
  ...versionedId('SkillDefinition'),
  ...optional({ name, description, instructions, tools, status, ownerId }),
});

export const deleteSkillDefinitionRules = z.object(versionedId('SkillDefinition'));
