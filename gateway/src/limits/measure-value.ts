import { Kind, type TypeNode, type ValueNode } from 'graphql';

/** What is counted of the values and names of one definition. */
export interface ValueMeasure {
  listLength: number;
  objectFields: number;
  inputDepth: number;
  nameLength: number;
}

export function measureName(measure: ValueMeasure, { value }: { readonly value: string }): void {
  if (value.length > measure.nameLength) measure.nameLength = value.length;
}

/** A literal, however deep. */
export function measureValue(measure: ValueMeasure, value: ValueNode): void {
  if (!isCompound(value)) {
    measureLeaf(measure, value);
    return;
  }
  // Without calling itself: brackets are cheap to send.
  const open: { readonly value: ValueNode; readonly depth: number }[] = [{ value, depth: 1 }];
  for (let next = open.pop(); next; next = open.pop()) {
    measure.inputDepth = Math.max(measure.inputDepth, next.depth);
    for (const part of partsOf(measure, next.value)) {
      if (isCompound(part)) open.push({ value: part, depth: next.depth + 1 });
      else measureLeaf(measure, part);
    }
  }
}

/** The type of a variable: a list of lists counts as nested values do. */
export function measureType(measure: ValueMeasure, type: TypeNode): void {
  let [inner, depth] = [type, 0];
  for (; inner.kind !== Kind.NAMED_TYPE; inner = inner.type) if (inner.kind === Kind.LIST_TYPE) depth++;
  measureName(measure, inner.name);
  measure.inputDepth = Math.max(measure.inputDepth, depth);
}

function isCompound({ kind }: ValueNode): boolean {
  return kind === Kind.LIST || kind === Kind.OBJECT;
}

function partsOf(measure: ValueMeasure, value: ValueNode): readonly ValueNode[] {
  if (value.kind === Kind.LIST) {
    measure.listLength = Math.max(measure.listLength, value.values.length);
    return value.values;
  }
  if (value.kind !== Kind.OBJECT) return [];
  measure.objectFields = Math.max(measure.objectFields, value.fields.length);
  for (const { name } of value.fields) measureName(measure, name);
  return value.fields.map((field) => field.value);
}

function measureLeaf(measure: ValueMeasure, value: ValueNode): void {
  if (value.kind === Kind.VARIABLE) measureName(measure, value.name);
  else if (value.kind === Kind.ENUM) measureName(measure, value);
}
