/** A JSON object of an answer, on its way from subgraphs to the client. */
export type JsonObject = Record<string, unknown>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property: `constructor` may be a field's name. What is a function is not JSON, so it is inherited. */
export function own(object: JsonObject, key: string): unknown {
  if (key === '__proto__') return Object.getOwnPropertyDescriptor(object, key)?.value;
  const value = object[key];
  return typeof value === 'function' ? undefined : value;
}

/** Sets an own property, `__proto__` too. */
export function setOwn(object: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}
