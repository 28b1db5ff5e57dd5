import { createRandom } from '@forge/demo-data';
import { valueForSchema } from './value-for-schema.ts';

test.each([
  [null, 'yes'],
  [true, 'yes'],
  [{ const: 7 }, 7],
  [{ enum: ['only'] }, 'only'],
  [{ anyOf: [{ const: 'first' }, { type: 'number' }] }, 'first'],
  [{ type: 'object', required: ['choice'], properties: { choice: { enum: ['a'] }, sure: { type: 'boolean' } } }, { choice: 'a', sure: expect.any(Boolean) }],
  [{ properties: { name: { type: 'string', maxLength: 4 } } }, { name: 'as d' }],
  [{ type: 'string', minLength: 15 }, 'as discussed...'],
  [{ type: 'array', minItems: 2, items: { const: 1 } }, [1, 1]],
  [{ type: 'integer', minimum: 3, maximum: 3 }, 3],
  [{ type: 'number', maximum: -5 }, expect.any(Number)],
  [{ type: ['null', 'string'] }, null],
])('%j is answered', (schema, expected) => {
  expect(valueForSchema(schema, createRandom(1))).toEqual(expected);
});

test('numbers stay within their limits', () => {
  const random = createRandom(2);
  const numbers = Array.from({ length: 200 }, () => valueForSchema({ type: 'integer', minimum: -3, maximum: 4 }, random) as number);
  expect([Math.min(...numbers), Math.max(...numbers)]).toEqual([-3, 4]);
});
