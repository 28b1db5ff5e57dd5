import { OperatorError } from '@forge/config';

interface Common {
  readonly name: string;
  readonly optional: boolean;
  readonly list: boolean;
  /** The default as the model writes it. */
  readonly initial: string | undefined;
  /** What the model says besides. */
  readonly note: string;
}

export type Scalar = 'String' | 'Int' | 'BigInt' | 'Float' | 'Decimal' | 'Boolean' | 'DateTime' | 'Date' | 'JSON' | 'URL' | 'EmailAddress';
export interface ScalarField extends Common { readonly kind: 'scalar'; readonly type: Scalar }
export interface EnumField extends Common { readonly kind: 'enum'; readonly values: readonly string[] }
export interface ReferenceField extends Common {
  readonly kind: 'reference';
  readonly target: string;
  /** The connection on the target that leads back. */
  readonly reverse: string;
}
/** Stored, and never on the graph. */
export interface SecretField extends Common { readonly kind: 'secret' }
export type Field = ScalarField | EnumField | ReferenceField | SecretField;

const scalars = ['String', 'Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'DateTime', 'Date', 'JSON', 'URL', 'EmailAddress'];

/** A field as docs/model.yaml writes it; its head says how. */
export function parseField(name: string, text: string): Field {
  if (text === 'secret') return { kind: 'secret', name, optional: true, list: false, initial: undefined, note: '' };
  const reference = /^-> (\[?)(\w+)\]?\.(\w+) ?(\?)?,? ?(.*)$/.exec(text);
  if (reference) {
    const [, list, target = '', reverse = '', optional, note = ''] = reference;
    const ending = list === '[' ? 'Ids' : 'Id';
    if (!name.endsWith(ending)) throw new OperatorError(`docs/model.yaml: ${name} refers to ${target}, so its name has to end in ${ending}`);
    return { kind: 'reference', name, target, reverse, optional: optional === '?', list: list === '[', initial: undefined, note };
  }
  const [, listed, single, mark, note = '', initial] = /^(?:\[([\w|]+)!?\]|([\w|]+))([!?])(?:,? ([^=]*?))?(?: ?= (.+))?$/.exec(text) ?? [];
  const type = listed ?? single ?? '';
  const isEnum = /^[A-Z][A-Z0-9_]*(\|[A-Z][A-Z0-9_]*)+$/.test(type);
  if (!isEnum && !scalars.includes(type)) throw new OperatorError(`docs/model.yaml: ${name}: "${text}" cannot be read; write it as the fields around it are`);
  const common = { name, optional: mark === '?', list: listed !== undefined, initial, note: note.trim() };
  return isEnum ? { kind: 'enum', values: type.split('|'), ...common } : { kind: 'scalar', type: type as Scalar, ...common };
}

/** The field that leads to the row: `agent` for `agentId`, `skills` for `skillIds`. */
export function edgeOf({ name, list }: ReferenceField): string {
  return list ? name.replace(/Ids$/, 's') : name.replace(/Id$/, '');
}
