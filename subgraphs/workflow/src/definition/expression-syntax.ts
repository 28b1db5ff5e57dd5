import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { ExpressionError, inWords } from './expression-error.ts';

/** In characters. */
const longest = 2_000;

/** What can be called, as a function or on a value; `matches` cannot, for a regular expression may take for ever. */
const functions = new Set(['has', 'size', 'type', 'dyn', 'string', 'int', 'double', 'bool', 'timestamp', 'duration',
  'contains', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf', 'substring', 'split', 'join', 'trim', 'lowerAscii', 'upperAscii',
  'all', 'exists', 'exists_one', 'filter', 'map', 'bind', 'hasValue', 'value', 'or', 'orValue', 'of', 'none',
  'getDate', 'getDayOfMonth', 'getDayOfWeek', 'getDayOfYear', 'getFullYear', 'getMonth', 'getHours', 'getMinutes', 'getSeconds', 'getMilliseconds']);

const operators = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b,
};

const environment = arithmetic(new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  enableOptionalTypes: true,
  limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 200, maxMapEntries: 200, maxCallArguments: 5 },
}));

/** Names that mean something in every expression, and so can be no step's. */
export const expressionWords: ReadonlySet<string> = new Set([...environment.getDefinitions().variables.map(({ name }) => name),
  'as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'in', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while',
  'true', 'false', 'null', 'prototype', '__proto__']);

export type Parsed = ReturnType<Environment['parse']>;

/**
 * Reads a CEL expression.
 * @throws {ExpressionError} when it is too long, is not CEL, or calls what cannot be called; with the position.
 */
export function parseExpression(expression: string): Parsed {
  if (expression.length > longest) throw new ExpressionError(`is longer than ${longest.toLocaleString('en')} characters`, longest);
  let parsed: Parsed;
  try {
    parsed = environment.parse(expression);
  } catch (error) {
    throw inWords(error);
  }
  refuseCalls(parsed.ast);
  return parsed;
}

function refuseCalls(node: ASTNode): void {
  const name = node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined;
  if (name !== undefined && !functions.has(name)) throw new ExpressionError(`there is no function ${name}`, node.start);
  // With a time zone they would build a calendar at each call.
  if (name?.startsWith('get') && node.op === 'rcall' && node.args[2].length > 0) throw new ExpressionError(`${name} tells UTC and takes nothing`, node.start);
  for (const each of partsOf(node)) refuseCalls(each);
}

/** The expressions that one is made of, as they were written. */
export function partsOf(node: ASTNode): ASTNode[] {
  const nodesIn = (part: unknown): ASTNode[] => (Array.isArray(part) ? part.flatMap(nodesIn) : isNode(part) ? [part] : []);
  return nodesIn(node.args);
}

function isNode(part: unknown): part is ASTNode {
  return typeof part === 'object' && part !== null && 'op' in part && 'args' in part;
}

/** Whole numbers that are written and numbers that come from JSON go together, whichever is which. */
function arithmetic(cel: Environment): Environment {
  const pairs = [['int', 'double'], ['double', 'int']] as const;
  for (const [left, right] of pairs) {
    for (const [operator, work] of Object.entries(operators)) {
      cel.registerOperator(`${left} ${operator} ${right}: double`, (a: number | bigint, b: number | bigint) => work(Number(a), Number(b)));
    }
  }
  cel.registerOperator('double % double: double', operators['%']);
  return cel.registerOperator('int == double: bool', (a: bigint, b: number) => Number(a) === b);
}
