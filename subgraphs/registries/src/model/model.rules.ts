import { decimal, idempotencyKey, optional, setOf, text, versionedId } from '@forge/subgraph-kit';
import { z } from 'zod';

const modelKey = text(1, 200).regex(/^[a-z0-9]+([.-][a-z0-9]+)*\/\S+$/, 'must be provider/model, such as openai/gpt-5, the provider in lower case');
const price = decimal(6);
const tokens = z.int().min(1, 'must be 1 or more').nullable();

const displayName = text(1, 200);
const reasoning = z.boolean();
const modalities = setOf(text(1, 50), 20);
const approvalRequired = z.boolean();

export const createModelRules = z.object({
  modelKey,
  displayName,
  inputPrice: price,
  outputPrice: price,
  cachedInputPrice: price.nullable().default(null),
  contextWindow: tokens.default(null),
  maxOutputTokens: tokens.default(null),
  ...optional({ reasoning, modalities, approvalRequired }),
  idempotencyKey,
});

export const updateModelRules = z.object({
  ...versionedId('Model'),
  ...optional({ displayName, contextWindow: tokens, maxOutputTokens: tokens, reasoning, modalities, approvalRequired }),
});

export const deleteModelRules = z.object(versionedId('Model'));

/** Who serves a model, by its key. */
export function providerOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
