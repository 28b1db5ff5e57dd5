import { describeRequirement, mayDo } from '@forge/auth';
import { defaultFieldResolver, getNamedType, GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import type { KitContext } from '../context.ts';
import { assuredRequirements, isEntities, objectTypes } from './assured.ts';
import { requirementsOn, without, type Requirement } from './requirement.ts';

type Resolver = GraphQLFieldResolver<unknown, KitContext>;

/**
 * Lets a schema answer only what `@requiresScopes` allows its caller, even when the gateway has let it pass. A field needs what
 * it says itself, what its type says, and what the type it leads to says. Most of that has been checked by the time the
 * field is reached; which fields have something left to check is worked out here, once, and only those do at run time.
 */
export function enforceAccess(schema: GraphQLSchema): GraphQLSchema {
  for (const { field, left } of checkedFields(schema)) field.resolve = guarded(field.resolve ?? defaultFieldResolver, left);
  const entities = schema.getQueryType()?.getFields()['_entities'];
  if (entities?.resolve) entities.resolve = guardedEntities(entities.resolve, new Map(objectTypes(schema).map((type) => [type.name, requirementsOn(type)])));
  return schema;
}

/** The fields that have something to check, and what. */
export function checkedFields(schema: GraphQLSchema) {
  const assured = assuredRequirements(schema);
  return objectTypes(schema).flatMap((type) => Object.values(type.getFields()).filter((field) => !isEntities(field)).map((field) => {
    const needed = [...requirementsOn(type), ...requirementsOn(field), ...requirementsOn(getNamedType(field.type))];
    return { type, field, left: without(needed, assured.get(type.name) ?? []) };
  })).filter(({ left }) => left.length > 0);
}

function guarded(resolve: Resolver, requirements: readonly Requirement[]): Resolver {
  return (source, args, context, info) => {
    const refused = refusal(context, requirements);
    if (refused) throw refused;
    return resolve(source, args, context, info);
  };
}

/** Each representation is for itself: the others are answered, and it has its error where it stands in the list. */
function guardedEntities(resolve: Resolver, requirements: ReadonlyMap<string, readonly Requirement[]>): Resolver {
  return async (source, args: { representations: readonly { __typename: string }[] }, context, info) => {
    const refusals = args.representations.map(({ __typename }) => refusal(context, requirements.get(__typename) ?? []));
    const representations = args.representations.filter((_, i) => !refusals[i]);
    const answers = (await resolve(source, { ...args, representations }, context, info)) as unknown[];
    let next = 0;
    return refusals.map((refused) => refused ?? answers[next++]);
  };
}

function refusal({ principal }: KitContext, requirements: readonly Requirement[]): GraphQLError | undefined {
  const unmet = requirements.find((requirement) => !mayDo(principal.scopes, requirement));
  return unmet && new GraphQLError(describeRequirement(unmet), { extensions: { code: 'FORBIDDEN' } });
}
