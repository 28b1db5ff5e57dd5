import { judge, type Answered } from './judge.ts';

const whole = JSON.stringify({ data: { run: { id: 'run_1', steps: [{ agent: { name: 'Ada' } }, { agent: null }] }, agents: null } });
const answered = (answer: object, status = 200): Answered => ({ status, retryAfter: undefined, text: JSON.stringify(answer) });
const missing = (...path: (string | number)[]) => ({ message: 'The subgraph "agents" is not available.', path, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'agents' } });
const without = { run: { id: 'run_1', steps: [{ agent: null }, { agent: null }] }, agents: null };
const errors = [missing('run', 'steps', 0, 'agent'), missing('run', 'steps', 1, 'agent'), missing('agents')];

test('the same text is whole', () => {
  expect(judge({ status: 200, retryAfter: undefined, text: whole }, whole, [])).toEqual({ outcome: 'whole' });
});

test('null where an error of a sick subgraph says so, and the rest, has gaps', () => {
  expect(judge(answered({ errors, data: without }), whole, ['agents'])).toEqual({ outcome: 'gaps', codes: ['SUBGRAPH_UNAVAILABLE'], uncertain: false });
});

test.each<[string, object, readonly string[]]>([
  ['an error of a subgraph that is well', { errors, data: without }, ['analytics']],
  ['an error of another code', { errors: [{ ...missing('agents'), extensions: { code: 'INTERNAL_SERVER_ERROR' } }], data: without }, ['agents']],
  ['an error without a path', { errors: [{ message: 'no', extensions: missing().extensions }], data: without }, ['agents']],
  ['a gap that no error tells of', { errors: errors.slice(1), data: without }, ['agents']],
  ['an error where there is no gap', { errors: [...errors, missing('run', 'id')], data: without }, ['agents']],
  ['other data without errors', { data: without }, ['agents']],
])('%s is wrong', (_, answer, mayLack) => {
  expect(judge(answered(answer), whole, mayLack)).toMatchObject({ outcome: 'wrong' });
});

test('another status is a refusal, and says whether to come again', () => {
  expect(judge({ ...answered({ errors: [] }, 503), retryAfter: '1' }, whole, [])).toEqual({ outcome: 'refused', detail: '503, Retry-After: 1: {"errors":[]}' });
});
