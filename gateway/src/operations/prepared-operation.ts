import { print, type GraphQLCompositeType, type GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileCost, type CostFormula } from '../cost/compile-cost.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { compileShape, type Forbidden } from '../execution/compile-shape.ts';
import type { ObjectShape } from '../execution/shape.ts';
import type { AccessRules, Grants } from '../security/access/access-rules.ts';
import { objectTypes, type Operation } from './operation.ts';
import { reduceOperation } from './reduce-operation.ts';

/** What all operations of a release are prepared with. */
export interface Preparation {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly access: AccessRules;
  readonly costs: CostModel;
}

/** An operation as one group of principals gets it: those whose scopes open the same parts of it. */
export interface Variant {
  /** What subgraphs are asked for, for the planner; undefined when nothing is. */
  readonly planText: string | undefined;
  /** The shape of the response, by the values of the variables in `@skip` and `@include`. */
  shape(variables: Readonly<Record<string, unknown>>): ObjectShape;
}

export interface PreparedOperation extends Operation {
  readonly cost: CostFormula;
  /** `noIntrospection` says why this principal may not read the schema, if so. */
  variantFor(grants: Grants, noIntrospection: string | undefined): Variant;
}

const maxVariants = 50;
const maxShapes = 16;

/** Makes everything about an operation that depends neither on who asks nor on variables, and the rest when it is first needed. */
export function prepareOperation(preparation: Preparation, operation: Operation): PreparedOperation {
  const { apiSchema, access, costs } = preparation;
  const variants = new LRUCache<string, Variant>({ max: maxVariants });
  return {
    ...operation,
    cost: compileCost(costs, apiSchema, operation),
    variantFor(grants, noIntrospection) {
      const refused = operation.requirements.filter((id) => !grants.allows(id));
      const key = `${refused.join()} ${operation.introspects ? noIntrospection ?? '' : ''}`;
      const known = variants.get(key) ?? makeVariant(preparation, operation, forbiddenFor(access, grants, noIntrospection));
      variants.set(key, known);
      return known;
    },
  };
}

function makeVariant({ apiSchema }: Preparation, operation: Operation, forbidden: Forbidden): Variant {
  const { inner } = operation;
  // A field of an interface is asked for when some object behind it may show it; the others' do not get into the answer.
  const isShut = (type: string, field: string) => objectTypes(apiSchema, apiSchema.getType(type) as GraphQLCompositeType).every(({ name }) => forbidden.field(name, field) !== undefined);
  const shapes = new LRUCache<string, ObjectShape>({ max: maxShapes });
  const asked = reduceOperation(apiSchema, inner.node, inner.fragments, (type, field) => isIntrospection(field) || isShut(type, field));
  return {
    planText: asked && print(asked),
    shape(variables) {
      const key = operation.conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
      const known = shapes.get(key) ?? compileShape({ schema: apiSchema, operation: operation.node, fragments: operation.fragments, innerKey: inner.key, conditions: variables, forbidden });
      shapes.set(key, known);
      return known;
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
