import {
  getOperationAST, isAbstractType, Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';
import type { AccessRules, RequirementId } from '../security/access/access-rules.ts';

/** One operation of a validated document, and what can be known of it before anybody asks it. */
export interface Operation {
  readonly document: DocumentNode;
  readonly node: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
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
      const parent = typeInfo.getParentType();
      if (parent) requirements.add(access.field(parent.name, name));
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
  return { document, node, fragments, conditions: [...conditions].sort(), requirements: [...requirements].sort((a, b) => a - b), introspects };
}
