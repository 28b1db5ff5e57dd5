import type { ASTNode } from '@marcbachmann/cel-js';
import { partsOf } from './expression-syntax.ts';

/** A name that an expression takes from what is around it. */
export interface Root {
  readonly name: string;
  /** Where in the expression it first stands, counted from 0. */
  readonly position: number;
}

const quantifiers = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

/** The names an expression uses that it does not itself bind (`x` in `list.map(x, x.id)`), each once. */
export function rootsOf(ast: ASTNode): Root[] {
  const roots = new Map<string, Root>();
  look(ast, new Set());
  return [...roots.values()];

  function look(node: ASTNode, bound: ReadonlySet<string>): void {
    if (node.op === 'id') {
      if (!bound.has(node.args) && !roots.has(node.args)) roots.set(node.args, { name: node.args, position: node.start });
      return;
    }
    const name = boundBy(node);
    if (node.op !== 'rcall' || name === undefined) {
      for (const part of partsOf(node)) look(part, bound);
      return;
    }
    const [, receiver, [, ...rest]] = node.args;
    look(receiver, bound);
    // The value that cel.bind names comes before the name.
    if (node.args[0] === 'bind') for (const value of rest.splice(0, 1)) look(value, bound);
    for (const each of rest) look(each, new Set([...bound, name]));
  }
}

function boundBy(node: ASTNode): string | undefined {
  if (node.op !== 'rcall') return undefined;
  const [method, receiver, [first, ...rest]] = node.args;
  const isQuantifier = quantifiers.has(method) && (rest.length === 1 || (method === 'map' && rest.length === 2));
  const isBinding = method === 'bind' && receiver.op === 'id' && receiver.args === 'cel' && rest.length === 2;
  return (isQuantifier || isBinding) && first?.op === 'id' ? first.args : undefined;
}
