import { findProvider, type ModelPrice as ListedPrice } from '@pydantic/genai-prices';

/** A model with its list price, in US dollars per 1,000,000 tokens as exact decimals. */
export interface ListedModel {
  readonly key: string;
  readonly reasoning: boolean;
  readonly inputPrice: string;
  readonly outputPrice: string;
  readonly cachedInputPrice: string | null;
  /** Where the provider publishes it. */
  readonly source: string;
}

/** What the demo organisation uses: provider, model, and whether it thinks before it answers. */
const used: readonly (readonly [string, string, boolean])[] = [
  ['anthropic', 'claude-opus-4-5', true], ['anthropic', 'claude-sonnet-4-5', true], ['anthropic', 'claude-haiku-4-5', false],
  ['openai', 'gpt-5', true], ['openai', 'gpt-5-mini', true], ['openai', 'gpt-5-nano', false], ['openai', 'gpt-4.1', false], ['openai', 'gpt-4o-mini', false],
  ['google', 'gemini-2.5-pro', true], ['google', 'gemini-2.5-flash', true], ['google', 'gemini-2.5-flash-lite', false],
  ['deepseek', 'deepseek-chat', false], ['x-ai', 'grok-4-0709', true], ['cohere', 'command-r-plus', false],
];

/** The models the organisation uses, at the prices of the price list that the package carries. */
export function readPriceList(): ListedModel[] {
  return used.map(([providerId, modelId, reasoning]) => {
    const provider = findProvider({ providerId });
    const model = provider?.models.find(({ id }) => id === modelId);
    if (!provider || !model) throw new Error(`the price list has no ${providerId}/${modelId}`);
    // Where prices change with time or hour, the list ends with those that hold now.
    const prices = Array.isArray(model.prices) ? model.prices.at(-1)?.prices : model.prices;
    if (!prices?.input_mtok || !prices.output_mtok) throw new Error(`${modelId} has no price a token`);
    return {
      key: `${providerId}/${modelId}`,
      reasoning,
      inputPrice: decimal(prices.input_mtok),
      outputPrice: decimal(prices.output_mtok),
      cachedInputPrice: prices.cache_read_mtok ? decimal(prices.cache_read_mtok) : null,
      source: provider.pricing_urls?.[0] ?? providerId,
    };
  });
}

/** A tiered price counts from its base: the demo's calls stay below the first tier. */
function decimal(price: NonNullable<ListedPrice['input_mtok']>): string {
  return (typeof price === 'number' ? price : price.base).toFixed(6);
}
