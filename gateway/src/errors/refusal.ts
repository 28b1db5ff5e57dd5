import type { GraphQLFormattedError } from 'graphql';

/**
 * A request that is turned away before anything is executed. A `status` is of HTTP and holds whatever the client accepts; without
 * one it is a GraphQL request error, which `application/graphql-response+json` tells by 400 and `application/json` in the body alone
 * (GraphQL over HTTP, section 6.4).
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly errors: readonly GraphQLFormattedError[];
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;

  constructor(errors: readonly GraphQLFormattedError[], { status, headers = {}, extensions }: { status?: number; headers?: Readonly<Record<string, string>>; extensions?: Readonly<Record<string, unknown>> } = {}) {
    super(errors[0]?.message ?? 'refused');
    this.errors = errors;
    this.status = status;
    this.headers = headers;
    this.extensions = extensions;
  }
}

/** A Refusal with one error. */
export function refuse(code: string, message: string, options: ConstructorParameters<typeof Refusal>[1] = {}): Refusal {
  return new Refusal([{ message, extensions: { code } }], options);
}
