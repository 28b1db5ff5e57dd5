import { isJsonObject, own, type JsonObject } from './json.ts';

/** Where a planned fetch puts its answer: keys of objects, and `@` for every item of a list. */
export type PlanPath = readonly (string | number)[];

/** Where something stands in the response, with the index in each list. */
export type ResponsePath = readonly (string | number)[];

/** The objects at a path of the plan; what is null or missing on the way has none. */
export function objectsAt(root: JsonObject, path: PlanPath): JsonObject[] {
  let values: unknown[] = [root];
  for (const step of path) {
    values = step === '@'
      ? values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : []))
      : values.map((value) => (isJsonObject(value) ? own(value, String(step)) : undefined));
  }
  return values.flat(Infinity).filter(isJsonObject);
}

/** The paths of the objects that `objectsAt` finds, in the same order: worked out only when there is an error to place. */
export function pathsOf(root: JsonObject, path: PlanPath): ResponsePath[] {
  const found: ResponsePath[] = [];
  collect(root, path, [], found);
  return found;
}

function collect(value: unknown, path: PlanPath, at: ResponsePath, found: ResponsePath[]): void {
  if (Array.isArray(value)) {
    const rest = path[0] === '@' ? path.slice(1) : path;
    value.forEach((item, i) => collect(item, rest, [...at, i], found));
  } else if (isJsonObject(value)) {
    const [step, ...rest] = path;
    if (step === undefined) found.push(at);
    else if (step !== '@') collect(own(value, String(step)), rest, [...at, step], found);
  }
}
