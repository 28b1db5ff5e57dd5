import type { ListedModel } from '../analytics/price-list.ts';
import { after, day, hour, minute, type Row, type Tables } from '../rows.ts';
import type { Story } from '../story.ts';

const text = ['text'];
const images = ['text', 'image'];
const everything = ['text', 'image', 'audio', 'video'];

/** What the price list does not say: name, context window, most output tokens, kinds of input. */
const traits: Readonly<Record<string, readonly [string, number | null, number | null, readonly string[]]>> = {
  'anthropic/claude-opus-4-5': ['Claude Opus 4.5', 200_000, 64_000, images], 'anthropic/claude-sonnet-4-5': ['Claude Sonnet 4.5', 200_000, 64_000, images],
  'anthropic/claude-haiku-4-5': ['Claude Haiku 4.5', 200_000, 64_000, images], 'anthropic/claude-3-5-haiku': ['Claude Haiku 3.5', 200_000, 8_192, text],
  'openai/gpt-5': ['GPT-5', 400_000, 128_000, images], 'openai/gpt-5-mini': ['GPT-5 mini', 400_000, 128_000, images], 'openai/gpt-5-nano': ['GPT-5 nano', 400_000, 128_000, images],
  'openai/gpt-4.1': ['GPT-4.1', 1_047_576, 32_768, images], 'openai/gpt-4o-mini': ['GPT-4o mini', 128_000, 16_384, images],
  'openai/text-embedding-3-small': ['Text Embedding 3 small', 8_192, null, text],
  'google/gemini-2.5-pro': ['Gemini 2.5 Pro', 1_048_576, 65_536, everything], 'google/gemini-2.5-flash': ['Gemini 2.5 Flash', 1_048_576, 65_536, everything],
  'google/gemini-2.5-flash-lite': ['Gemini 2.5 Flash-Lite', 1_048_576, 65_536, everything], 'google/gemini-3-pro-preview': ['Gemini 3 Pro (preview)', 1_048_576, 65_536, everything],
  'deepseek/deepseek-chat': ['DeepSeek Chat', 131_072, 8_192, text], 'x-ai/grok-4-0709': ['Grok 4', 256_000, null, images], 'cohere/command-r-plus': ['Command R+', null, 4_096, text],
};

type Entry = Pick<ListedModel, 'key' | 'reasoning' | 'inputPrice' | 'outputPrice' | 'cachedInputPrice'>;

/** Models that no run has used: one for vectors, one to try, one retired. */
const unused: readonly (Entry & { readonly status: string })[] = [
  { key: 'openai/text-embedding-3-small', reasoning: false, inputPrice: '0.020000', outputPrice: '0.000000', cachedInputPrice: null, status: 'ACTIVE' },
  { key: 'google/gemini-3-pro-preview', reasoning: true, inputPrice: '2.000000', outputPrice: '12.000000', cachedInputPrice: '0.200000', status: 'PREVIEW' },
  { key: 'anthropic/claude-3-5-haiku', reasoning: false, inputPrice: '0.800000', outputPrice: '4.000000', cachedInputPrice: '0.080000', status: 'DEPRECATED' },
];

/** The catalogue, what each gateway has of it, and the id of a model by its key. */
export function makeModels(story: Story): { tables: Tables; idOf: (key: string) => string } {
  const { orgId, makeId, models, founded } = story.cast;
  const catalogue = [
    ...models.map((model) => ({ ...model, status: 'ACTIVE', createdAt: founded })),
    ...unused.map((model, i) => ({ ...model, createdAt: after(founded, (i + 2) * day), id: makeId('Model', after(founded, (i + 2) * day)) })),
  ];
  const ids = new Map(catalogue.map(({ key, id }) => [key, id]));
  const rows = catalogue.map(({ key, id, status, createdAt, reasoning, inputPrice, outputPrice, cachedInputPrice }): Row => {
    const [displayName, contextWindow, maxOutputTokens, modalities] = traits[key] ?? [key, null, null, text];
    return {
      id, orgId, createdAt, updatedAt: status === 'DEPRECATED' ? after(createdAt, 40 * day) : createdAt, modelKey: key, provider: key.split('/')[0], displayName,
      inputPrice, outputPrice, cachedInputPrice, contextWindow, maxOutputTokens, reasoning, modalities, status, approvalRequired: key.includes('opus') || status === 'PREVIEW',
    };
  });
  return {
    tables: { modelCatalog: rows, modelRegistry: makeRegistrations(story, catalogue) },
    idOf: (key) => {
      const id = ids.get(key);
      if (!id) throw new Error(`the demo's catalogue has no ${key}`);
      return id;
    },
  };
}

/** Every gateway has every model but the newest at the last one; it can call those that its agents use, and most others. */
function makeRegistrations({ cast, agents, prices }: Story, catalogue: readonly { id: string; status: string; createdAt: Date }[]): Row[] {
  const { orgId, makeId, gateways, now, random } = cast;
  const inUse = new Set(agents.map(({ gatewayId, modelId }) => `${gatewayId} ${modelId}`));
  return gateways.flatMap((gatewayId, g) => catalogue.filter(({ status }) => status !== 'PREVIEW' || g < gateways.length - 1).map(({ id: modelId, status, createdAt }, m): Row => {
    const at = after(createdAt, 6 * hour + g * 20 * minute);
    const own = prices.find((price) => price.modelId === modelId && price.gatewayId === gatewayId && price.effectiveTo === null);
    // One gateway has been told of a model to try, and has not reported it yet.
    const lastSyncedAt = status === 'PREVIEW' && g === 0 ? null : after(now, -random.int(20_000, 12 * minute));
    return {
      id: makeId('RegisteredModel', at), orgId, createdAt: at, updatedAt: lastSyncedAt ?? at, gatewayId, modelId,
      available: inUse.has(`${gatewayId} ${modelId}`) || (lastSyncedAt !== null && status !== 'DEPRECATED' && (m + g) % 6 !== 0),
      inputPrice: own?.inputPrice ?? null, outputPrice: own?.outputPrice ?? null, cachedInputPrice: own?.cachedInputPrice ?? null,
      lastSyncedAt,
    };
  }));
}
