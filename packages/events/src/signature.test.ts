import { randomBytes } from 'node:crypto';
import { isSigned, sign } from './signature.ts';

const [first, second, other] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const now = new Date('2026-11-23T10:00:00Z');
const body = '[{"id":"evt_1"}]';
const signed = (secret = first, sentSecondsAgo = 0) => sign(body, { secret, id: 'msg_1', now: new Date(now.getTime() - sentSecondsAgo * 1000) });
const without = (name: string) => Object.fromEntries(Object.entries(signed()).filter(([header]) => header !== name));

test('it is signed as Standard Webhooks has it: an example of its libraries', () => {
  const headers = sign('{"test": 2432232314}', { secret: Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64'), id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', now: new Date(1_614_265_330_000) });
  expect(headers).toEqual({ 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' });
});

test.each<[string, boolean, string, Record<string, unknown>]>([
  ['good', true, body, { ...signed() }],
  ['of the second secret', true, body, { ...signed(second) }],
  ['one of several that is good', true, body, { ...signed(), 'webhook-signature': `v1a,x v1,${'A'.repeat(44)} ${signed()['webhook-signature']}` }],
  ['five minutes old', true, body, { ...signed(first, 300) }],
  ['older than that', false, body, { ...signed(first, 301) }],
  ['of the future', false, body, { ...signed(first, -301) }],
  ['of another secret', false, body, { ...signed(other) }],
  ['of another body', false, `${body} `, { ...signed() }],
  ['of another id', false, body, { ...signed(), 'webhook-id': 'msg_2' }],
  ['of another second', false, body, { ...signed(), 'webhook-timestamp': signed(first, 1)['webhook-timestamp'] }],
  ['of no time', false, body, { ...signed(), 'webhook-timestamp': 'now' }],
  ['of another version', false, body, { ...signed(), 'webhook-signature': signed()['webhook-signature'].replace('v1,', 'v2,') }],
  ['cut short', false, body, { ...signed(), 'webhook-signature': signed()['webhook-signature'].slice(0, -1) }],
  ['given twice', false, body, { ...signed(), 'webhook-signature': [signed()['webhook-signature']] }],
  ['without its id', false, body, without('webhook-id')],
  ['without its time', false, body, without('webhook-timestamp')],
  ['missing', false, body, without('webhook-signature')],
])('a signature that is %s: %s', (_, isGood, text, headers) => {
  expect(isSigned(text, headers, { secrets: [first, second], now })).toBe(isGood);
});

test('without any secret nothing is signed', () => {
  expect(isSigned(body, { ...signed() }, { secrets: [], now })).toBe(false);
});
