import { buildASTSchema, Kind, parse, print, visit, type ConstDirectiveNode, type GraphQLSchema, type SchemaDefinitionNode, type SchemaExtensionNode } from 'graphql';
import { readGraphs, type Graph } from './graphs.ts';

/** A supergraph as composed, and as Apollo's gateway takes it. */
export interface LoadedSupergraph {
  /** With everything that composition wrote: what our own enforcement reads. */
  readonly sdl: string;
  readonly sdlForApollo: string;
  /** The types of all subgraphs together. */
  readonly schema: GraphQLSchema;
  readonly subgraphs: readonly Graph[];
}

/**
 * Reads a supergraph. Apollo's gateway refuses one that marks a feature `for: SECURITY` (`@authenticated`,
 * `@requiresScopes`, `@policy`) because it does not enforce it. We do, so it gets the supergraph without the marker.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const document = parse(sdl);
  const withoutMarkers = visit(document, {
    SchemaDefinition: (node) => unmark(node),
    SchemaExtension: (node) => unmark(node),
  });
  return { sdl, sdlForApollo: print(withoutMarkers), schema: buildASTSchema(document, { assumeValid: true, assumeValidSDL: true }), subgraphs: readGraphs(document) };
}

function unmark<N extends SchemaDefinitionNode | SchemaExtensionNode>(schema: N): N {
  return { ...schema, directives: schema.directives?.map((directive) => (directive.name.value === 'link' ? withoutSecurity(directive) : directive)) };
}

function withoutSecurity(link: ConstDirectiveNode): ConstDirectiveNode {
  const isMarker = (argument: NonNullable<typeof link.arguments>[number]) =>
    argument.name.value === 'for' && argument.value.kind === Kind.ENUM && argument.value.value === 'SECURITY';
  return { ...link, arguments: link.arguments?.filter((argument) => !isMarker(argument)) ?? [] };
}
