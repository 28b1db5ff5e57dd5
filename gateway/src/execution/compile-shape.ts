import {
  isAbstractType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, Kind, SchemaMetaFieldDef, TypeMetaFieldDef, TypeNameMetaFieldDef,
  type FieldNode, type FragmentDefinitionNode, type GraphQLAbstractType, type GraphQLInterfaceType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema,
  type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
} from 'graphql';
import { acceptsLeaf } from './leaf.ts';
import type { AbstractCase, FieldShape, ObjectShape, ValueShape } from './shape.ts';

/** The type of an object, as far as it is known. */
type ParentType = GraphQLObjectType | GraphQLInterfaceType;

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
  /** The key that a field has in what the subgraphs answer. */
  innerKey(field: FieldNode): string;
  /** Of the operation's variables, those that conditions look at. */
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly forbidden: Forbidden;
  /** Is told how many fields have been worked out: of types behind an interface, when the first object of the type comes. */
  made?(fields: number): void;
}

/** Works out the shape of a response (GraphQL specification, CollectFields and MergeSelectionSets, section 6.3), once for all responses of that shape. */
export function compileShape(input: ShapeInput): ObjectShape {
  const { schema, operation, fragments, innerKey, conditions, forbidden, made } = input;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation} type`);
  return objectShape(root, [operation.selectionSet]);

  function objectShape(type: ParentType, sets: readonly SelectionSetNode[]): ObjectShape {
    const byKey = new Map<string, FieldNode[]>();
    const seen = new Set<string>();
    for (const set of sets) collect(type, set.selections, byKey, seen);
    made?.(byKey.size);
    return { type: isObjectType(type) ? type.name : undefined, fields: [...byKey].map(([key, nodes]) => fieldShape(type, key, nodes as [FieldNode])) };
  }

  function collect(type: ParentType, selections: readonly SelectionNode[], byKey: Map<string, FieldNode[]>, seen: Set<string>): void {
    for (const selection of selections) {
      if (!isIncluded(selection, conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const known = byKey.get(key);
        if (known) known.push(selection);
        else byKey.set(key, [selection]);
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

  function fieldShape(parent: ParentType, key: string, nodes: readonly [FieldNode, ...FieldNode[]]): FieldShape {
    const [first] = nodes;
    const name = first.name.value;
    const known = { key, from: innerKey(first), forbidden: refusalOf(parent, name) };
    if (name === TypeNameMetaFieldDef.name) return { ...known, value: { kind: 'nonNull', of: { kind: 'typename' } } };
    if (parent === schema.getQueryType() && (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)) return { ...known, value: { kind: 'introspection' } };
    const field = parent.getFields()[name];
    if (!field) throw new Error(`${parent.name} has no field ${name}`);
    return { ...known, value: valueShape(field.type, nodes.flatMap(({ selectionSet }) => selectionSet ?? [])) };
  }

  /** Of an object that may be of several types, none may be refused. */
  function refusalOf(parent: ParentType, field: string): string | undefined {
    if (isObjectType(parent)) return forbidden.field(parent.name, field);
    return firstOf(schema.getPossibleTypes(parent), ({ name }) => forbidden.node(name) ?? forbidden.field(name, field));
  }

  function valueShape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): ValueShape {
    if (isNonNullType(type)) return { kind: 'nonNull', of: valueShape(type.ofType as GraphQLOutputType, sets) };
    if (isListType(type)) return { kind: 'list', of: valueShape(type.ofType, sets) };
    if (isLeafType(type)) return { kind: 'leaf', accepts: acceptsLeaf(type) };
    return isObjectType(type) ? { kind: 'object', shape: objectShape(type, sets) } : abstractShape(type, sets);
  }

  function abstractShape(abstract: GraphQLAbstractType, sets: readonly SelectionSetNode[]): ValueShape {
    const known = new Map<string, AbstractCase>();
    return {
      kind: 'abstract',
      type: abstract.name,
      typeNames: schema.getPossibleTypes(abstract).map(({ name }) => name),
      shapeOf(typeName) {
        if (!known.has(typeName)) known.set(typeName, caseOf(typeName));
        return known.get(typeName);
      },
    };

    function caseOf(typeName: string): AbstractCase {
      const type = schema.getType(typeName);
      if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
      if (type !== abstract && !schema.isSubType(abstract, type)) return undefined;
      const message = isObjectType(type) ? forbidden.node(typeName) : undefined;
      return message === undefined ? objectShape(type, sets) : { forbidden: message };
    }
  }

  function applies(type: ParentType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = schema.getType(condition);
    return isAbstractType(wanted) && schema.isSubType(wanted, type);
  }
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether `@skip` and `@include` leave a selection in, given the values of the variables they look at. */
function isIncluded({ directives = [] }: SelectionNode, conditions: Readonly<Record<string, unknown>>): boolean {
  return directives.every(({ name: { value: name }, arguments: args = [] }) => {
    if (name !== 'skip' && name !== 'include') return true;
    const given = args[0]?.value;
    const value = given?.kind === Kind.VARIABLE ? conditions[given.name.value] : given?.kind === Kind.BOOLEAN && given.value;
    return name === 'skip' ? value !== true : value === true;
  });
}
