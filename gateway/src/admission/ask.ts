import { mayDo, type Principal } from '@forge/auth';
import type { IncomingHttpHeaders } from 'node:http';
import type { ResolveDocument } from '../documents/resolve-document.ts';
import type { FormatErrors } from '../errors/format-error.ts';
import { codeOf, withCode } from '../errors/with-code.ts';
import { Refusal, refuse } from '../errors/refusal.ts';
import { checkVariables } from '../limits/check-variables.ts';
import type { VariableLimits } from '../limits/shape-limits.ts';
import { answerOperation } from '../operations/answer-operation.ts';
import { coerceVariables } from '../operations/coerce-variables.ts';
import type { PreparedOperation } from '../operations/prepared-operation.ts';
import type { Release } from '../release.ts';
import type { Authenticate } from '../security/authenticate/authenticate.ts';
import type { GraphQLParams } from '../server/graphql-params.ts';
import type { Lease } from '../supergraph/leases.ts';
import type { Meter } from './meter.ts';
import type { OperationNotes } from '../telemetry/operation-record.ts';
import type { WatchOperation } from '../telemetry/operation-watch.ts';
import { describeOperation } from '../telemetry/spans.ts';
import { startTimeLimit, type TimeLimit } from './time-limit.ts';

/** A request for an operation, read off HTTP. */
export interface Asked {
  readonly params: GraphQLParams;
  /** A GET may not. */
  readonly mayMutate: boolean;
  readonly headers: IncomingHttpHeaders;
  readonly requestId: string;
  /** Aborted when the client goes away. */
  readonly left: AbortSignal;
}

/** The body of a 200, and the headers that go with it. */
export interface Answered {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers a request; rejects with a Refusal, or an error that refusalOf knows, when nothing was executed. */
export type Ask = (asked: Asked) => Promise<Answered>;

export interface AskOptions {
  readonly authenticate: Authenticate;
  lease(): Lease<Release>;
  readonly resolveDocument: ResolveDocument;
  readonly variableLimits: VariableLimits;
  readonly meter: Meter;
  readonly timeoutMilliseconds: number;
  /** Whether anyone may read the schema, or only who has the scope for it. */
  readonly openIntrospection: boolean;
  readonly formatErrors: FormatErrors;
  readonly watch: WatchOperation;
}

/** Asks for the cost of an operation in the answer's extensions. */
const costHeader = 'graphql-cost';

/** The way of a request: who asks, for which operation, whether they may, what it costs; then the answer. */
export function createAsk(options: AskOptions): Ask {
  const { authenticate, meter, formatErrors, watch } = options;

  return (asked) => watch(asked, async (notes) => {
    const principal = await authenticate(asked.headers);
    notes.caller = { orgId: principal.orgId, kind: principal.kind };
    const { release, done } = options.lease();
    const time = startTimeLimit(asked.left, options.timeoutMilliseconds);
    try {
      return await answer(release, principal, asked, time, notes);
    } finally {
      time.end();
      done();
    }
  });

  async function answer(release: Release, principal: Principal, asked: Asked, { signal, deadline }: TimeLimit, notes: OperationNotes): Promise<Answered> {
    const { operation, values } = await understand(release, principal, asked, notes);
    const metered = await meter.admit(operation, values, principal);
    notes.cost = metered.estimated;
    const { data, errors } = await answerOperation({
      release, operation, values, grants: release.access.grantsOf(principal.scopes), noIntrospection: introspectionRefusal(principal), variables: asked.params.variables,
      context: { principal, requestId: asked.requestId, signal, deadline, ...(metered.rate && { rate: { ...metered.rate, cost: metered.estimated } }) },
    });
    const bill = metered.settle(data);
    notes.cost = bill.actual;
    notes.hasData = data !== null;
    for (const error of errors) notes.codes.add(codeOf(error));
    const extensions = asked.headers[costHeader] === undefined ? undefined : { cost: { estimated: bill.estimated, actual: bill.actual } };
    const body = JSON.stringify({ ...(errors.length > 0 && { errors: formatErrors(errors, { operationName: operation.node.name?.value, requestId: asked.requestId }) }), data, ...(extensions && { extensions }) });
    return { body, headers: bill.headers };
  }

  /** Who asks for what cannot be understood has used up a point of their rate all the same. */
  async function understand(release: Release, principal: Principal, asked: Asked, notes: OperationNotes) {
    try {
      return read(release, asked, notes);
    } catch (error) {
      if (error instanceof Refusal) await meter.charge(principal);
      throw error;
    }
  }

  function read({ documents, supergraph }: Release, { params, mayMutate }: Asked, notes: OperationNotes): { readonly operation: PreparedOperation; readonly values: Record<string, unknown> } {
    const document = options.resolveDocument(params);
    const operation = documents.operation(document.text, params.operationName);
    Object.assign(notes, { type: operation.node.operation, name: operation.node.name?.value, trusted: document.trusted });
    describeOperation(operation.node.operation, operation.node.name?.value);
    if (!mayMutate && operation.node.operation !== 'query') throw refuse('METHOD_NOT_ALLOWED', `A GET cannot carry a ${operation.node.operation}; POST it.`, { status: 405, headers: { allow: 'POST' } });
    const excess = checkVariables(params.variables, options.variableLimits);
    if (excess) throw new Refusal([withCode(excess, 'BAD_REQUEST')]);
    const values = coerceVariables(supergraph.apiSchema, operation.node, params.variables);
    document.remember();
    return { operation, values };
  }

  function introspectionRefusal({ scopes }: Principal): string | undefined {
    return options.openIntrospection || mayDo(scopes, [['graph:introspect']]) ? undefined : 'The schema is shown to those with the scope graph:introspect.';
  }
}
