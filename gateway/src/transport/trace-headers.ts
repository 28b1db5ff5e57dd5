import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';

const intoList = { set: (list: string[], name: string, value: string) => void list.push(name, value) };

/** Adds to `headers`, names and values in turn, what tells a subgraph of the trace that is under way, if one is. */
export function addTraceHeaders(headers: string[]): void {
  const active = context.active();
  // Without a context manager there is only this one: nobody traces, so nothing is to be looked up.
  if (active !== ROOT_CONTEXT) propagation.inject(active, headers, intoList);
}
