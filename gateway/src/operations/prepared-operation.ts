import { OperationTypeNode, print, type GraphQLCompositeType, type GraphQLSchema } from 'graphql';
import { compileCost, type CostFormula } from '../cost/compile-cost.ts';
import type { CostModel } from '../cost/cost-model.ts';
import { compileShape, type Forbidden } from '../execution/compile-shape.ts';
import type { ObjectShape } from '../execution/shape.ts';
import type { AccessRules, Grants } from '../security/access/access-rules.ts';
import { innerOperation } from './inner-operation.ts';
import { objectTypes, type Operation } from './operation.ts';
import { reduceOperation } from './reduce-operation.ts';
import { withRootFields } from './root-fields.ts';
import { settledConditions } from './settled-conditions.ts';
import type { VariantStore } from './variant-store.ts';

/** What all operations of a release are prepared with. */
export interface Preparation {
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  readonly access: AccessRules;
  readonly costs: CostModel;
  /** The names of fields that `@requires` others. */
  readonly requiring: ReadonlySet<string>;
}

type Values = Readonly<Record<string, unknown>>;

/** An operation as one group of principals gets it: those whose scopes open the same parts of it. */
export interface Variant {
  /** What subgraphs are asked for, for the planner; undefined when nothing is. */
  planText(variables: Values): string | undefined;
  /** The shape of the response, which depends on the variables in `@skip` and `@include`. */
  shape(variables: Values): ObjectShape;
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
export function prepareOperation({ apiSchema, access, costs, requiring }: Preparation, store: VariantStore, operation: Operation, id: number): PreparedOperation {
  const { node, fragments, innerKey, conditions, requirements } = operation;
  const toSettle = [...settledConditions(requiring, node, fragments)];

  return {
    ...operation,
    cost: compileCost(costs, apiSchema, operation),
    variantFor(grants, noIntrospection) {
      const refused = requirements.filter((requirement) => !grants.allows(requirement));
      // With the words for it: who lacks one of two scopes is told of that one.
      const key = `${id} ${refused.map((requirement) => `${requirement} ${grants.refusal(requirement)}`).join()} ${operation.introspects ? noIntrospection ?? '' : ''}`;
      return {
        planText: (variables) => store.planText(`${key} ${flags(toSettle, variables)}`, () => planText(forbiddenFor(access, grants, noIntrospection), pick(toSettle, variables))),
        shape: (variables) => store.shape(`${key} ${flags(conditions, variables)}`, (made) =>
          compileShape({ schema: apiSchema, operation: node, fragments, innerKey, conditions: pick(conditions, variables), forbidden: forbiddenFor(access, grants, noIntrospection), made })),
      };
    },
  };

  function planText(forbidden: Forbidden, settled: Readonly<Record<string, boolean>>): string | undefined {
    const options = { schema: apiSchema, fragments, innerKey, settled };
    const innerFragments = new Map([...fragments].map(([name, fragment]) => [name, innerOperation(fragment, options)]));
    const inner = innerOperation(node, options);
    const ordered = inner.operation === OperationTypeNode.MUTATION ? withRootFields(inner, innerFragments) : inner;
    // A field of an interface is asked for when some object behind it may show it; the others' do not get into the answer.
    const isShut = (type: string, field: string) => objectTypes(apiSchema, apiSchema.getType(type) as GraphQLCompositeType).every(({ name }) => forbidden.field(name, field) !== undefined);
    const asked = reduceOperation(apiSchema, ordered, innerFragments, (type, field) => isIntrospection(field) || isShut(type, field));
    return asked && print(asked);
  }
}

function flags(names: readonly string[], variables: Values): string {
  return names.map((name) => (variables[name] === true ? '1' : '0')).join('');
}

function pick(names: readonly string[], variables: Values): Readonly<Record<string, boolean>> {
  return Object.fromEntries(names.map((name) => [name, variables[name] === true]));
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
