import { idOf, text } from '@forge/subgraph-kit';
import { z } from 'zod';
import type { Field } from './condition-fields.ts';

/** What an operator is given: a value of the field's kind, several of them, or yes or no. */
type Takes = 'one' | 'several' | 'yes or no';

const equality = { eq: 'one', ne: 'one', in: 'several', notIn: 'several' } as const;
const order = { eq: 'one', ne: 'one', gt: 'one', gte: 'one', lt: 'one', lte: 'one' } as const;
/** Whether the gate does not know the field. */
const presence = { isNull: 'yes or no' } as const;

/** The operators of each kind of field, named as in the graph's filters. */
const operators: Readonly<Record<Field['kind'], Readonly<Record<string, Takes>>>> = {
  text: { ...equality, contains: 'one', startsWith: 'one', ...presence },
  id: { ...equality, ...presence },
  choice: { ...equality, ...presence },
  number: { ...order, ...presence },
  cents: { ...order, ...presence },
  labels: { has: 'one', hasAny: 'several', ...presence },
};

export function operatorsOf(field: Field): readonly string[] {
  return Object.keys(operators[field.kind]);
}

/** What `operator` may be given when it asks about `field`; undefined when it cannot ask about it. */
export function valueRule(field: Field, operator: string): z.ZodType | undefined {
  if (!operatorsOf(field).includes(operator)) return undefined;
  switch (operators[field.kind][operator]) {
    case 'one': return oneOf(field);
    case 'several': return z.array(oneOf(field), 'must be a list').refine(({ length }) => length >= 1 && length <= 50, 'must have 1 to 50 entries');
    default: return z.boolean('must be true or false');
  }
}

function oneOf(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
    case 'labels': return z.string('must be text').pipe(text(1, 200));
    case 'id': return z.string('must be an id').pipe(idOf(field.type));
    case 'choice': return z.enum(field.values, `must be one of ${field.values.join(', ')}`);
    case 'number': return z.int('must be a whole number').min(field.min, `must be ${field.min} or more`).max(field.max, `must be ${field.max} or less`);
    case 'cents': return z.string(centsRule).regex(/^\d{1,12}(\.\d{1,10})?$/, centsRule);
  }
}

const centsRule = 'must be US cents as a string, such as "2500" or "0.5"';
