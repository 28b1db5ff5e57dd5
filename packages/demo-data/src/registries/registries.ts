import { makeModels } from './models.ts';
import { makePrompts } from './prompts.ts';
import { makeRouting } from './routing.ts';
import { makeSkills } from './skills.ts';
import { makeSteps } from './steps.ts';
import type { Tables } from '../rows.ts';
import type { Story } from '../story.ts';

/** The registries domain: models and how work finds them, skills, the step library, prompts. */
export function makeRegistries(story: Story): Tables {
  const { tables: models, idOf } = makeModels(story);
  return { ...models, ...makeRouting(story, idOf), ...makeSkills(story.cast), ...makeSteps(story.cast), ...makePrompts(story.cast) };
}
