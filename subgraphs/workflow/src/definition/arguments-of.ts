import type { ASTNode } from '@marcbachmann/cel-js';
import { parseExpression, partsOf } from './expression-syntax.ts';
import type { Json } from './json.ts';
import type { Definition } from './parse-definition.ts';
import { piecesOf } from './template.ts';

/** The arguments that a run of a definition must be given: those its expressions take from `args` without asking `has(args.name)`. */
export function argumentsOf({ steps }: Pick<Definition, 'steps'>): string[] {
  const taken = new Set<string>();
  const asked = new Set<string>();
  for (const { command, inputs, condition } of steps) {
    for (const expression of [...expressionsIn(command), ...expressionsIn(inputs), ...(condition === null ? [] : [condition])]) look(parseExpression(expression).ast);
  }
  return [...taken].filter((name) => !asked.has(name));

  function look(node: ASTNode): void {
    const name = argumentIn(node);
    if (name !== undefined) taken.add(name);
    if (node.op === 'call' && node.args[0] === 'has') for (const part of partsOf(node)) asked.add(argumentIn(part) ?? '');
    partsOf(node).forEach(look);
  }
}

/** The name in `args.name`. */
function argumentIn(node: ASTNode): string | undefined {
  if (node.op !== '.') return undefined;
  const [of, name] = node.args;
  return of.op === 'id' && of.args === 'args' ? name : undefined;
}

function expressionsIn(value: Json): string[] {
  if (typeof value === 'string') return piecesOf(value).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.expression]));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}
