import type { TypeName } from './type-ids.ts';

/** An entity of another domain, by its key alone. */
export interface EntityStub<T extends TypeName = TypeName> {
  readonly __typename: T;
  readonly id: string;
}

/** Refers to an entity of another domain: the gateway asks its owner for the rest, and answers null when there is no such row. */
export function stub<T extends TypeName>(type: T, id: string | null): EntityStub<T> | null {
  return id === null ? null : { __typename: type, id };
}
