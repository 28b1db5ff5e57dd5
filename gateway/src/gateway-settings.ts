import type { DocumentOptions } from './documents/resolve-document.ts';
import { defaultShapeLimits, defaultVariableLimits, type ShapeLimits, type VariableLimits } from './limits/shape-limits.ts';
import type { FetchLimits } from './transport/fetch-limits.ts';

/** How the front door behaves, whoever asks. */
export interface GatewaySettings {
  /** Whether everyone may read the schema, and gets the explorer at `/`; otherwise the schema is for those with the scope `graph:introspect`. */
  readonly introspection: boolean;
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
  /** A request that has not come in whole by then is ended with 408. */
  readonly requestTimeoutMilliseconds: number;
  /** How long an operation may take. */
  readonly timeoutMilliseconds: number;
  readonly maxTokens: number;
  readonly shape: ShapeLimits;
  readonly variables: VariableLimits;
  /** Of one operation, in points. */
  readonly maxCost: number;
  readonly documents: Pick<DocumentOptions, 'automatic' | 'trusted' | 'mode'>;
  /** What differs from the usual for a subgraph. */
  limitsOf(subgraph: string): Partial<FetchLimits>;
  /** How long a subgraph may take to say that it is well. */
  readonly healthTimeoutMilliseconds: number;
  /** How late the process may be with what it has to do before it turns requests away. */
  readonly maxDelayMilliseconds: number;
  /** Requests under way at the same time; one more is turned away. */
  readonly maxInFlight: number;
  /** The sites whose pages may ask from a browser; none unless given. */
  readonly corsOrigins: readonly string[];
  /** The organisation that runs this gateway: its administrators may replace the supergraph by a request. Nobody may unless given. */
  readonly adminOrgId: string | undefined;
}

export const defaultSettings: GatewaySettings = {
  introspection: true,
  maxBodyBytes: 1024 * 1024,
  maxHeaderBytes: 16 * 1024,
  requestTimeoutMilliseconds: 10_000,
  timeoutMilliseconds: 30_000,
  maxTokens: 5_000,
  shape: defaultShapeLimits,
  variables: defaultVariableLimits,
  maxCost: 50_000,
  documents: { automatic: true, trusted: undefined, mode: 'off' },
  limitsOf: () => ({}),
  healthTimeoutMilliseconds: 2_000,
  maxDelayMilliseconds: 2_000,
  maxInFlight: 1_000,
  corsOrigins: [],
  adminOrgId: undefined,
};
