import { describeRequirement, implies, mayDo } from '@forge/auth';
import { getNamedType, isInterfaceType, isObjectType, Kind, valueFromASTUntyped, type ConstDirectiveNode, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Scopes as `@requiresScopes` has them: any of the lists, of a list all. */
type Scopes = readonly (readonly string[])[];

/** A number for what has to hold at a place of the graph; places that need the same have the same. 0: to be authenticated is enough. */
export type RequirementId = number;

/** What a principal's scopes open. */
export interface Grants {
  allows(requirement: RequirementId): boolean;
  /** Why not, for the client. */
  refusal(requirement: RequirementId): string;
}

/** Which scopes each field of a supergraph needs. */
export interface AccessRules {
  /** What a field needs: for itself, for its parent type and for the type it leads to. */
  field(parentType: string, field: string): RequirementId;
  /** What an object needs that is reached by its id alone: what its own root field needs, too. */
  node(type: string): RequirementId;
  grantsOf(scopes: readonly string[]): Grants;
}

const maxGrants = 1_000;

/** Reads `@requiresScopes` (Apollo Federation 2.5) off the types and fields of a supergraph. */
export function readAccessRules(schema: GraphQLSchema): AccessRules {
  const requirements: Scopes[][] = [[]];
  const ids = new Map<string, RequirementId>([['[]', 0]]);
  const fields = new Map<string, ReadonlyMap<string, RequirementId>>();
  const nodes = new Map<string, RequirementId>();

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    const own = Object.values(type.getFields()).map((field) =>
      [field.name, idOf([...scopesOnType(type), ...scopesOn(field), ...scopesOnType(getNamedType(field.type))])] as const);
    fields.set(type.name, new Map(own));
    nodes.set(type.name, idOf([...scopesOn(type), ...rootScopes(type)]));
  }

  const grants = new LRUCache<string, Grants>({ max: maxGrants });
  return {
    field: (parentType, field) => fields.get(parentType)?.get(field) ?? 0,
    node: (type) => nodes.get(type) ?? 0,
    grantsOf(scopes) {
      const key = [...scopes].sort().join(' ');
      const known = grants.get(key) ?? grantsFor(scopes);
      grants.set(key, known);
      return known;
    },
  };

  function idOf(all: readonly Scopes[]): RequirementId {
    const distinct = [...new Map(all.map((scopes) => [JSON.stringify(scopes), scopes] as const))].sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify(distinct.map(([text]) => text));
    const id = ids.get(key) ?? requirements.push(distinct.map(([, scopes]) => scopes)) - 1;
    ids.set(key, id);
    return id;
  }

  /** What the root field `thing(id:)` of a type needs. */
  function rootScopes(type: GraphQLObjectType): Scopes[] {
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {});
    const single = roots.find((field) => field.type === type && field.args.length === 1 && field.args[0]?.name === 'id');
    return single ? scopesOn(single) : [];
  }

  function grantsFor(scopes: readonly string[]): Grants {
    const refusals = requirements.map((all) => strictest(all.filter((each) => !mayDo(scopes, each))).map(describeRequirement).join(' '));
    return { allows: (id) => refusals[id] === '', refusal: (id) => refusals[id] ?? '' };
  }
}

/** Without those that whoever meets another of them meets anyway: one sentence says it. */
function strictest(unmet: readonly Scopes[]): Scopes[] {
  return unmet.filter((each, i) => !unmet.some((other, j) => i !== j && implies(other, each) && (j < i || !implies(each, other))));
}

/** Composition writes on an interface what all its types need together; an object behind it is asked for what its own type needs. */
function scopesOnType(type: GraphQLNamedType): Scopes[] {
  return isInterfaceType(type) ? [] : scopesOn(type);
}

function scopesOn({ astNode }: Pick<GraphQLNamedType, 'astNode'> | { readonly astNode?: { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined }): Scopes[] {
  return (astNode?.directives ?? []).filter(({ name }) => name.value === 'requiresScopes').flatMap(({ arguments: args = [] }) => {
    const scopes = args.find(({ name }) => name.value === 'scopes')?.value;
    return scopes?.kind === Kind.LIST ? [valueFromASTUntyped(scopes) as Scopes] : [];
  });
}
