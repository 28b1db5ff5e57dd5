import { valueFromASTUntyped, type ConstDirectiveNode, type GraphQLSchema } from 'graphql';

/** What `@cost` and `@listSize` are called in a supergraph. */
export interface CostDirectives {
  readonly cost: string;
  readonly listSize: string;
}

interface Link {
  readonly url: string;
  readonly as?: string;
  readonly import?: readonly (string | { readonly name: string; readonly as?: string })[];
}

/**
 * Finds their names by the supergraph's `@link` to https://specs.apollo.dev/cost, which composition writes when a subgraph has
 * them, with the names that subgraphs import them by. Undefined when there is none. Not imported, a directive is called after
 * the feature, `@cost__listSize`, but for the one that has the feature's own name (https://specs.apollo.dev/link/v1.0/#Link.as).
 */
export function costDirectives(schema: GraphQLSchema): CostDirectives | undefined {
  const nodes = [schema.astNode, ...schema.extensionASTNodes].flatMap((node) => node?.directives ?? []);
  const link = nodes.filter(({ name }) => name.value === 'link').map((node) => argumentsOf(node) as unknown as Link).find(({ url }) => /^https:\/\/specs\.apollo\.dev\/cost\/v0\.\d+$/.test(url));
  if (!link) return undefined;
  const feature = link.as ?? 'cost';
  const imported = new Map((link.import ?? []).map((each) => (typeof each === 'string' ? [each, each] : [each.name, each.as ?? each.name])));
  const nameOf = (directive: string, otherwise: string) => (imported.get(`@${directive}`)?.slice(1) ?? otherwise);
  return { cost: nameOf('cost', feature), listSize: nameOf('listSize', `${feature}__listSize`) };
}

/** The arguments of a directive as plain values; those that are not given are not there. */
export function argumentsOf({ arguments: args = [] }: ConstDirectiveNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
}
