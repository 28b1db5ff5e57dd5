import { jsonObject, type JsonValue } from '@forge/subgraph-kit';
import { slots } from '../model-slot/model-slot.rules.ts';

/** The conditions whose values are known; others take any text, number or boolean. */
const known: Readonly<Record<string, readonly string[]>> = {
  slot: slots,
  tier: ['OPERATOR', 'DEPARTMENT', 'PERSONAL'],
};

const maxConditions = 20;
const maxValues = 50;

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What a rule is for: conditions by name, each a value, or a list of values of which any will do. */
export const match = jsonObject().superRefine((conditions, issues) => {
  for (const fault of matchFaults(conditions)) issues.addIssue({ code: 'custom', ...fault });
});

function matchFaults(conditions: JsonValue): Fault[] {
  // jsonObject() has told that it is none.
  if (typeof conditions !== 'object' || Array.isArray(conditions)) return [];
  const entries = Object.entries(conditions);
  if (entries.length > maxConditions) return [{ path: [], message: `has more than ${maxConditions} conditions` }];
  return entries.flatMap(([name, condition]) => {
    if (!Array.isArray(condition)) return valueFaults(name, condition, [name]);
    if (condition.length === 0 || condition.length > maxValues) return [{ path: [name], message: `needs 1 to ${maxValues} values` }];
    return condition.flatMap((value: unknown, i) => valueFaults(name, value, [name, i]));
  });
}

function valueFaults(name: string, value: unknown, path: (string | number)[]): Fault[] {
  const allowed = Object.hasOwn(known, name) ? known[name] : undefined;
  if (allowed) return allowed.some((each) => each === value) ? [] : [{ path, message: `must be one of ${allowed.join(', ')}` }];
  return ['string', 'number', 'boolean'].includes(typeof value) ? [] : [{ path, message: 'must be a text, a number, a boolean, or a list of them' }];
}
