import type { FetchDataRewrite } from '@apollo/query-planner';
import { isJsonObject, own, setOwn, type JsonObject } from './json.ts';
import type { IsOfType } from './types.ts';

const fragment = '... on ';

/** Applies what the planner wants changed in what is sent or has come: a value set, or a key that stands for an alias renamed. */
export function applyRewrites(rewrites: readonly FetchDataRewrite[] | undefined, value: JsonObject, isOfType: IsOfType): void {
  for (const rewrite of rewrites ?? []) {
    const last = rewrite.path.at(-1);
    if (last === undefined) continue;
    at(value, rewrite.path.slice(0, -1), isOfType, (object) => {
      if (rewrite.kind === 'ValueSetter') setOwn(object, last, rewrite.setValueTo);
      else rename(object, last, rewrite.renameKeyTo);
    });
  }
}

function rename(object: JsonObject, from: string, to: string): void {
  const value = own(object, from);
  if (value === undefined) return;
  setOwn(object, to, value);
  Reflect.deleteProperty(object, from);
}

function at(value: unknown, path: readonly string[], isOfType: IsOfType, act: (object: JsonObject) => void): void {
  if (Array.isArray(value)) value.forEach((item) => at(item, path, isOfType, act));
  if (!isJsonObject(value)) return;
  const [step, ...rest] = path;
  if (step === undefined) act(value);
  else if (!step.startsWith(fragment)) at(own(value, step), rest, isOfType, act);
  // Without a __typename the planner asked for it where only that type can be.
  else if (value['__typename'] === undefined || isOfType(value, step.slice(fragment.length))) at(value, rest, isOfType, act);
}
