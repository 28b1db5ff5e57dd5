import type { TypeName } from './type-ids.ts';

/** An entity of another domain: the gateway asks its owner for the rest, and makes it null when there is no such row. */
export function stub<T extends TypeName>(type: T, id: string): { __typename: T; id: string };
export function stub<T extends TypeName>(type: T, id: string | null): { __typename: T; id: string } | null;
export function stub<T extends TypeName>(type: T, id: string | null): { __typename: T; id: string } | null {
  return id === null ? null : { __typename: type, id };
}
