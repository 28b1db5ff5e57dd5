import { buildASTSchema, getNamedType, isInterfaceType, isObjectType, parse, valueFromASTUntyped, type ASTNode, type ConstDirectiveNode, type GraphQLField, type GraphQLObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { meets } from './scopes.ts';

/** As `@requiresScopes` has it: of one of the lists all scopes. */
export type Requirement = readonly (readonly string[])[];

/** What the committed supergraph decides, read by a few lines that share nothing with the gateway's. */
export interface Decided {
  /** The object types that clients see. */
  readonly types: ReadonlyMap<string, GraphQLObjectType>;
  /** `Type.field` of all of them. */
  readonly names: readonly string[];
  field(name: string): GraphQLField<unknown, unknown>;
  /** All that has to hold for a `Type.field`, for a type, or for an object that is found by its id: `byId(type)`. */
  needs(name: string): readonly Requirement[];
  opens(scopes: readonly string[], name: string): boolean;
}

export const byId = (type: string) => `${type} by its id`;
export const isEntity = (type: GraphQLObjectType) => type.getInterfaces().some(({ name }) => name === 'Node');

const supergraphFile = join(import.meta.dirname, '../../../../../gateway/supergraph.graphql');

export function readDecided(sdl = readFileSync(supergraphFile, 'utf8')): Decided {
  const schema = buildASTSchema(parse(sdl), { assumeValid: true });
  const types = Object.values(schema.getTypeMap()).filter(isObjectType).filter((type) => !type.name.startsWith('__') && !isHidden(type));
  const fields = new Map<string, GraphQLField<unknown, unknown>>();
  const needs = new Map<string, Requirement[]>();
  for (const type of types) {
    needs.set(type.name, said(type));
    for (const field of Object.values(type.getFields()).filter((each) => !isHidden(each))) {
      const target = getNamedType(field.type);
      fields.set(`${type.name}.${field.name}`, field);
      // What composition writes on an interface is what all types behind it need together; each of them speaks for itself.
      needs.set(`${type.name}.${field.name}`, [...said(type), ...said(field), ...(isInterfaceType(target) ? [] : said(target))]);
    }
  }
  for (const type of types.filter(isEntity)) {
    const root = Object.values(schema.getQueryType()?.getFields() ?? {}).find((field) => field.type === type);
    needs.set(byId(type.name), [...said(type), ...(root ? said(root) : [])]);
  }

  const known = <T>(map: ReadonlyMap<string, T>, name: string): T => {
    const found = map.get(name);
    if (found === undefined) throw new Error(`clients see no ${name}`);
    return found;
  };
  return {
    types: new Map(types.map((type) => [type.name, type])),
    names: [...fields.keys()],
    field: (name) => known(fields, name),
    needs: (name) => known(needs, name),
    opens: (scopes, name) => known(needs, name).every((requirement) => meets(scopes, requirement)),
  };
}

interface Element { readonly astNode?: (ASTNode & { readonly directives?: readonly ConstDirectiveNode[] | undefined }) | null | undefined }

function directives({ astNode }: Element, name: string): readonly ConstDirectiveNode[] {
  return (astNode?.directives ?? []).filter((directive) => directive.name.value === name);
}

function said(element: Element): Requirement[] {
  return directives(element, 'requiresScopes').flatMap(({ arguments: [scopes] = [] }) => (scopes ? [valueFromASTUntyped(scopes.value) as Requirement] : []));
}

function isHidden(element: Element): boolean {
  return directives(element, 'inaccessible').length > 0;
}
