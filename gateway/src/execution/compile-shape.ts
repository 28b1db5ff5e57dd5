import {
  isAbstractType, isLeafType, isListType, isNonNullType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef,
  type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
} from 'graphql';
import { acceptsLeaf } from './leaf.ts';
import type { AbstractCase, FieldShape, ObjectShape, ValueShape } from './shape.ts';

/** Which places of the graph a principal does not get at, and what to tell them. */
export interface Forbidden {
  field(parentType: string, field: string): string | undefined;
  /** For an object that an interface or union leads to. */
  node(type: string): string | undefined;
}

export interface ShapeInput {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Of the operation's variables, those that conditions look at. */
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly forbidden: Forbidden;
}

/** Works out the shape of a response (GraphQL specification, CollectFields and MergeSelectionSets, section 6.3), once for all responses of that shape. */
export function compileShape(input: ShapeInput): ObjectShape {
  const { schema, operation, fragments, conditions, forbidden } = input;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation} type`);
  return objectShape(root, [operation.selectionSet]);

  function objectShape(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ObjectShape {
    const byKey = new Map<string, FieldNode[]>();
    for (const set of sets) collect(type, set.selections, byKey, new Set());
    return { type: type.name, fields: [...byKey].map(([key, nodes]) => fieldShape(type, key, nodes)) };
  }

  function collect(type: GraphQLObjectType, selections: readonly SelectionNode[], byKey: Map<string, FieldNode[]>, seen: Set<string>): void {
    for (const selection of selections) {
      if (!isIncluded(selection, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        byKey.set(key, [...(byKey.get(key) ?? []), selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (applies(type, selection.typeCondition?.name.value)) collect(type, selection.selectionSet.selections, byKey, seen);
      } else {
        const fragment = fragments.get(selection.name.value);
        if (!fragment || seen.has(selection.name.value)) continue;
        seen.add(selection.name.value);
        if (applies(type, fragment.typeCondition.name.value)) collect(type, fragment.selectionSet.selections, byKey, seen);
      }
    }
  }

  function fieldShape(parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldShape {
    const name = nodes[0]?.name.value ?? '';
    if (name === TypeNameMetaFieldDef.name) return { key, forbidden: undefined, value: { kind: 'nonNull', of: { kind: 'typename' } } };
    if (parent === schema.getQueryType() && (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)) return { key, forbidden: forbidden.field(parent.name, name), value: { kind: 'introspection' } };
    const field = parent.getFields()[name];
    if (!field) throw new Error(`${parent.name} has no field ${name}`);
    return { key, forbidden: forbidden.field(parent.name, name), value: valueShape(field.type, nodes.flatMap(({ selectionSet }) => selectionSet ?? [])) };
  }

  function valueShape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): ValueShape {
    if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(type.ofType as GraphQLOutputType, sets) };
    if (isListType(type)) return { kind: 'list', of: valueShape(type.ofType as GraphQLOutputType, sets) };
    if (isLeafType(type)) return { kind: 'leaf', accepts: acceptsLeaf(type) };
    return isObjectType(type) ? { kind: 'object', shape: objectShape(type, sets) } : abstractShape(type, sets);
  }

  function abstractShape(abstract: GraphQLCompositeType, sets: readonly SelectionSetNode[]): ValueShape {
    const known = new Map<string, AbstractCase>();
    return {
      kind: 'abstract',
      shapeOf(typeName) {
        if (!known.has(typeName)) known.set(typeName, caseOf(typeName));
        return known.get(typeName);
      },
    };

    function caseOf(typeName: string): AbstractCase {
      const type = schema.getType(typeName);
      if (!isObjectType(type) || !isAbstractType(abstract) || !schema.isSubType(abstract, type)) return undefined;
      const message = forbidden.node(typeName);
      return message === undefined ? objectShape(type, sets) : { forbidden: message };
    }
  }

  function applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, type);
  }
}

/** Whether `@skip` and `@include` leave a selection in, given the values of the variables they look at. */
export function isIncluded({ directives = [] }: SelectionNode, conditions: Readonly<Record<string, unknown>>): boolean {
  return directives.every(({ name: { value: name }, arguments: args = [] }) => {
    if (name !== 'skip' && name !== 'include') return true;
    const given = args[0]?.value;
    const value = given?.kind === Kind.VARIABLE ? conditions[given.name.value] : given?.kind === Kind.BOOLEAN && given.value;
    return name === 'skip' ? value !== true : value === true;
  });
}
