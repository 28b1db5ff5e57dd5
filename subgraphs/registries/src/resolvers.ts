import { modelResolvers } from './model/model.resolvers.ts';
import { registeredModelResolvers } from './registered-model/registered-model.resolvers.ts';
import { modelSlotResolvers } from './model-slot/model-slot.resolvers.ts';
import { modelRoutingRuleResolvers } from './model-routing-rule/model-routing-rule.resolvers.ts';
import { registeredSkillResolvers } from './registered-skill/registered-skill.resolvers.ts';
import { skillDefinitionResolvers } from './skill-definition/skill-definition.resolvers.ts';
import { libraryStepResolvers } from './library-step/library-step.resolvers.ts';
import { stepCategoryResolvers } from './step-category/step-category.resolvers.ts';
import { promptResolvers } from './prompt/prompt.resolvers.ts';
import { promptVersionResolvers } from './prompt-version/prompt-version.resolvers.ts';
import { externalResolvers } from './external.resolvers.ts';

export const resolvers = [
  modelResolvers,
  registeredModelResolvers,
  modelSlotResolvers,
  modelRoutingRuleResolvers,
  registeredSkillResolvers,
  skillDefinitionResolvers,
  libraryStepResolvers,
  stepCategoryResolvers,
  promptResolvers,
  promptVersionResolvers,
  externalResolvers,
];
