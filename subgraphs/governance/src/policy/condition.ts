import type { JsonValue } from '@forge/subgraph-kit';
import { z } from 'zod';
import { fields } from './condition-fields.ts';
import { operatorsOf, valueRule } from './condition-values.ts';

type Path = readonly (string | number)[];

/** What is wrong with a condition, and where in it. */
export interface ConditionFault {
  readonly path: Path;
  readonly message: string;
}

const maxDepth = 5;
const maxSize = 100;
const maxBranches = 20;

const shape = 'must be {"field", "operator", "value"}, or one of {"all": [conditions]}, {"any": [conditions]} and {"not": condition}';
const parts = ['field', 'operator', 'value'];

/**
 * Every fault of a policy's condition; none when it can be saved. A condition is `{field, operator, value}`, or `all`
 * (an empty one always holds), `any` or `not` of conditions, at most 5 levels deep and 100 conditions in all.
 */
export function conditionFaults(condition: unknown): ConditionFault[] {
  const walk = { size: 0 };
  const faults = check(condition, [], 1, walk);
  return walk.size > maxSize ? [{ path: [], message: `has more than ${maxSize} conditions` }] : faults;
}

function check(condition: unknown, path: Path, depth: number, walk: { size: number }): ConditionFault[] {
  // Looks no further once there are too many, nor too deep: what comes in may be of any size.
  if (++walk.size > maxSize) return [];
  if (depth > maxDepth) return [{ path, message: `is more than ${maxDepth} levels deep` }];
  if (!isObject(condition)) return [{ path, message: shape }];
  const keys = Object.keys(condition);
  const key = keys.length === 1 ? keys[0] : undefined;
  const inner = key === undefined ? undefined : condition[key];
  switch (key) {
    case 'not': return check(inner, [...path, key], depth + 1, walk);
    case 'all':
    case 'any': return checkBranches(inner, [...path, key], key === 'any' ? 1 : 0, depth, walk);
    default: return checkComparison(condition, path);
  }
}

function checkBranches(branches: unknown, path: Path, min: number, depth: number, walk: { size: number }): ConditionFault[] {
  if (!Array.isArray(branches)) return [{ path, message: 'must be a list of conditions' }];
  if (branches.length < min || branches.length > maxBranches) return [{ path, message: `must have ${min} to ${maxBranches} conditions` }];
  return branches.flatMap((branch, i) => check(branch, [...path, i], depth + 1, walk));
}

function checkComparison(comparison: Readonly<Record<string, unknown>>, path: Path): ConditionFault[] {
  if (!Object.keys(comparison).some((key) => parts.includes(key))) return [{ path, message: shape }];
  const foreign = Object.keys(comparison).filter((key) => !parts.includes(key)).map((key) => ({ path: [...path, key], message: 'does not belong beside field, operator and value' }));
  const missing = parts.filter((part) => comparison[part] === undefined).map((part) => ({ path: [...path, part], message: 'is missing' }));
  return [...foreign, ...(missing.length > 0 ? missing : checkParts(comparison, path))];
}

function checkParts({ field: name, operator, value }: Readonly<Record<string, unknown>>, path: Path): ConditionFault[] {
  const field = typeof name === 'string' ? fields.get(name) : undefined;
  if (!field) return [{ path: [...path, 'field'], message: `must be one of ${[...fields.keys()].join(', ')}` }];
  const rule = typeof operator === 'string' ? valueRule(field, operator) : undefined;
  if (!rule) return [{ path: [...path, 'operator'], message: `must be one of ${operatorsOf(field).join(', ')} for ${String(name)}` }];
  const issues = rule.safeParse(value).error?.issues ?? [];
  return issues.map((issue) => ({ path: [...path, 'value', ...issue.path.map(Number)], message: issue.message }));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A condition, as an input has it. */
export const condition = z.unknown()
  .superRefine((value, issues) => {
    for (const { path, message } of conditionFaults(value)) issues.addIssue({ code: 'custom', path: [...path], message });
  })
  .transform((value) => value as JsonValue);
