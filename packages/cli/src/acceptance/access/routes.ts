import { getNamedType, isObjectType } from 'graphql';
import type { Decided } from './decided.ts';
import { fruitful } from './fruitful.ts';

/** From a root to a type: one `Type.field` after the other. */
export type Route = readonly string[];

/** The shortest way to each type over fields that `isOpen`, over queries where there is one. */
export function routesOver({ types, field, names }: Decided, isOpen: (name: string) => boolean): ReadonlyMap<string, Route> {
  const fieldsOf = Map.groupBy(names, (name) => name.slice(0, name.indexOf('.')));
  const routes = new Map<string, Route>([['Query', []], ['Mutation', []]]);
  // A map's keys come in the order they were put in, those that are put in meanwhile as well.
  for (const [type, route] of routes) {
    for (const name of fieldsOf.get(type)?.filter(isOpen) ?? []) {
      const target = getNamedType(field(name).type);
      if (!isObjectType(target) || !types.has(target.name) || routes.has(target.name)) continue;
      if (isAnswered(route) || target.name === 'UserError') routes.set(target.name, [...route, name]);
    }
  }
  return routes;

  /** Whether there is something at the end of a route that leads on from the payload of a mutation. */
  function isAnswered([first = '']: Route): boolean {
    return !first.startsWith('Mutation.') || fruitful.includes(first.slice('Mutation.'.length));
  }
}

/** What a principal gets to see of the graph, if it asks for everything. */
export function seenBy(decided: Decided, scopes: readonly string[]): { readonly routes: ReadonlyMap<string, Route>; readonly fields: ReadonlySet<string> } {
  const isOpen = (name: string) => decided.opens(scopes, name);
  const routes = routesOver(decided, isOpen);
  return { routes, fields: new Set(decided.names.filter((name) => routes.has(name.slice(0, name.indexOf('.'))) && isOpen(name))) };
}
