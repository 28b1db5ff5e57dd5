import { after, day, hour, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

type IdOf = (key: string) => string;

/** What agents take for each kind of work other than the default. */
const choices = {
  FAST: ['anthropic/claude-haiku-4-5', 'openai/gpt-5-nano', 'google/gemini-2.5-flash-lite', 'anthropic/claude-3-5-haiku', 'openai/gpt-4o-mini'],
  REASONING: ['anthropic/claude-opus-4-5', 'openai/gpt-5', 'google/gemini-2.5-pro', 'x-ai/grok-4-0709'],
  VISION: ['google/gemini-2.5-pro', 'openai/gpt-4.1', 'google/gemini-2.5-flash'],
  EMBEDDING: ['openai/text-embedding-3-small'],
} as const;

/** Name, priority, conditions, and the models in the order they are tried. */
const rules: readonly (readonly [string, number, object, ...string[]])[] = [
  ['Hard questions', 90, { complexity: 'HIGH' }, 'anthropic/claude-opus-4-5', 'openai/gpt-5', 'google/gemini-2.5-pro'],
  ['Thinking for operators', 80, { slot: 'REASONING', tier: ['OPERATOR', 'DEPARTMENT'] }, 'openai/gpt-5', 'anthropic/claude-sonnet-4-5'],
  ['Thinking for one person', 75, { slot: 'REASONING', tier: 'PERSONAL' }, 'openai/gpt-5-mini', 'google/gemini-2.5-flash'],
  ['Pictures', 70, { slot: 'VISION' }, 'google/gemini-2.5-pro', 'google/gemini-2.5-flash', 'openai/gpt-4.1'],
  ['Vectors', 70, { slot: 'EMBEDDING' }, 'openai/text-embedding-3-small'],
  ['Quick answers', 60, { slot: 'FAST' }, 'anthropic/claude-haiku-4-5', 'anthropic/claude-3-5-haiku', 'openai/gpt-5-nano', 'google/gemini-2.5-flash-lite'],
  ['Easy work', 50, { complexity: ['LOW', 'TRIVIAL'] }, 'openai/gpt-5-nano', 'openai/gpt-4o-mini', 'deepseek/deepseek-chat'],
  ['Long documents', 40, { minContextTokens: 500_000 }, 'google/gemini-2.5-pro', 'openai/gpt-4.1'],
  ['Try the preview', 30, { complexity: 'HIGH', tier: 'OPERATOR' }, 'google/gemini-3-pro-preview', 'google/gemini-2.5-pro'],
  ['Everything else', 0, {}, 'anthropic/claude-sonnet-4-5', 'openai/gpt-5-mini', 'x-ai/grok-4-0709', 'cohere/command-r-plus'],
];

/** The models that agents have for kinds of work, and the rules for where work goes otherwise. */
export function makeRouting({ cast, definitionIds, agentTables }: Story, idOf: IdOf): Tables {
  const { orgId, makeId, founded, now, random } = cast;
  const definitions = new Map((agentTables['agentDefinitions'] ?? []).map((row) => [row['id'], row]));
  const modelSlots = definitionIds.flatMap((definitionId, d) => {
    const definition = definitions.get(definitionId);
    const chosen: [string, unknown][] = [['DEFAULT', definition?.['defaultModelId']], ...Object.entries(choices).map(([slot, keys]): [string, string] => [slot, idOf(random.pick(keys))])];
    // Some agents leave it to the rules.
    return chosen.filter((_, c) => (c + d) % 3 !== 2).map(([slot, modelId]): Row => {
      const at = after(founded, 9 * day + d * hour);
      return { id: makeId('ModelSlot', at), orgId, createdAt: at, updatedAt: at, definitionId, slot, modelId };
    });
  });
  const modelRoutingConfig = rules.map(([name, priority, match, primary = '', ...fallbacks], i): Row => {
    const at = after(founded, 10 * day + i * hour);
    const enabled = !name.includes('preview');
    return {
      id: makeId('ModelRoutingRule', at), orgId, createdAt: at, updatedAt: enabled ? at : after(now, -3 * day), name, match,
      primaryModelId: idOf(primary), fallbackModelIds: fallbacks.map(idOf), priority, enabled,
    };
  });
  return { modelSlots, modelRoutingConfig };
}
