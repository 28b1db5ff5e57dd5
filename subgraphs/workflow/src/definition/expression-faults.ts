import { checkExpression } from './expression.ts';
import { ExpressionError } from './expression-error.ts';
import type { Root } from './expression-roots.ts';
import { expressionWords } from './expression-syntax.ts';
import type { Json } from './json.ts';
import type { Path } from './read-yaml.ts';
import { piecesOf } from './template.ts';

/** What the expressions of a step may speak of. */
export interface Surroundings {
  readonly before: ReadonlySet<string>;
  /** Which of the steps before it give an output of a name. */
  readonly giversOf: (output: string) => readonly string[];
  readonly isStep: (name: string) => boolean;
}

export interface ExpressionFault {
  /** From the step. */
  readonly at: Path;
  readonly message: string;
}

/** What is wrong with the expressions of a step, as far as it shows before they are worked out. */
export function expressionFaults(step: Readonly<Record<string, Json>>, around: Surroundings): ExpressionFault[] {
  const { command, condition, inputs } = step;
  const faults: ExpressionFault[] = [];
  if (typeof command === 'string') textFaults(command, ['command']);
  if (typeof condition === 'string') faults.push(...conditionFaults(condition, around));
  // An alias says the same again.
  const seen = new Set<unknown>();
  lookInto(inputs ?? null, ['inputs']);
  return faults;

  function lookInto(value: Json, at: Path): void {
    if (typeof value === 'string') textFaults(value, at);
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [key, each] of Object.entries(value)) lookInto(each, [...at, Array.isArray(value) ? Number(key) : key]);
  }

  function textFaults(text: string, at: Path): void {
    try {
      for (const piece of piecesOf(text)) {
        if (typeof piece !== 'string') faults.push(...faultsOf(piece.expression, `{{ ${piece.expression} }} in its ${at.join('.')}`, around).map((message) => ({ at, message })));
      }
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      faults.push({ at, message: `its ${at.join('.')}: at character ${(error.position ?? 0) + 1}, ${error.message}` });
    }
  }
}

function conditionFaults(condition: string, around: Surroundings): ExpressionFault[] {
  const at = ['condition'];
  if (condition.trimStart().startsWith('{{')) return [{ at, message: 'its condition is an expression already; leave the {{ and }} out' }];
  return faultsOf(condition, `its condition ${condition}`, around).map((message) => ({ at, message }));
}

function faultsOf(expression: string, called: string, around: Surroundings): string[] {
  const { fault, ...checked } = checkExpression(expression);
  const name = called.length > 200 ? `${called.slice(0, 200)}…` : called;
  if (fault) return [`${name}: at character ${(fault.position ?? 0) + 1}, ${fault.message}`];
  return (checked as { roots: readonly Root[] }).roots.flatMap((root) => {
    const message = rootFault(root.name, around);
    return message === undefined ? [] : [`${name}: at character ${root.position + 1}, ${message}`];
  });
}

function rootFault(name: string, { before, giversOf, isStep }: Surroundings): string | undefined {
  if (expressionWords.has(name)) {
    const [giver] = giversOf(name);
    return giver === undefined ? undefined : `${name} is a word of expressions; write ${giver}.${name}`;
  }
  if (name === 'args' || before.has(name) || giversOf(name).length > 0) return undefined;
  if (isStep(name)) return `the step ${name} does not come before this one; add it to depends_on`;
  return `${name} is neither args, nor a step before this one, nor an output of one`;
}
