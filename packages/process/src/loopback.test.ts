import { isLoopback } from './loopback.ts';

test.each([
  ['localhost', true], ['127.0.0.1', true], ['127.8.9.1', true], ['::1', true],
  ['0.0.0.0', false], ['::', false], ['10.0.0.7', false], ['forge.example', false],
])('%s: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});
