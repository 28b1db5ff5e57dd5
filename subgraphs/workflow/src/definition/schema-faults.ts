import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { definitionSchema, stepKeys } from './definition.schema.ts';
import { isJsonObject } from './json.ts';
import type { Fault, Path, YamlSource } from './read-yaml.ts';

const ajv = new Ajv2020({ allErrors: true, verbose: true, keywords: ['must'] });
const isDefinition = ajv.compile(definitionSchema);
/** A text of a megabyte can have a hundred thousand; nobody reads more than the first. */
const mostErrors = 200;

/** Where a definition departs from its schema, in words. */
export function schemaFaults({ value, lineAt }: YamlSource): Fault[] {
  if (isDefinition(value)) return [];
  const told = new Set<string>();
  return (isDefinition.errors ?? []).slice(0, mostErrors).flatMap((error) => {
    const path = error.instancePath.split('/').slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const fault = faultOf(error, path, value);
    // A value that departs in two ways is told of once.
    const key = `${fault.at.join('.')} ${fault.message}`;
    if (told.has(key)) return [];
    told.add(key);
    return [{ line: lineAt(fault.at), message: fault.message }];
  });
}

function faultOf({ keyword, params, parentSchema, data }: ErrorObject, path: Path, value: unknown): { at: Path; message: string } {
  const [, index, key] = path;
  if (typeof index !== 'number') return { at: path, message: wholeFault(keyword, params as Params, path, data) };
  const at = path.slice(0, 2);
  const step = nameOf(value, index);
  if (keyword === 'additionalProperties') {
    const unknown = (params as Params).additionalProperty ?? '';
    return { at: [...at, unknown], message: `${step} has ${unknown}, which is not a key of a step; the keys are ${[...stepKeys].join(', ')}` };
  }
  if (key === undefined || key === 'id') return { at, message: 'a step needs an id in snake_case' };
  const place = path.length > 3 ? `${key}: ${shown(data)}` : `${key} ${shown(data)}`;
  return { at: path, message: `${step} has ${place}; it must ${(parentSchema as { must: string }).must}` };
}

interface Params { readonly additionalProperty?: string }

function wholeFault(keyword: string, { additionalProperty }: Params, [key]: Path, data: unknown): string {
  if (additionalProperty !== undefined) return `${additionalProperty} is not a key of a definition; the keys are name, description, steps`;
  if (key === 'steps' && keyword === 'maxItems') return `the definition has ${(data as unknown[]).length.toLocaleString('en')} steps; 200 are the most`;
  if (key === undefined || key === 'steps') return 'needs a list of steps, with one step at least';
  return key === 'name' ? 'name must be a text of 1 to 200 characters' : 'description must be a text of at most 2,000 characters';
}

/** How a step is called in a fault. */
export function nameOf(value: unknown, index: number): string {
  const step = isJsonObject(value) && Array.isArray(value['steps']) ? (value['steps'][index] as unknown) : undefined;
  const id = isJsonObject(step) ? step['id'] : undefined;
  return typeof id === 'string' ? `step "${id.slice(0, 100)}"` : `step number ${index + 1}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
