import { Kind, type DocumentNode, type FragmentDefinitionNode, type GraphQLError, type OperationDefinitionNode } from 'graphql';
import { orderFragments } from './fragment-order.ts';
import { limitError } from './limit-error.ts';
import { measureDirectives, measureSelections, type Measure, type Measuring } from './measure-selections.ts';
import { measureName, measureType, measureValue } from './measure-value.ts';
import type { ShapeLimits } from './shape-limits.ts';

const perDefinition = ['depth', 'nesting', 'repeats', 'listLength', 'objectFields', 'inputDepth', 'nameLength', 'introspectionDepth'] as const;
const perOperation = ['aliases', 'rootFields', 'directives', 'fragmentSpreads', 'introspectionBreadth'] as const;
const subject = 'The document';

/**
 * The limits that a parsed document passes, none when it may go on to validation; or the one fault that fragments spread
 * themselves. Takes a time that grows with its tokens, whatever its fragments would become.
 */
export function checkShape(document: DocumentNode, limits: ShapeLimits): GraphQLError[] {
  const definitions = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION || each.kind === Kind.FRAGMENT_DEFINITION);
  const operations = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const { length: found } = document.definitions;
  if (found > limits.definitions) return [limitError({ subject, limit: 'definitions', max: limits.definitions, found })];

  const fragments = orderFragments(new Map(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each])), limits.nesting);
  if (!Array.isArray(fragments)) return [fragments];

  const measures = measureAll([...fragments, ...definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION || !fragments.includes(each))], limits);
  return [
    ...(operations.length > limits.operations ? [limitError({ subject, limit: 'operations', max: limits.operations, found: operations.length })] : []),
    ...documentFaults(measures, limits),
    ...perDefinition.flatMap((limit) => worstOf(measures, limit, limits)),
    ...perOperation.flatMap((limit) => worstOf(measures.filter(({ of }) => of.kind === Kind.OPERATION_DEFINITION), limit, limits)),
    ...variableFaults(operations, limits),
  ];
}

interface Measured {
  readonly of: OperationDefinitionNode | FragmentDefinitionNode;
  readonly measure: Measure;
}

function measureAll(definitions: readonly Measured['of'][], limits: ShapeLimits): Measured[] {
  const fragments = new Map<string, Measure>();
  let fields = limits.fields;
  return definitions.map((of) => {
    const measure = measureDefinition(of, { fragments, nesting: limits.nesting, fields });
    fields -= measure.fields;
    if (of.kind === Kind.FRAGMENT_DEFINITION && !fragments.has(of.name.value)) fragments.set(of.name.value, measure);
    return { of, measure };
  });
}

function measureDefinition(of: Measured['of'], measuring: Measuring): Measure {
  const measure = measureSelections(of.selectionSet, measuring);
  measureDirectives(measure, of.directives);
  if (of.name) measureName(measure, of.name);
  if (of.kind === Kind.FRAGMENT_DEFINITION) measureName(measure, of.typeCondition.name);
  const variables = of.kind === Kind.OPERATION_DEFINITION ? of.variableDefinitions : undefined;
  for (const { variable, type, defaultValue, directives } of variables ?? []) {
    measureName(measure, variable.name);
    measureType(measure, type);
    measureDirectives(measure, directives);
    if (defaultValue) measureValue(measure, defaultValue);
  }
  return measure;
}

function worstOf(measures: readonly Measured[], limit: (typeof perDefinition)[number] | (typeof perOperation)[number], limits: ShapeLimits): GraphQLError[] {
  const worst = measures.reduce<Measured | undefined>((most, each) => (most && most.measure[limit] >= each.measure[limit] ? most : each), undefined);
  const found = worst?.measure[limit] ?? 0;
  if (!worst || found <= limits[limit]) return [];
  return [limitError({ subject: nameOf(worst.of), limit, max: limits[limit], found, orMore: limit === 'nesting', node: worst.of })];
}

function documentFaults(measures: readonly Measured[], limits: ShapeLimits): GraphQLError[] {
  const sums = { fields: sum(measures, 'fields'), directives: sum(measures, 'ownDirectives') };
  return (['fields', 'directives'] as const).filter((limit) => sums[limit] > limits[limit])
    .map((limit) => limitError({ subject, limit, max: limits[limit], found: sums[limit] }));
}

function variableFaults(operations: readonly OperationDefinitionNode[], { variables: max }: ShapeLimits): GraphQLError[] {
  return operations.filter(({ variableDefinitions = [] }) => variableDefinitions.length > max)
    .map((node) => limitError({ subject: nameOf(node), limit: 'variables', max, found: node.variableDefinitions?.length ?? 0, node })).slice(0, 1);
}

function sum(measures: readonly Measured[], of: 'fields' | 'ownDirectives'): number {
  return measures.reduce((total, { measure }) => total + measure[of], 0);
}

function nameOf(definition: Measured['of']): string {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) return `The fragment ${definition.name.value}`;
  return definition.name ? `The ${definition.operation} ${definition.name.value}` : `The ${definition.operation}`;
}
