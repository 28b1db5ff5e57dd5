import { getNamedType, isAbstractType, isCompositeType, type FieldNode, type GraphQLCompositeType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { argumentCosts } from './argument-cost.ts';
import { collectFields, inclusion, selectionsOf, type Selections, type WrittenField } from './collect-fields.ts';
import type { CostedOperation } from './compile-cost.ts';
import type { CostModel } from './cost-model.ts';
import type { Expression } from './expression.ts';
import type { CompiledCost, FieldCost, ObjectCost, SelectionCost } from './formula.ts';
import { isList, listSizeOf } from './list-size.ts';
import { operationVariables } from './variables.ts';

/** Reading the schema is work that none of its types accounts for. */
const introspectionWeight = 100;

/** A list in an object whose own field says how long it is. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Expression;
}

/** Compiles what an operation selects; what is selected in several places alike is compiled once, whatever leads there. */
export function compileSelections(model: CostModel, schema: GraphQLSchema, { node, fragments }: CostedOperation): CompiledCost {
  const operation = operationVariables(node);
  const callCost = argumentCosts(model, operation);
  const known = new Map<string, SelectionCost>();
  const parts: (FieldCost | SelectionCost)[] = [];
  const numbers = new Map<object, number>();

  const root = schema.getRootType(node.operation);
  if (!root) throw new Error(`The schema has no ${node.operation}.`);
  return { whole: selectionOf(root, selectionsOf([{ set: node.selectionSet, conditions: [] }]), { weighs: false }), parts };

  function selectionOf(type: GraphQLCompositeType, selections: Selections, { weighs, sized }: { weighs: boolean; sized?: Sized | undefined }): SelectionCost {
    const id = `${type.name} ${weighs} ${sized ? numberOf(sized) : ''} ${selections.written.map(({ set, conditions }) => `${numberOf(set)}${JSON.stringify(conditions)}`).join()}`;
    const before = known.get(id);
    if (before) return before;
    const types = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
    const objects = types.map((each) => [each.name, objectOf(each, selections, weighs ? (model.weight(each.name) ?? 1) : 0, sized)] as const);
    const made = add({ byType: new Map(objects), alternatives: distinct(objects.map(([, object]) => object)), typename: selections.typename });
    known.set(id, made);
    return made;
  }

  function objectOf(type: GraphQLObjectType, selections: Selections, weight: number, sized: Sized | undefined): ObjectCost {
    const fields = [...collectFields({ schema, fragments }, type, selections)].flatMap(([key, written]) => fieldOf(type, key, written, sized) ?? []);
    return { weight, fields };
  }

  /** Undefined when it costs nothing whatever happens. */
  function fieldOf(parent: GraphQLObjectType, key: string, written: readonly [WrittenField, ...WrittenField[]], sized: Sized | undefined): FieldCost | undefined {
    const [{ node: field }] = written;
    const name = field.name.value;
    const included = inclusion(written, operation);
    if (name === '__schema' || name === '__type') return add({ key, included, call: 0, size: 1, weight: introspectionWeight, inner: undefined });
    const definition = parent.getFields()[name];
    if (!definition) return undefined;

    const own = model.weight(`${parent.name}.${name}`);
    const type = getNamedType(definition.type);
    const { size, inside } = sizesOf(parent, definition, field, sized);
    const inner = isCompositeType(type) ? selectionOf(type, selectionsOf(written.flatMap(innerSet)), { weighs: own === undefined, sized: inside }) : undefined;
    const weight = own ?? (inner ? 0 : (model.weight(type.name) ?? 0));
    const call = callCost(parent.name, definition, field);
    return inner || weight !== 0 || call !== 0 ? add({ key, included, call, size, weight, inner }) : undefined;
  }

  /** How long the field is, and which lists in it are as long as it says. */
  function sizesOf(parent: GraphQLObjectType, definition: GraphQLField<unknown, unknown>, field: FieldNode, sized: Sized | undefined): { size: Expression; inside?: Sized } {
    const stated = model.listSize(`${parent.name}.${definition.name}`);
    const size = stated && listSizeOf(stated, definition, field, operation);
    const outer = sized?.fields.includes(definition.name) ? sized.size : undefined;
    const fields = stated?.sizedFields ?? [];
    if (size !== undefined && fields.length > 0) return { size: (isList(definition) && outer) || 1, inside: { fields, size } };
    return { size: isList(definition) ? (outer ?? size ?? 1) : 1 };
  }

  function add<P extends Omit<FieldCost, 'index'> | Omit<SelectionCost, 'index'>>(part: P): P & { readonly index: number } {
    const made = { ...part, index: parts.length };
    parts.push(made);
    return made;
  }

  function numberOf(object: object): number {
    const number = numbers.get(object) ?? numbers.size;
    numbers.set(object, number);
    return number;
  }
}

function innerSet({ node: { selectionSet: set }, conditions }: WrittenField) {
  return set ? [{ set, conditions }] : [];
}

/** Types of which nothing is asked that costs are all the same. */
function distinct(objects: readonly ObjectCost[]): ObjectCost[] {
  return [...new Map(objects.map((object) => [object.fields.length > 0 ? object : object.weight, object])).values()];
}
