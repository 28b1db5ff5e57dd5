import type { Environment } from '@forge/config';
import { z } from 'zod';
import type { FetchLimits } from '../transport/fetch-limits.ts';

const timeout = 'FORGE_SUBGRAPH_TIMEOUT_MS';
const fault = 'must be a whole number of milliseconds from 1 to 120000';
const milliseconds = z.coerce.number(fault).int(fault).min(1, fault).max(120_000, fault);

/** How the gateway asks its subgraphs: `FORGE_SUBGRAPH_TIMEOUT_MS`, and for one subgraph `FORGE_SUBGRAPH_TIMEOUT_MS_<NAME>`, as far as `env` has them. */
export function transportVariables(env: Environment) {
  const ofOne = Object.keys(env).filter((name) => name.startsWith(`${timeout}_`));
  return z.object(Object.fromEntries([timeout, ...ofOne].map((name) => [name, milliseconds.optional()])));
}

/** What differs from the usual limits for a subgraph; what takes longer than the whole operation may is cut off by that. */
export function readTransport(values: Readonly<Record<string, unknown>>): { limitsOf(subgraph: string): Partial<FetchLimits> } {
  return {
    limitsOf(subgraph) {
      const timeoutMilliseconds = values[`${timeout}_${subgraph.toUpperCase()}`] ?? values[timeout];
      return typeof timeoutMilliseconds === 'number' ? { timeoutMilliseconds } : {};
    },
  };
}
