import { getNamedType, isInputObjectType, Kind, type FieldNode, type GraphQLField, type GraphQLInputType, type ValueNode } from 'graphql';
import type { CostModel } from './cost-model.ts';
import type { Expression } from './expression.ts';
import type { OperationVariables } from './variables.ts';

/** What a value of an input type costs. */
interface Weigher {
  readonly weight: number;
  /** The fields that may cost something; all others are not looked at. */
  readonly fields: () => ReadonlyMap<string, Weigher>;
}

/** What the arguments of a field cost, each time it is called. */
export type ArgumentCosts = (parentType: string, definition: GraphQLField<unknown, unknown>, node: FieldNode) => Expression;

/** An input object costs 1 and a scalar nothing, unless `@cost` says otherwise; a list costs what its items do. */
export function argumentCosts(model: CostModel, operation: OperationVariables): ArgumentCosts {
  const byType = new Map<string, ReadonlyMap<string, Weigher>>();

  return (parentType, definition, node) => {
    let fixed = 0;
    const open: { readonly name: string; readonly weigher: Weigher }[] = [];

    function add(weigher: Weigher, value: ValueNode): void {
      if (value.kind === Kind.VARIABLE) {
        open.push({ name: value.name.value, weigher });
      } else if (value.kind === Kind.LIST) {
        for (const item of value.values) add(weigher, item);
      } else if (value.kind !== Kind.NULL) {
        fixed += weigher.weight;
        if (value.kind === Kind.OBJECT) for (const field of value.fields) addField(weigher.fields().get(field.name.value), field.value);
      }
    }
    const addField = (weigher: Weigher | undefined, value: ValueNode) => {
      if (weigher) add(weigher, value);
    };

    for (const { name, value } of node.arguments ?? []) {
      const argument = definition.args.find((each) => each.name === name.value);
      if (argument) addField(weigherOf(argument.type, `${parentType}.${definition.name}(${name.value}:)`), value);
    }
    return open.length === 0 ? fixed : (variables) => {
      let sum = fixed;
      for (const { name, weigher } of open) sum += weigh(weigher, operation.read(name, variables));
      return sum;
    };
  };

  function weigherOf(type: GraphQLInputType, coordinate: string): Weigher | undefined {
    const named = getNamedType(type);
    const isObject = isInputObjectType(named);
    const weight = model.weight(coordinate) ?? (isObject ? 1 : model.weight(named.name) ?? 0);
    // Read when they are needed: filters have filters in them.
    if (isObject) return { weight, fields: () => fieldsOf(named.name, Object.values(named.getFields())) };
    return weight === 0 ? undefined : { weight, fields: () => noFields };
  }

  function fieldsOf(type: string, fields: readonly { readonly name: string; readonly type: GraphQLInputType }[]): ReadonlyMap<string, Weigher> {
    const known = byType.get(type) ?? new Map(fields.flatMap(({ name, type: of }) => {
      const weigher = weigherOf(of, `${type}.${name}`);
      return weigher ? [[name, weigher] as const] : [];
    }));
    byType.set(type, known);
    return known;
  }
}

const noFields: ReadonlyMap<string, Weigher> = new Map();

/** Of a variable, whose depth is limited. */
function weigh(weigher: Weigher, value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + weigh(weigher, item), 0);
  let cost = weigher.weight;
  if (typeof value === 'object') for (const [name, field] of weigher.fields()) if (Object.hasOwn(value, name)) cost += weigh(field, (value as Record<string, unknown>)[name]);
  return cost;
}
