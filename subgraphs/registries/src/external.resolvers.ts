import { connection } from '@forge/subgraph-kit';
import type { Resolvers } from './generated/graphql.ts';
import { modelSlot } from './model-slot/model-slot.entity.ts';
import { skillDefinition } from './skill-definition/skill-definition.entity.ts';
import { prompt } from './prompt/prompt.entity.ts';
import { promptVersion } from './prompt-version/prompt-version.entity.ts';
import { registeredModel } from './registered-model/registered-model.entity.ts';
import { registeredSkill } from './registered-skill/registered-skill.entity.ts';

export const externalResolvers: Resolvers = {
  AgentDefinition: {
    modelSlots: ({ id }, args, context, info) => connection(context, modelSlot, args, info, { column: 'definitionId', id }),
  },
  Worker: {
    ownedSkills: ({ id }, args, context, info) => connection(context, skillDefinition, args, info, { column: 'ownerId', id }),
    ownedPrompts: ({ id }, args, context, info) => connection(context, prompt, args, info, { column: 'ownerId', id }),
    promptVersions: ({ id }, args, context, info) => connection(context, promptVersion, args, info, { column: 'createdById', id }),
  },
  Gateway: {
    registeredModels: ({ id }, args, context, info) => connection(context, registeredModel, args, info, { column: 'gatewayId', id }),
    registeredSkills: ({ id }, args, context, info) => connection(context, registeredSkill, args, info, { column: 'gatewayId', id }),
  },
};
