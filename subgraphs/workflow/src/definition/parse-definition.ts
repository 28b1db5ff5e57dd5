import { DefinitionError } from './definition-error.ts';
import { sourceFaults, tell } from './definition-faults.ts';
import { definitionSchema, type failureModes } from './definition.schema.ts';
import type { JsonObject } from './json.ts';
import { readYaml } from './read-yaml.ts';

export type FailureMode = (typeof failureModes)[number];

export interface Definition {
  readonly name: string | null;
  readonly description: string | null;
  /** In the order in which they are written. */
  readonly steps: readonly Step[];
}

/** A step with every default filled in. */
export interface Step {
  readonly id: string;
  readonly role: string;
  readonly command: string;
  readonly dependsOn: readonly string[];
  readonly inputs: JsonObject;
  readonly outputs: readonly string[];
  readonly condition: string | null;
  readonly timeoutSeconds: number;
  readonly onFailure: FailureMode;
  readonly approval: boolean;
  readonly libraryStep: string | null;
  /** US cents, as a decimal. */
  readonly reserveCents: string;
}

const { properties: defaults } = definitionSchema.properties.steps.items;

const cache = new Map<string, Definition>();
const cacheSize = 500;
/** Texts longer than this, in characters, are read anew each time: 500 of the longest would fill the memory. */
const cachedLength = 100_000;

/**
 * Reads a definition whose library steps have been resolved. What was read last is kept, by its text.
 * @throws {DefinitionError} with every fault, a step without role or command among them.
 */
export function parseDefinition(yaml: string): Definition {
  const known = cache.get(yaml);
  const definition = known ?? read(yaml);
  cache.delete(yaml);
  if (yaml.length <= cachedLength) cache.set(yaml, definition);
  const [oldest] = cache.keys();
  if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest);
  return definition;
}

interface Written {
  readonly name?: string;
  readonly description?: string;
  readonly steps: readonly WrittenStep[];
}

interface WrittenStep {
  readonly id: string;
  readonly role: string;
  readonly command: string;
  readonly depends_on?: readonly string[];
  readonly inputs?: JsonObject;
  readonly outputs?: readonly string[];
  readonly condition?: string;
  readonly timeout?: number;
  readonly on_failure?: FailureMode;
  readonly approval?: boolean;
  readonly library_step?: string;
  readonly reserve_cents?: number;
}

function read(yaml: string): Definition {
  const result = readYaml(yaml);
  const faults = 'faults' in result ? result.faults : sourceFaults(result.source, true);
  if ('faults' in result || faults.length) throw new DefinitionError(tell(faults));
  const { name = null, description = null, steps } = result.source.value as unknown as Written;
  return { name, description, steps: steps.map(stepOf) };
}

function stepOf({ id, role, command, inputs = {}, outputs = [], approval = false, ...written }: WrittenStep): Step {
  return {
    id, role, command, inputs, approval,
    dependsOn: [...new Set(written.depends_on)],
    outputs: [...new Set(outputs)],
    condition: written.condition ?? null,
    timeoutSeconds: written.timeout ?? defaults.timeout.default,
    onFailure: written.on_failure ?? defaults.on_failure.default,
    libraryStep: written.library_step ?? null,
    // Ten decimals are kept of an amount; a float has more than it means.
    reserveCents: String(Number((written.reserve_cents ?? defaults.reserve_cents.default).toFixed(10))),
  };
}
