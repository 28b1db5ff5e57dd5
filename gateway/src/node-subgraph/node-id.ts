import { GraphQLError } from 'graphql';
import type { NodeId } from './existing-nodes.ts';
import type { NodeType } from './node-types.ts';

// TypeID: a prefix and a UUIDv7 in 26 characters of Crockford's base 32, the first of which holds three bits.
const typeId = /^([a-z]+)_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** The type of an id; throws BAD_USER_INPUT that names `argument` when it is no id, or one of no type of this graph. */
export function readNodeId(types: ReadonlyMap<string, NodeType>, id: string, argument: string): NodeId {
  const prefix = typeId.exec(id)?.[1];
  const nodeType = prefix === undefined ? undefined : types.get(prefix);
  if (nodeType) return { id, nodeType };
  const shown = id.length > 40 ? `${id.slice(0, 40)}…` : id;
  const fault = prefix === undefined
    ? `expected an id, which looks like run_01h455vb4pex5vsknk084sn02q; got "${shown}"`
    : `no type of this graph has ids that begin with "${prefix}_"; got "${shown}"`;
  throw badInput(argument, fault);
}

export function badInput(argument: string, fault: string): GraphQLError {
  return new GraphQLError(`${argument}: ${fault}`, { extensions: { code: 'BAD_USER_INPUT', argument } });
}
