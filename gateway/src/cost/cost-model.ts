import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isScalarType, type ConstDirectiveNode, type GraphQLNamedType, type GraphQLSchema } from 'graphql';
import { argumentsOf, costDirectives, type CostDirectives } from './cost-directives.ts';

/** How long a list is before anyone has seen it, as `@listSize` says. */
export interface ListSize {
  readonly assumedSize?: number | null;
  readonly slicingArguments?: readonly string[] | null;
  readonly sizedFields?: readonly string[] | null;
}

/** What things cost, by their schema coordinates: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
export interface CostModel {
  /** What `@cost` says; undefined where there is none. */
  weight(coordinate: string): number | undefined;
  listSize(coordinate: string): ListSize | undefined;
}

type Described = { readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] | undefined } | null | undefined };

/** Reads `@cost` and `@listSize` off a supergraph, whatever they are called in it. */
export function readCostModel(schema: GraphQLSchema): CostModel {
  const names = costDirectives(schema);
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  if (names) for (const type of Object.values(schema.getTypeMap())) readType(type, names);
  return { weight: (coordinate) => weights.get(coordinate), listSize: (coordinate) => sizes.get(coordinate) };

  function readType(type: GraphQLNamedType, { cost, listSize }: CostDirectives): void {
    if (isScalarType(type) || isEnumType(type) || isObjectType(type)) readWeight(type, () => type.name);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) readWeight(field, () => `${type.name}.${field.name}`);
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const coordinate = () => `${type.name}.${field.name}`;
      readWeight(field, coordinate);
      const size = directiveOn(field, listSize);
      if (size) sizes.set(coordinate(), argumentsOf(size));
      for (const argument of field.args) readWeight(argument, () => `${coordinate()}(${argument.name}:)`);
    }

    function readWeight(described: Described, coordinate: () => string): void {
      const weight = directiveOn(described, cost);
      if (weight) weights.set(coordinate(), Number(argumentsOf(weight)['weight']));
    }
  }
}

function directiveOn({ astNode }: Described, directive: string): ConstDirectiveNode | undefined {
  return astNode?.directives?.find(({ name }) => name.value === directive);
}
