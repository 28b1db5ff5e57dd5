import { isJsonObject, own, setOwn, type JsonObject } from './json.ts';

/**
 * Adds what a fetch answered to what is there. Objects merge key by key, lists of the same length item by item; of two other
 * values a null gives way. What is added is not copied: whoever merges one answer into several places lets them share it.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) setOwn(target, key, merged(own(target, key), source[key]));
}

function merged(existing: unknown, added: unknown): unknown {
  if (existing === undefined || existing === null || existing === added) return added;
  if (added === undefined || added === null) return existing;
  if (Array.isArray(existing) && Array.isArray(added)) {
    if (existing.length !== added.length) return added;
    for (let i = 0; i < added.length; i++) existing[i] = merged(existing[i], added[i]);
    return existing;
  }
  if (!isJsonObject(existing) || !isJsonObject(added)) return added;
  mergeInto(existing, added);
  return existing;
}
