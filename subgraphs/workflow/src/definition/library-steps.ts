import { isMap, isSeq, type Document, type YAMLMap } from 'yaml';
import { DefinitionError } from './definition-error.ts';
import { sourceFaults, tell } from './definition-faults.ts';
import { stepKeys } from './definition.schema.ts';
import { readYaml, type Fault } from './read-yaml.ts';

/** What places a step among others, and so is never the library's to say. */
const placing: readonly string[] = ['id', 'depends_on', 'library_step'];

/**
 * A definition in which each step that names a library step has that one's keys under its own: what the step says itself
 * stays. The rest of the text keeps its order and comments; one that names no library step is answered as it is.
 * @param library the defaults of each library step, by name.
 * @throws {DefinitionError} when the definition has faults, names what the library does not have, or is given a key that no step has.
 */
export function resolveLibrarySteps(yaml: string, library: ReadonlyMap<string, Readonly<Record<string, unknown>>>): string {
  const read = readYaml(yaml);
  if ('faults' in read) throw new DefinitionError(tell(read.faults));
  const { source } = read;
  const faults: Fault[] = sourceFaults(source);
  if (faults.length) throw new DefinitionError(tell(faults));

  const nodes = source.document.get('steps');
  const steps = (source.value as unknown as { steps: readonly { id: string; library_step?: string }[] }).steps;
  let isChanged = false;
  for (const [index, { id, library_step: name }] of steps.entries()) {
    if (name === undefined) continue;
    const tellOf = (message: string) => faults.push({ line: source.lineAt(['steps', index, 'library_step']), message: `step "${id}" ${message}` });
    const node = isSeq(nodes) ? nodes.items[index] : undefined;
    const defaults = library.get(name);
    const foreign = Object.keys(defaults ?? {}).filter((key) => !stepKeys.has(key) || placing.includes(key));
    if (!isMap(node)) tellOf('is an alias; write it out, for the library to fill in');
    else if (!defaults) tellOf(`is to be "${name}", which the library does not have`);
    else if (foreign.length) tellOf(`is to be "${name}", which says ${foreign.join(', ')}; that is not for a library step to say`);
    else isChanged = fill(source.document, node, defaults) || isChanged;
  }
  if (faults.length) throw new DefinitionError(tell(faults));
  return isChanged ? source.document.toString({ lineWidth: 0 }) : yaml;
}

function fill(document: Document, step: YAMLMap, defaults: Readonly<Record<string, unknown>>): boolean {
  const missing = Object.entries(defaults).filter(([key, value]) => !step.has(key) && value !== undefined && value !== null);
  for (const [key, value] of missing) step.set(key, document.createNode(value));
  return missing.length > 0;
}
