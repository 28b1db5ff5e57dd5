import { filterSchema, pruneSchema } from '@graphql-tools/utils';
import { isInterfaceType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { AccessRules, Grants } from './access-rules.ts';

const maxSchemas = 20;

/** Answers the schema as principals see it: without the fields that their scopes do not open, and the types that only those lead to. */
export function visibleSchemas(schema: GraphQLSchema, access: AccessRules): (grants: Grants) => GraphQLSchema {
  const made = new LRUCache<Grants, GraphQLSchema>({ max: maxSchemas });
  return (grants) => {
    const known = made.get(grants) ?? visible(schema, access, grants);
    made.set(grants, known);
    return known;
  };
}

function visible(schema: GraphQLSchema, access: AccessRules, grants: Grants): GraphQLSchema {
  let hidden = 0;
  const allows = (type: string, field: string) => grants.allows(access.field(type, field));
  const isSeen = (type: GraphQLObjectType) => Object.keys(type.getFields()).some((field) => allows(type.name, field));
  const isOpen = (name: string, field: string) => {
    const type = schema.getType(name);
    // What an interface has, all types have that are there to implement it.
    const allowed = isInterfaceType(type) ? schema.getPossibleTypes(type).every((each) => allows(each.name, field) || !isSeen(each)) : allows(name, field);
    if (!allowed) hidden += 1;
    return allowed;
  };
  const open = filterSchema({ schema, rootFieldFilter: isOpen, fieldFilter: isOpen });
  return hidden === 0 ? schema : pruneSchema(open);
}
