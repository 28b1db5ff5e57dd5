import { decimal, idOf, jsonObject, kebabCase, listOf, optional, setOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';

// What the four parts of a blueprint must look like; what is provisioned from them relies on it.

/** A choice, with the choices in the message. */
function oneOf<const T extends readonly [string, ...string[]]>(...choices: T) {
  return z.enum(choices, `must be one of ${choices.join(', ')}`);
}

/** An object with these keys and no others. */
function part<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, { error: ({ code, keys }) => (code === 'unrecognized_keys' ? `has what nobody reads: ${(keys).join(', ')}` : 'must be a JSON object') });
}

function named<S extends z.ZodType<{ name: string }>>(entry: S) {
  return listOf(entry, 50).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'has the same name twice');
}

export const teamComposition = part({
  members: listOf(part({
    role: oneOf('MANAGER', 'LEAD', 'MEMBER', 'REVIEWER'),
    count: z.int('must be a whole number').min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100'),
    ...optional({ workerType: oneOf('EMPLOYEE', 'CONTRACTOR', 'AGENT'), positionId: idOf('Position') }),
  }), 50).refine((all) => all.length > 0, 'needs at least one entry'),
});

export const channelStructure = part({
  channels: named(part({
    name: kebabCase('shop-floor'),
    type: oneOf('FACTORY', 'PROJECT', 'TEAM', 'DIRECT', 'PERSONAL'),
    ...optional({ relevancyMode: oneOf('HEURISTIC', 'LLM', 'HYBRID') }),
  })),
});

export const environmentSpec = part({
  environments: named(part({ name: kebabCase('main'), ...optional({ provider: text(1, 200), spec: jsonObject() }) })),
});

const percent = z.int('must be a whole number').min(1, 'must be from 1 to 1000').max(1_000, 'must be from 1 to 1000');

export const budgetLimits = part({
  period: oneOf('DAILY', 'WEEKLY', 'MONTHLY'),
  amountCents: decimal(10).regex(/^-?\d+(\.\d+)?$/, 'must be a decimal number as a string, such as "2500.00"'),
  ...optional({
    hardLimit: z.boolean('must be true or false'),
    alertThresholds: setOf(percent, 10),
  }),
});
