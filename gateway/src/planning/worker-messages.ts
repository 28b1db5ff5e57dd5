/** What a planning thread is started with. */
export interface PlanningThreadData {
  readonly sdl: string;
  /** Whether this supergraph has been found sound before: a thread that replaces another need not look again. */
  readonly known: boolean;
}

/** What a planning thread says once, when it has read the supergraph. */
export type Opening =
  | { readonly kind: 'ready'; readonly apiSdl: string }
  | { readonly kind: 'refused'; readonly message: string };

/** Its answer to an operation, which is the only thing it is ever sent. */
export type PlanAnswer =
  | { readonly kind: 'planned'; /** JSON. */ readonly plan: string }
  | { readonly kind: 'unplannable'; readonly fault: 'impossible' | 'too-complex'; readonly message: string; readonly detail: string };
