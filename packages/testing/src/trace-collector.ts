import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as OTLP over HTTP carries it in JSON, as far as tests look. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** Of the program that made it. */
  readonly service: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
  readonly links: readonly { readonly traceId: string }[];
}

export interface TraceCollector {
  /** For `startTracing`. */
  readonly endpoint: string;
  readonly spans: CollectedSpan[];
  /** A span and those beneath it as nested lists of names: `['a', ['b'], ['c', ['d']]]`; siblings by when they ended. */
  tree(root: CollectedSpan): unknown[];
  close(): Promise<void>;
}

interface Attribute {
  readonly key: string;
  /** By its type: `{ stringValue: … }`. */
  readonly value: object;
}

/** What of OTLP's JSON tests look at (opentelemetry-proto, trace.proto). */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

interface OtlpSpan extends Pick<CollectedSpan, 'traceId' | 'spanId' | 'parentSpanId' | 'name'> {
  readonly attributes?: readonly Attribute[];
  readonly status?: { readonly code?: number };
  readonly links?: CollectedSpan['links'];
}

/** An OpenTelemetry collector that keeps what it is sent. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const http = createServer((request, response) => {
    void text(request).then((body) => {
      if (request.url === '/v1/traces') spans.push(...spansOf(JSON.parse(body) as ExportRequest));
      response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const tree = (root: CollectedSpan): unknown[] => [root.name, ...spans.filter(({ parentSpanId }) => parentSpanId === root.spanId).map(tree)];
  return {
    endpoint: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, spans, tree,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function spansOf({ resourceSpans }: ExportRequest): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(attributesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans.map(({ traceId, spanId, parentSpanId, name, attributes, status, links = [] }) => {
      return { traceId, spanId, parentSpanId, name, service, attributes: attributesOf(attributes), failed: status?.code === 2, links };
    }));
  });
}

function attributesOf(attributes: readonly Attribute[] = []): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as unknown]));
}
