import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isJsonObject, own, setOwn, type JsonObject } from './json.ts';
import { mergeInto } from './merge.ts';
import { applyRewrites } from './rewrites.ts';
import type { IsOfType } from './types.ts';

/** What a fetch of entities sends: each representation once. */
export interface Representations {
  readonly distinct: readonly JsonObject[];
  /** For each of `distinct`, the entities it stands for. */
  readonly entities: readonly (readonly JsonObject[])[];
}

/** The representations of entities (Apollo Federation subgraph specification, `_entities`); an entity that lacks its key has none. */
export function representationsOf(objects: readonly JsonObject[], { requires = [], inputRewrites }: FetchNode, isOfType: IsOfType): Representations {
  const known = new Map<string, number>();
  const distinct: JsonObject[] = [];
  const entities: JsonObject[][] = [];
  for (const object of objects) {
    const representation = select(object, requires, isOfType);
    if (representation === null || !isWhole(representation)) continue;
    applyRewrites(inputRewrites, representation, isOfType);
    const key = JSON.stringify(representation);
    const existing = known.get(key);
    if (existing !== undefined) entities[existing]?.push(object);
    else {
      known.set(key, distinct.length);
      distinct.push(representation);
      entities.push([object]);
    }
  }
  return { distinct, entities };
}

/** Whether it says of what type something is, and more. */
function isWhole(representation: JsonObject): boolean {
  return representation['__typename'] !== undefined && Object.keys(representation).length > 1;
}

/** The part of an object that `selections` name; null when one of them is missing. */
function select(source: JsonObject, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): JsonObject | null {
  const result: JsonObject = {};
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      if (selection.typeCondition === undefined || !isOfType(source, selection.typeCondition)) continue;
      const part = select(source, selection.selections, isOfType);
      if (part) mergeInto(result, part);
    } else {
      const key = selection.alias ?? selection.name;
      const value = own(source, key);
      if (value === undefined) return null;
      setOwn(result, key, selection.selections ? selectIn(value, selection.selections, isOfType) : value);
    }
  }
  return result;
}

function selectIn(value: unknown, selections: readonly QueryPlanSelectionNode[], isOfType: IsOfType): unknown {
  if (Array.isArray(value)) return value.map((item) => selectIn(item, selections, isOfType));
  return isJsonObject(value) ? select(value, selections, isOfType) : value;
}
