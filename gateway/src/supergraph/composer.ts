import { existsSync } from 'node:fs';
import { setImmediate as breathe } from 'node:timers/promises';
import { OperatorError } from '@forge/config';
import { composeInWorker } from './compose-in-worker.ts';
import type { Graph } from './graphs.ts';
import { nodeSubgraphName } from './node-schema.ts';
import { hashSchema, readStamp } from './stamp.ts';
import type { SubgraphSource } from './subgraph-source.ts';
import { readSources } from './supergraph-list.ts';

/** What is new about subgraphs, by their names. A subgraph that there was not before needs its URL. */
export type SubgraphChanges = Readonly<Record<string, { readonly sdl: string; readonly url?: string | undefined }>>;

/** A supergraph that changes are made to. */
export interface SupergraphInUse {
  readonly id: string;
  readonly sdl: string;
  readonly subgraphs: readonly Graph[];
}

export interface ComposedChanges {
  readonly sdl: string;
  readonly sources: readonly SubgraphSource[];
}

/** Composes supergraphs of which some subgraphs are given and the others stay as they are. */
export interface Composer {
  /** Rejects with an OperatorError when the subgraphs do not compose, or the schema of one that stays is not known. */
  compose(changes: SubgraphChanges, inUse: SupergraphInUse): Promise<ComposedChanges>;
  /** Says from what the supergraph with this id was composed. */
  remember(id: string, sources: readonly SubgraphSource[]): void;
}

export interface ComposerOptions {
  /** Where the subgraphs' schemas are while nothing has been remembered: `supergraph.yaml`, if there is one. */
  readonly listFile?: string | undefined;
}

/** A composed supergraph does not contain the schemas it was made from: they are remembered, or read from their files. */
export function createComposer({ listFile }: ComposerOptions): Composer {
  let remembered: { readonly id: string; readonly sources: readonly SubgraphSource[] } | undefined;

  async function known({ id, sdl, subgraphs }: SupergraphInUse, changed: SubgraphChanges): Promise<readonly SubgraphSource[]> {
    if (remembered?.id === id) return remembered.sources;
    if (listFile === undefined || !existsSync(listFile)) return [];
    const sources = readSources(listFile);
    const stay = new Set(subgraphs.map(({ name }) => name).filter((name) => name !== nodeSubgraphName && !Object.hasOwn(changed, name)));
    const stamp = readStamp(sdl);
    const different: string[] = [];
    for (const source of sources.filter(({ name }) => stay.has(name))) {
      if (hashSchema(source) !== stamp.get(source.name)) different.push(source.name);
      await breathe();
    }
    // Composing them would change what nobody asked to be changed.
    if (different.length > 0) throw new OperatorError(`The supergraph in use was not composed from what ${listFile} lists: ${different.join(', ')} would change too. Send the new schemas of these as well, or a supergraph that is composed.`);
    return sources;
  }

  return {
    async compose(changes, inUse) {
      const sources = merge(changes, inUse, allGiven(changes, inUse) ? [] : await known(inUse, changes));
      return { sources, sdl: await composeInWorker(sources) };
    },
    remember(id, sources) {
      remembered = { id, sources };
    },
  };
}

function allGiven(changes: SubgraphChanges, { subgraphs }: SupergraphInUse): boolean {
  return subgraphs.every(({ name }) => name === nodeSubgraphName || Object.hasOwn(changes, name));
}

function merge(changes: SubgraphChanges, { subgraphs }: SupergraphInUse, known: readonly SubgraphSource[]): SubgraphSource[] {
  if (Object.hasOwn(changes, nodeSubgraphName)) throw new OperatorError(`The subgraph "${nodeSubgraphName}" is made from the others. Leave it out.`);
  const urls = new Map(subgraphs.map(({ name, url }) => [name, url]));
  const before = new Map(known.map((source) => [source.name, source]));

  const strangers = Object.keys(changes).filter((name) => !urls.has(name) && changes[name]?.url === undefined);
  if (strangers.length > 0) throw new OperatorError(`There is no subgraph ${strangers.join(', ')} so far. Say its url if it is to be added.`);
  const unknown = [...urls.keys()].filter((name) => name !== nodeSubgraphName && !Object.hasOwn(changes, name) && !before.has(name));
  if (unknown.length > 0) throw new OperatorError(`The schemas of ${unknown.join(', ')} are not known here: this gateway has only the supergraph composed from them. Send them as well, or a supergraph that is composed.`);

  const stay = [...urls].filter(([name]) => !Object.hasOwn(changes, name)).map(([name, url]): SubgraphSource => ({ name, url: before.get(name)?.url ?? url, sdl: before.get(name)?.sdl ?? '' }));
  const change = Object.entries(changes).map(([name, { sdl, url }]): SubgraphSource => ({ name, url: url ?? before.get(name)?.url ?? urls.get(name) ?? '', sdl }));
  return [...stay, ...change];
}
