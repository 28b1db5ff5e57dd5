import {
  getOperationAST, isAbstractType, Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type FragmentDefinitionNode, type GraphQLCompositeType,
  type GraphQLObjectType, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import type { AccessRules, RequirementId } from '../security/access/access-rules.ts';
import { innerKeys, type InnerKey } from './inner-keys.ts';

/** One operation of a validated document, and what can be known of it before anybody asks it. */
export interface Operation {
  readonly node: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The keys that its fields have for the planner and subgraphs. */
  readonly innerKey: InnerKey;
  /** The variables that its `@skip` and `@include` look at, in alphabetical order. */
  readonly conditions: readonly string[];
  /** Everything that has to hold for all of it to be answered. */
  readonly requirements: readonly RequirementId[];
  /** Whether it asks for the schema. */
  readonly introspects: boolean;
}

/** The operation of a document that a request means; undefined when that cannot be told (GraphQL specification, GetOperation, section 6.1). */
export function readOperation(schema: GraphQLSchema, access: AccessRules, document: DocumentNode, operationName: string | undefined): Operation | undefined {
  const node = getOperationAST(document, operationName);
  if (!node) return undefined;
  const fragments = new Map(document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const conditions = new Set<string>();
  const requirements = new Set<RequirementId>();
  let introspects = false;

  const typeInfo = new TypeInfo(schema);
  visit({ kind: Kind.DOCUMENT, definitions: [node, ...fragments.values()] }, visitWithTypeInfo(typeInfo, {
    Field({ name: { value: name } }) {
      if (name === '__schema' || name === '__type') introspects = true;
      // Of an interface's field, what it needs in each object that may stand there.
      for (const type of objectTypes(schema, typeInfo.getParentType())) requirements.add(access.field(type.name, name));
    },
    SelectionSet() {
      // An object behind an interface needs what its own type needs, whatever is asked of it.
      const type = typeInfo.getParentType();
      if (isAbstractType(type)) for (const each of schema.getPossibleTypes(type)) requirements.add(access.node(each.name));
    },
    Directive({ name: { value: name }, arguments: [condition] = [] }) {
      if ((name === 'skip' || name === 'include') && condition?.value.kind === Kind.VARIABLE) conditions.add(condition.value.name.value);
    },
  }));
  requirements.delete(0);
  const innerKey = innerKeys([node, ...fragments.values()]);
  return { node, fragments, innerKey, conditions: [...conditions].sort(), requirements: [...requirements].sort((a, b) => a - b), introspects };
}

/** The types that objects of a type have. */
export function objectTypes(schema: GraphQLSchema, type: GraphQLCompositeType | null | undefined): readonly GraphQLObjectType[] {
  if (!type) return [];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
}
