import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Link, type Span, type Tracer } from '@opentelemetry/api';
import { isPromise } from 'node:util/types';

export type { Attributes } from '@opentelemetry/api';

export interface SpanOptions {
  /** What it is to the world outside: an answer to a caller, a question to somebody else, or neither, the default. */
  readonly kind?: 'server' | 'client' | 'internal';
  /** Begins a trace of its own. `follows` are headers that may name the caller's trace, to which this one is then linked. */
  readonly root?: { readonly follows?: TraceHeaders };
}

/** HTTP headers as Node gives them, names in lower case. */
export type TraceHeaders = Readonly<Record<string, string | string[] | undefined>>;

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL };

let tracer: Tracer | undefined;

/** Says who makes spans, or that nobody does any longer. For startTracing alone. */
export function setTracer(next: Tracer | undefined): void {
  tracer = next;
}

/** Whether spans are made. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/**
 * Runs `work` as a span, which ends when its promise does, and fails with it; without tracing it runs `work` and nothing else.
 * Attributes are for names and numbers: never values that a client has sent. Of an error its class or code is kept, not its
 * message, which may repeat such values.
 */
export function traced<T>(name: string, attributes: Attributes, work: () => T, { kind = 'internal', root }: SpanOptions = {}): T {
  if (!tracer) return work();
  const options = { kind: kinds[kind], attributes, ...(root && { root: true, links: linksOf(root.follows) }) };
  return tracer.startActiveSpan(name, options, (span) => {
    try {
      const outcome = work();
      if (!isPromise(outcome)) return ended(span, outcome);
      return outcome.then((value: unknown) => ended(span, value), (error: unknown) => thrown(span, error)) as T;
    } catch (error) {
      return thrown(span, error);
    }
  });
}

/** Adds to the span that is under way, if one is. */
export function annotate(attributes: Attributes): void {
  if (tracer) trace.getActiveSpan()?.setAttributes(attributes);
}

/** Names the span that is under way anew, when more is known of it; the name is one of few. */
export function renameSpan(name: string): void {
  if (tracer) trace.getActiveSpan()?.updateName(name);
}

/** Says of the span that is under way that it has failed although nothing is thrown. `type` is one of few: a class, a code. */
export function markFailed(type: string): void {
  const span = tracer && trace.getActiveSpan();
  if (span) fail(span, type);
}

/** Runs `work` as part of the trace that a caller's headers name (W3C Trace Context). For callers who are trusted. */
export function continueTrace<T>(headers: TraceHeaders, work: () => T): T {
  return tracer ? context.with(propagation.extract(context.active(), headers), work) : work();
}

/** The headers by which somebody else's spans become part of the trace under way; none when there is none. */
export function traceHeaders(): Record<string, string> {
  const headers: Record<string, string> = {};
  if (tracer) propagation.inject(context.active(), headers);
  return headers;
}

/** Whether a span is under way, so that a smaller one would not be alone. */
export function isTraced(): boolean {
  return tracer !== undefined && trace.getActiveSpan() !== undefined;
}

/** The trace under way in the words that logs use for it (OpenTelemetry, Trace Context in non-OTLP Log Formats); undefined without one. */
export function activeTrace(): { trace_id: string; span_id: string } | undefined {
  const span = tracer && trace.getActiveSpan()?.spanContext();
  return span && { trace_id: span.traceId, span_id: span.spanId };
}

function linksOf(headers: TraceHeaders = {}): Link[] {
  const caller = trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers));
  return caller ? [{ context: caller }] : [];
}

function ended<V>(span: Span, value: V): V {
  span.end();
  return value;
}

function thrown(span: Span, error: unknown): never {
  const { code, name } = error as { code?: unknown; name?: string };
  fail(span, typeof code === 'string' ? code : (name ?? 'Error'));
  span.end();
  throw error;
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', type);
}
