import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node, type YAMLMap } from 'yaml';

const failureModes = ['halt', 'skip', 'retry_once', 'retry_once_then_escalate'];

/**
 * What is wrong with a .lobsterX definition, each fault with its line and step; empty when nothing is. Checked are the
 * syntax, the list of steps, their ids, what they depend on (known, and never in a circle) and their on_failure.
 */
export function definitionFaults(yaml: string): string[] {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  const lineOf = (node: Node | null | undefined) => lines.linePos(node?.range?.[0] ?? 0).line;
  if (document.errors.length) return document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${error.message}`);

  const list = document.get('steps', true);
  if (!isSeq(list) || list.items.length === 0) return [`line ${lineOf(document.contents)}: needs a list of steps, with one step at least`];

  const faults: string[] = [];
  const steps = new Map<string, { map: YAMLMap; dependsOn: string[] }>();
  for (const item of list.items) {
    const id = isMap(item) ? item.get('id') : undefined;
    if (!isMap(item) || typeof id !== 'string' || !/^[a-z][a-z0-9_]*$/.test(id)) faults.push(`line ${lineOf(item as Node)}: a step needs an id in snake_case`);
    else if (steps.has(id)) faults.push(`line ${lineOf(item)}: step "${id}" is there twice`);
    else steps.set(id, { map: item, dependsOn: stringsIn(item.get('depends_on', true)) });
  }
  for (const [id, { map, dependsOn }] of steps) {
    const at = `line ${lineOf(map)}: step "${id}"`;
    const mode = map.get('on_failure');
    if (mode !== undefined && !failureModes.some((each) => each === mode)) faults.push(`${at} has on_failure ${JSON.stringify(mode)}; it must be one of ${failureModes.join(', ')}`);
    for (const other of dependsOn) if (!steps.has(other)) faults.push(`${at} depends on "${other}", which is not a step`);
  }
  const circle = findCircle(new Map([...steps].map(([id, { dependsOn }]) => [id, dependsOn.filter((other) => steps.has(other))])));
  if (circle) faults.push(`line ${lineOf(steps.get(circle[0] ?? '')?.map)}: the steps ${circle.join(' > ')} wait for each other in a circle`);
  return faults;
}

function stringsIn(node: unknown): string[] {
  const values = isSeq(node) ? node.items.map((item) => (isScalar(item) ? item.value : item)) : isScalar(node) ? [node.value] : [];
  return values.filter((value) => value !== null && value !== undefined).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

/** Steps that wait for each other, the first again at the end; undefined when there are none. */
function findCircle(dependencies: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const waiting = new Map([...dependencies].map(([id, others]) => [id, new Set(others)]));
  const dependents = new Map<string, string[]>();
  for (const [id, others] of waiting) for (const other of others) dependents.set(other, [...(dependents.get(other) ?? []), id]);

  // Kahn's algorithm: what never becomes ready waits for a circle, directly or not.
  const ready = [...waiting.keys()].filter((id) => waiting.get(id)?.size === 0);
  for (let id = ready.pop(); id !== undefined; id = ready.pop()) {
    waiting.delete(id);
    for (const dependent of dependents.get(id) ?? []) {
      waiting.get(dependent)?.delete(id);
      if (waiting.get(dependent)?.size === 0) ready.push(dependent);
    }
  }

  const path: string[] = [];
  for (let [id] = waiting.keys(); id !== undefined; [id] = waiting.get(id) ?? []) {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    path.push(id);
  }
  return undefined;
}
