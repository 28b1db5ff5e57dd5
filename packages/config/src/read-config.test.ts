import { z } from 'zod';
import { readConfig } from './read-config.ts';

const schema = z.object({ PORT: z.coerce.number().int().max(65_535).default(4000), SECRET: z.string().min(8), MODE: z.enum(['dev', 'jwt']) });

test('every fault is reported at once, without the values', () => {
  const read = () => readConfig(schema, { PORT: '99999', SECRET: 'hunter2', MODE: 'off' });
  expect(read).toThrow(/3 faults[\s\S]*PORT[\s\S]*SECRET[\s\S]*MODE/);
  expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hunter2') }));
});

test('an empty variable counts as none, so its default holds', () => {
  expect(readConfig(schema, { PORT: '', SECRET: 'long enough', MODE: 'dev' })).toEqual({ PORT: 4000, SECRET: 'long enough', MODE: 'dev' });
});
