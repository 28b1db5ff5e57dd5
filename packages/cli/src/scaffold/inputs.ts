import type { Entity } from './model.ts';
import type { Field } from './model-field.ts';

export type Verb = 'create' | 'update' | 'delete';

/** The plain mutations the model asks for. */
export function verbsOf({ plain }: Entity): Verb[] {
  const verbs: Record<Entity['plain'], Verb[]> = { crud: ['create', 'update', 'delete'], create: ['create'], update: ['update'], read: [], none: [] };
  return verbs[plain];
}

/** What a client may say: not what is secret, nor a status that operations lead from one state to the next. */
export function inputFields({ fields, ops }: Entity): Exclude<Field, { kind: 'secret' }>[] {
  return fields.filter((field) => field.kind !== 'secret').filter(({ name }) => !(name === 'status' && ops.length > 0));
}
