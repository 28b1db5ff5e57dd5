import { isListType, isNonNullType, type FieldNode, type GraphQLField } from 'graphql';
import type { ListSize } from './cost-model.ts';
import type { Expression } from './expression.ts';
import type { OperationVariables, Variables } from './variables.ts';

/** Of a list of which nothing is said, as the specification has it (https://ibm.github.io/graphql-specs/cost-spec.html). */
const unstatedSize = 1;

export function isList({ type }: Pick<GraphQLField<unknown, unknown>, 'type'>): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

/**
 * How many items a field stands for: the largest of its slicing arguments, or what is assumed when none is given. One that is no
 * count of anything (negative, a fraction, a text) counts as if it were not given, so that nonsense makes nothing cheaper; the
 * subgraph will refuse it. Composition lets only integers be slicing arguments.
 */
export function listSizeOf({ assumedSize, slicingArguments }: ListSize, definition: GraphQLField<unknown, unknown>, node: FieldNode, operation: OperationVariables): Expression {
  const assumed = assumedSize ?? unstatedSize;
  const slices = (slicingArguments ?? []).map((name) => sliceOf(name, definition, node, operation));
  const size = (variables: Variables) => {
    let [largest, nonsense] = [-1, false];
    for (const slice of slices) {
      const value = 'constant' in slice ? slice.constant : slice.read(variables);
      if (isCount(value)) largest = Math.max(largest, value);
      else if (value !== undefined && value !== null) nonsense = true;
    }
    return largest < 0 || nonsense ? Math.max(largest, assumed) : largest;
  };
  return slices.every((slice) => 'constant' in slice) ? size({}) : size;
}

function sliceOf(name: string, definition: GraphQLField<unknown, unknown>, node: FieldNode, operation: OperationVariables): ReturnType<OperationVariables['value']> {
  const otherwise = definition.args.find((argument) => argument.name === name)?.defaultValue;
  const given = node.arguments?.find((argument) => argument.name.value === name);
  const value = given ? operation.value(given.value) : { constant: otherwise };
  return 'constant' in value ? value : { read: (variables) => defaulted(value.read(variables), otherwise) };
}

/** Null is a value: whoever gives it wants no default. */
function defaulted(value: unknown, otherwise: unknown): unknown {
  return value === undefined ? otherwise : value;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}
