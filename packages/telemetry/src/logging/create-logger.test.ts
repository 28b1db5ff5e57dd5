import { withinRequest } from '../request-scope.ts';
import { createLogger, type LogLevel } from './create-logger.ts';

/** The lines that `write` makes. */
function lines(write: (logger: ReturnType<typeof createLogger>) => void, level?: LogLevel) {
  const written: Record<string, unknown>[] = [];
  write(createLogger({ name: 'forge-test', level }, { write: (line: string) => void written.push(JSON.parse(line) as Record<string, unknown>) }));
  return written;
}

test('a line within a request carries its id, also one of a child and after an await; another does not', async () => {
  let waited: Promise<void> | undefined;
  const written = lines((logger) => {
    logger.info('before');
    waited = withinRequest({ requestId: 'r1' }, async () => {
      await Promise.resolve();
      logger.child({ part: 'gateway' }).info('within');
    });
  });
  await waited;
  expect(written.map(({ name, msg, requestId }) => [name, msg, requestId])).toEqual([['forge-test', 'before', undefined], ['forge-test', 'within', 'r1']]);
});

test.each([
  { authorization: 'hunter2' }, { headers: { cookie: 'hunter2', 'x-api-key': 'hunter2' } }, { request: { headers: { 'authorization': 'hunter2', 'set-cookie': 'hunter2' } } },
  { variables: { input: 'hunter2' } }, { options: { password: 'hunter2' } }, { err: Object.assign(new Error('no'), { token: 'hunter2', request: { secret: 'hunter2' } }) },
])('%j is blotted out', (fields) => {
  const [line] = lines((logger) => logger.info(fields, 'careless'));
  expect(JSON.stringify(line)).not.toContain('hunter2');
  expect(JSON.stringify(line)).toContain('[Redacted]');
});

test('a level keeps lesser lines out, `info` unless given', () => {
  const write = (logger: ReturnType<typeof createLogger>) => {
    logger.debug('a detail');
    logger.info('a fact');
    logger.error('a fault');
  };
  expect([lines(write), lines(write, 'error'), lines(write, 'silent')].map(({ length }) => length)).toEqual([2, 1, 0]);
});
