/** Which steps each step depends on, by id; in the order of the definition. */
export type StepGraph = ReadonlyMap<string, readonly string[]>;

/** The steps so that each comes after those it depends on, and otherwise as the definition has them. Those that wait for a circle are left out. */
export function inOrder(graph: StepGraph): string[] {
  const waiting = new Map([...graph].map(([id, others]) => [id, new Set(others.filter((other) => graph.has(other))).size]));
  const dependents = dependentsOf(graph);
  const order = [...graph.keys()].filter((id) => waiting.get(id) === 0);
  // Kahn's algorithm: what never becomes ready waits for a circle, directly or not.
  for (const id of order) {
    for (const dependent of dependents.get(id) ?? []) {
      const left = (waiting.get(dependent) ?? 0) - 1;
      waiting.set(dependent, left);
      if (left === 0) order.push(dependent);
    }
  }
  return order;
}

/** All that must be done before each step, however far back; to be asked for steps of a graph without a circle. */
export function ancestorsOf(graph: StepGraph): Map<string, ReadonlySet<string>> {
  const ancestors = new Map<string, ReadonlySet<string>>();
  for (const id of inOrder(graph)) {
    const direct = (graph.get(id) ?? []).filter((other) => graph.has(other));
    ancestors.set(id, new Set(direct.flatMap((other) => [other, ...(ancestors.get(other) ?? [])])));
  }
  return ancestors;
}

/** Steps that wait for each other, the first again at the end; undefined when there are none. */
export function findCircle(graph: StepGraph): string[] | undefined {
  const done = new Set(inOrder(graph));
  const path: string[] = [];
  let id = [...graph.keys()].find((each) => !done.has(each));
  while (id !== undefined) {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    path.push(id);
    id = graph.get(id)?.find((other) => graph.has(other) && !done.has(other));
  }
  return undefined;
}

function dependentsOf(graph: StepGraph): Map<string, string[]> {
  const dependents = new Map<string, string[]>();
  for (const [id, others] of graph) for (const other of new Set(others)) dependents.set(other, [...(dependents.get(other) ?? []), id]);
  return dependents;
}
