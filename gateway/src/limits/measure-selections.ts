import { Kind, type DirectiveNode, type FieldNode, type InlineFragmentNode, type SelectionSetNode } from 'graphql';
import { measureName, measureValue, type ValueMeasure } from './measure-value.ts';

/** What is counted of an operation or a fragment, with the fragments that it spreads. */
export interface Measure extends ValueMeasure {
  fields: number;
  aliases: number;
  directives: number;
  fragmentSpreads: number;
  repeats: number;
  nesting: number;
  introspectionDepth: number;
  /** Lists of the schema that are asked for. */
  introspectionBreadth: number;
  depth: number;
  rootFields: number;
  /** Directives written in the definition itself. */
  ownDirectives: number;
  /** Introspection lists in one another, wherever they begin. */
  introspectionLists: number;
  /** The same of all that are there. */
  schemaLists: number;
  /** By the name in the answer: how many fields are in it, itself included. */
  level: ReadonlyMap<string, number>;
}

/** A selection set, seen from the one that it is in. */
interface Level {
  readonly sizes: Map<string, number>;
  size: number;
  width: number;
  depth: number;
  introspectionLists: number;
  schemaLists: number;
}

export interface Measuring {
  /** Those that come before, in the order of `orderFragments`. */
  readonly fragments: ReadonlyMap<string, Measure>;
  readonly nesting: number;
  /** How many fields may be counted; beyond them only the count goes on, because it is what the document is refused for. */
  readonly fields: number;
}

// Types lead to types by these alone: https://spec.graphql.org/October2021/#sec-Schema-Introspection
const introspectionLists = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);
const schemaLists = new Set([...introspectionLists, 'types', 'directives', 'args', 'enumValues']);

/** Measures in a time that grows with what is written, not with what fragments make of it. */
export function measureSelections(selections: SelectionSetNode, measuring: Measuring): Measure {
  const measure = { ...nothing };
  const { sizes, width, ...level } = levelOf(selections, 1);
  return { ...measure, rootFields: width, depth: level.depth, introspectionLists: level.introspectionLists, schemaLists: level.schemaLists, level: sizes };

  function levelOf(set: SelectionSetNode, nesting: number): Level {
    const level: Level = { sizes: new Map(), size: 0, width: 0, depth: 0, introspectionLists: 0, schemaLists: 0 };
    measure.nesting = Math.max(measure.nesting, nesting);
    if (nesting > measuring.nesting) return level;
    for (const selection of set.selections) {
      measureDirectives(measure, selection.directives);
      if (selection.kind === Kind.FIELD) addField(level, selection, nesting);
      else if (selection.kind === Kind.INLINE_FRAGMENT) addInline(level, selection, nesting);
      else addSpread(level, selection.name.value);
    }
    return level;
  }

  function addField(level: Level, field: FieldNode, nesting: number): void {
    const name = field.name.value;
    measure.fields++;
    measureName(measure, field.name);
    if (field.alias) {
      measure.aliases++;
      measureName(measure, field.alias);
    }
    for (const argument of field.arguments ?? []) {
      measureName(measure, argument.name);
      measureValue(measure, argument.value);
    }
    const inner = field.selectionSet ? levelOf(field.selectionSet, nesting + 1) : leaf;
    const lists = inner.introspectionLists + (introspectionLists.has(name) ? 1 : 0);
    if (name === '__schema' || name === '__type') {
      measure.introspectionDepth = Math.max(measure.introspectionDepth, lists);
      measure.introspectionBreadth += inner.schemaLists;
    }
    grow(level, { size: 1 + inner.size, width: 1, depth: 1 + inner.depth, introspectionLists: lists, schemaLists: inner.schemaLists + (schemaLists.has(name) ? 1 : 0) });
    addName(level, field.alias?.value ?? name, 1 + inner.size);
  }

  function addInline(level: Level, fragment: InlineFragmentNode, nesting: number): void {
    if (fragment.typeCondition) measureName(measure, fragment.typeCondition.name);
    const inner = levelOf(fragment.selectionSet, nesting + 1);
    grow(level, inner);
    addNames(level, inner.sizes);
  }

  function addSpread(level: Level, name: string): void {
    measure.fragmentSpreads++;
    const spread = measuring.fragments.get(name);
    if (!spread) return;
    for (const each of ['fields', 'aliases', 'directives', 'fragmentSpreads', 'repeats', 'introspectionBreadth'] as const) measure[each] += spread[each];
    measure.introspectionDepth = Math.max(measure.introspectionDepth, spread.introspectionDepth);
    grow(level, { ...spread, size: spread.fields, width: spread.rootFields });
    addNames(level, spread.level);
  }

  function addNames(level: Level, sizes: ReadonlyMap<string, number>): void {
    if (measure.fields <= measuring.fields) for (const [name, size] of sizes) addName(level, name, size);
  }

  function addName({ sizes }: Level, name: string, size: number): void {
    const before = sizes.get(name);
    if (before !== undefined) measure.repeats += size;
    sizes.set(name, (before ?? 0) + size);
  }
}

function grow(level: Level, { size, width, depth, introspectionLists, schemaLists }: Omit<Level, 'sizes'>): void {
  level.size += size;
  level.width += width;
  level.schemaLists += schemaLists;
  level.depth = Math.max(level.depth, depth);
  level.introspectionLists = Math.max(level.introspectionLists, introspectionLists);
}

export function measureDirectives(measure: Pick<Measure, keyof ValueMeasure | 'directives' | 'ownDirectives'>, directives: readonly DirectiveNode[] = []): void {
  measure.directives += directives.length;
  measure.ownDirectives += directives.length;
  for (const directive of directives) {
    measureName(measure, directive.name);
    for (const argument of directive.arguments ?? []) {
      measureName(measure, argument.name);
      measureValue(measure, argument.value);
    }
  }
}

const leaf = { size: 0, depth: 0, introspectionLists: 0, schemaLists: 0 };

const nothing: Measure = {
  fields: 0, aliases: 0, directives: 0, ownDirectives: 0, fragmentSpreads: 0, repeats: 0, nesting: 0, introspectionDepth: 0, introspectionBreadth: 0, introspectionLists: 0, schemaLists: 0,
  depth: 0, rootFields: 0, listLength: 0, objectFields: 0, inputDepth: 0, nameLength: 0, level: new Map(),
};
