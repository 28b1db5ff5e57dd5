import { expressionFaults } from './expression-faults.ts';
import { expressionWords } from './expression-syntax.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';
import { readYaml, type Fault, type Path, type YamlSource } from './read-yaml.ts';
import { nameOf, schemaFaults } from './schema-faults.ts';
import { ancestorsOf, findCircle, type StepGraph } from './step-graph.ts';

const most = 100;

/**
 * What is wrong with a .lobsterX definition, each fault with its line and step, from top to bottom; empty when nothing is.
 * What a library step may give is not missed in a step that names one.
 */
export function definitionFaults(yaml: string): string[] {
  const read = readYaml(yaml);
  return tell('faults' in read ? read.faults : sourceFaults(read.source));
}

/** Faults for people: in the order of their lines, the first hundred. */
export function tell(faults: readonly Fault[]): string[] {
  const told = faults.toSorted((a, b) => a.line - b.line).map(({ line, message }) => `line ${line}: ${message}`);
  return told.length > most ? [...told.slice(0, most), `and ${told.length - most} more faults`] : told;
}

interface Step { readonly index: number; readonly id: string; readonly keys: JsonObject; readonly dependsOn: readonly string[] }

/** @param isResolved whether library steps have given all they have, so that nothing may be missing. */
export function sourceFaults(source: YamlSource, isResolved = false): Fault[] {
  const faults = schemaFaults(source);
  const listed = isJsonObject(source.value) && Array.isArray(source.value['steps']) ? (source.value['steps'] as readonly Json[]) : [];
  // More are told of above, and would take long to look into.
  if (listed.length > 200) return faults;
  const tellOf = (index: number, message: string, ...path: (string | number)[]) => faults.push({ line: source.lineAt(['steps', index, ...path]), message });
  const called = (index: number) => nameOf(source.value, index);

  const steps = new Map<string, Step>();
  for (const [index, keys] of listed.entries()) {
    if (!isJsonObject(keys) || typeof keys['id'] !== 'string') continue;
    const id = keys['id'];
    if (steps.has(id)) tellOf(index, `${called(index)} is there twice`);
    else steps.set(id, { index, id, keys, dependsOn: textsIn(keys['depends_on']) });
    if (id === 'args' || expressionWords.has(id)) tellOf(index, `${called(index)} has an id that means something else in expressions; choose another`);
    if (keys['library_step'] !== undefined && !isResolved) continue;
    for (const key of ['role', 'command']) if (keys[key] === undefined) tellOf(index, `${called(index)} needs a ${key}`);
  }
  for (const { index, dependsOn } of steps.values()) {
    for (const other of dependsOn) if (!steps.has(other)) tellOf(index, `${called(index)} depends on "${other}", which is not a step`);
  }
  const graph = new Map([...steps].map(([id, { dependsOn }]) => [id, dependsOn]));
  const circle = findCircle(graph);
  if (circle) tellOf(steps.get(circle[0] ?? '')?.index ?? 0, `the steps ${circle.join(' > ')} wait for each other in a circle`);
  else lookAtExpressions(steps, graph, (step, message, path) => tellOf(step.index, `${called(step.index)}: ${message}`, ...path));
  return faults;
}

function lookAtExpressions(steps: ReadonlyMap<string, Step>, graph: StepGraph, tellOf: (step: Step, message: string, path: Path) => void): void {
  const ancestors = ancestorsOf(graph);
  for (const step of steps.values()) {
    const before = ancestors.get(step.id) ?? new Set();
    const giversOf = (output: string) => [...before].filter((id) => textsIn(steps.get(id)?.keys['outputs']).includes(output));
    const around = { before, giversOf, isStep: (name: string) => steps.has(name) };
    for (const { at, message } of expressionFaults(step.keys, around)) tellOf(step, message, at);
  }
}

function textsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
