import type { GraphQLFormattedError } from 'graphql';
import { refuse } from '../errors/refusal.ts';
import { introspect } from '../execution/introspect.ts';
import { locateErrors } from '../execution/locate-errors.ts';
import { runPlan } from '../execution/run-plan.ts';
import { shapeResponse } from '../execution/shape-response.ts';
import type { Release } from '../release.ts';
import type { Grants } from '../security/access/access-rules.ts';
import { principalKey } from '../security/authenticate/principal-key.ts';
import { planSpan } from '../telemetry/spans.ts';
import type { SubgraphContext } from '../transport/transport.ts';
import { innerVariables } from './inner-operation.ts';
import type { PreparedOperation } from './prepared-operation.ts';

/** An operation that is admitted, ready to be carried out. */
export interface Admitted {
  readonly release: Release;
  readonly operation: PreparedOperation;
  /** As the client gave them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The same, checked and with defaults. */
  readonly values: Record<string, unknown>;
  readonly grants: Grants;
  /** Why the principal may not read the schema, if so. */
  readonly noIntrospection: string | undefined;
  readonly context: SubgraphContext;
}

export interface Answer {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly GraphQLFormattedError[];
}

/** Plans an operation, asks the subgraphs, and makes the answer. Rejects with a PlanningError or a Refusal, and for nothing that a subgraph does. */
export async function answerOperation(admitted: Admitted): Promise<Answer> {
  const { release, operation, variables, values, grants, noIntrospection, context } = admitted;
  checkConditions(operation, values);
  const variant = operation.variantFor(grants, noIntrospection);
  const planText = variant.planText(values);
  const plan = planText === undefined ? { kind: 'QueryPlan' as const } : await planSpan(() => release.plans.get(planText, planText, context.signal, principalKey(context.principal)));
  const run = { fetch: release.fetch, context, variables: innerVariables(variables), withDefaults: innerVariables(values), isOfType: release.isOfType };
  const gathered = await runPlan(plan, run);

  const introspected = operation.introspects && noIntrospection === undefined
    ? await introspect(release.supergraph.apiSchema, release.visibleTo(grants), operation.node, operation.fragments, values)
    : undefined;
  const shape = variant.shape(values);
  const { data, errors } = shapeResponse(gathered.data, shape, introspected);
  return { data, errors: explained(data, [...locateErrors(gathered.errors, shape, gathered.data), ...errors]) };
}

/** A variable with a default may be given as null, where there is neither yes nor no (GraphQL specification, section 5.8.5). */
function checkConditions({ conditions }: PreparedOperation, values: Admitted['values']): void {
  const name = conditions.find((name) => values[name] === null);
  if (name !== undefined) throw refuse('BAD_USER_INPUT', `Variable "$${name}" must not be null: @skip and @include go by it.`);
}

/** A reference that leads nowhere is null and no error; but an answer that is nothing at all must say why. */
function explained(data: Answer['data'], errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  if (data !== null || errors.length > 0) return errors;
  return [{ message: 'A value that must be there is missing.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }];
}
