import { context, createContextKey, propagation, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { addTraceHeaders } from './trace-headers.ts';

const key = createContextKey('trace');
let active: Context = ROOT_CONTEXT;

beforeAll(() => {
  context.setGlobalContextManager({
    active: () => active,
    with: (_, fn, thisArg, ...args) => fn.call(thisArg as ThisParameterType<typeof fn>, ...args),
    bind: (_, target) => target,
    enable() { return this; },
    disable() { return this; },
  });
  propagation.setGlobalPropagator({
    inject: (from, carrier, setter) => setter.set(carrier, 'traceparent', String(from.getValue(key))),
    extract: (from) => from,
    fields: () => ['traceparent'],
  });
});
afterAll(() => {
  context.disable();
  propagation.disable();
});

test('a trace that is under way goes with the request', () => {
  active = ROOT_CONTEXT.setValue(key, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  const headers = ['accept', 'application/json'];
  addTraceHeaders(headers);
  expect(headers).toEqual(['accept', 'application/json', 'traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01']);
});

test('without one nothing is added', () => {
  active = ROOT_CONTEXT;
  const headers: string[] = [];
  addTraceHeaders(headers);
  expect(headers).toEqual([]);
});
