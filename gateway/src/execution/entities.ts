import { isJsonObject, own, type JsonObject } from './json.ts';

/** Where a planned fetch puts its answer: keys of objects, and `@` for every item of a list. */
export type PlanPath = readonly (string | number)[];

/** Where something stands in the response, with the index in each list. */
export type ResponsePath = readonly (string | number)[];

/** The objects at a path of the plan, each once, however many places show it; what is null or missing on the way has none. */
export function objectsAt(root: JsonObject, path: PlanPath): JsonObject[] {
  const found = new Set<JsonObject>();
  collect(root, path, 0, found);
  return [...found];
}

function collect(value: unknown, path: PlanPath, depth: number, found: Set<JsonObject>): void {
  const step = path[depth];
  if (step === '@') {
    if (Array.isArray(value)) for (const item of value) collect(item, path, depth + 1, found);
  } else if (isJsonObject(value)) {
    if (step === undefined) found.add(value);
    else collect(own(value, String(step)), path, depth + 1, found);
  }
}

/** Every place of the objects at a path of the plan: worked out only when there is an error to place. */
export function placesOf(root: JsonObject, path: PlanPath): ReadonlyMap<JsonObject, readonly ResponsePath[]> {
  const places = new Map<JsonObject, ResponsePath[]>();
  locate(root, path, [], places);
  return places;
}

function locate(value: unknown, [step, ...rest]: PlanPath, at: ResponsePath, places: Map<JsonObject, ResponsePath[]>): void {
  if (step === '@') {
    if (Array.isArray(value)) value.forEach((item, i) => locate(item, rest, [...at, i], places));
  } else if (isJsonObject(value)) {
    if (step === undefined) places.set(value, [...(places.get(value) ?? []), at]);
    else locate(own(value, String(step)), rest, [...at, step], places);
  }
}
