import { print, type GraphQLCompositeType, type GraphQLSchema } from 'graphql';
import { compileCost, type CostFormula } from '../cost/compile-cost.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { compileShape, type Forbidden } from '../execution/compile-shape.ts';
import type { AccessRules, Grants } from '../security/access/access-rules.ts';
import { innerFragments, innerOperation } from './inner-operation.ts';
import { objectTypes, type Operation } from './operation.ts';
import { reduceOperation } from './reduce-operation.ts';
import type { Variant, VariantStore } from './variant-store.ts';

/** What all operations of a release are prepared with. */
export interface Preparation {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly access: AccessRules;
  readonly costs: CostModel;
}

export interface PreparedOperation extends Operation {
  readonly cost: CostFormula;
  /** `noIntrospection` says why this principal may not read the schema, if so. */
  variantFor(grants: Grants, noIntrospection: string | undefined): Variant;
}

/**
 * Makes everything about an operation that depends neither on who asks nor on variables, and the rest, which `store` keeps under `id`,
 * when it is first needed.
 */
export function prepareOperation(preparation: Preparation, store: VariantStore, operation: Operation, id: number): PreparedOperation {
  const { apiSchema, access, costs } = preparation;
  return {
    ...operation,
    cost: compileCost(costs, apiSchema, operation),
    variantFor(grants, noIntrospection) {
      const refused = operation.requirements.filter((requirement) => !grants.allows(requirement));
      // With the words for it: who lacks one of two scopes is told of that one.
      const key = `${id} ${refused.map((requirement) => `${requirement} ${grants.refusal(requirement)}`).join()} ${operation.introspects ? noIntrospection ?? '' : ''}`;
      return store.variant(key, () => makeVariant(apiSchema, store, operation, forbiddenFor(access, grants, noIntrospection), key));
    },
  };
}

function makeVariant(schema: GraphQLSchema, store: VariantStore, operation: Operation, forbidden: Forbidden, key: string): Variant {
  const { node, fragments, innerKey } = operation;
  // A field of an interface is asked for when some object behind it may show it; the others' do not get into the answer.
  const isShut = (type: string, field: string) => objectTypes(schema, schema.getType(type) as GraphQLCompositeType).every(({ name }) => forbidden.field(name, field) !== undefined);
  const asked = reduceOperation(schema, innerOperation(node, innerKey), innerFragments(fragments, innerKey), (type, field) => isIntrospection(field) || isShut(type, field));
  return {
    planText: asked && print(asked),
    shape(variables) {
      const values = operation.conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
      return store.shape(`${key} ${values}`, (made) => {
        const conditions = Object.fromEntries(operation.conditions.map((name) => [name, variables[name]]));
        return compileShape({ schema, operation: node, fragments, innerKey, conditions, forbidden, made });
      });
    },
  };
}

function forbiddenFor(access: AccessRules, grants: Grants, noIntrospection: string | undefined): Forbidden {
  const refusal = (requirement: number) => (grants.allows(requirement) ? undefined : grants.refusal(requirement));
  return {
    field: (type, field) => (isIntrospection(field) ? noIntrospection : refusal(access.field(type, field))),
    node: (type) => refusal(access.node(type)),
  };
}

function isIntrospection(field: string): boolean {
  return field === '__schema' || field === '__type';
}
