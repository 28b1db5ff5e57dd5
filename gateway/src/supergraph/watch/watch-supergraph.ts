import { resolve } from 'node:path';
import { OperatorError } from '@forge/config';
import type { Logger } from 'pino';
import { composeInWorker } from '../compose-in-worker.ts';
import type { SubgraphSource } from '../subgraph-source.ts';
import { readList, readSources } from '../supergraph-list.ts';
import { watchFiles, type Watch, type WatchFilesOptions } from './watch-files.ts';

/** A supergraph that its files make now. */
export interface WatchedSupergraph {
  readonly sdl: string;
  /** What it was composed from, where it was composed here. */
  readonly sources?: readonly SubgraphSource[];
}

/** What is watched: the file of a composed supergraph, or a `supergraph.yaml` with the schemas it lists. */
export type Watched =
  | { readonly file: string; /** The supergraph in use, which the file may have left behind already. */ readonly inUse: string }
  | { readonly listFile: string };

export type WatchSupergraphOptions = Watched & Pick<WatchFilesOptions, 'settleMilliseconds' | 'pollMilliseconds'> & {
  /** Told of each new supergraph; an OperatorError it throws is logged, as is one that composing throws. */
  onChange(supergraph: WatchedSupergraph): Promise<unknown>;
  readonly logger: Logger;
};

/** Watches the files of a supergraph. Resolves when a change from now on will be noticed. */
export async function watchSupergraph({ onChange, logger, settleMilliseconds, pollMilliseconds, ...watched }: WatchSupergraphOptions): Promise<Watch> {
  const path = resolve('file' in watched ? watched.file : watched.listFile);
  return watchFiles({
    ...('file' in watched && { known: new Map([[path, watched.inUse]]) }),
    ...(settleMilliseconds !== undefined && { settleMilliseconds }),
    ...(pollMilliseconds !== undefined && { pollMilliseconds }),
    files: () => ('file' in watched ? [path] : [path, ...listedFiles(path)]),
    async onChange(texts, signal) {
      if ('file' in watched) {
        await onChange({ sdl: present(path, texts.get(path)) });
      } else {
        const sources = readSources(path);
        await onChange({ sdl: await composeInWorker(sources, signal), sources });
      }
    },
    onFault(error) {
      if (error instanceof OperatorError) logger.error({ file: path }, `The supergraph stays as it is. ${error.message}`);
      else logger.error({ err: error, file: path }, 'the supergraph stays as it is');
    },
  });
}

function listedFiles(listFile: string): string[] {
  try {
    return readList(listFile).map(({ file }) => file);
  } catch (error) {
    // It is being edited; what is wrong with it is said when it is composed.
    if (error instanceof OperatorError) return [];
    throw error;
  }
}

function present(file: string, text: string | undefined): string {
  if (text) return text;
  throw new OperatorError(`${file} is ${text === undefined ? 'gone' : 'empty'}.`);
}
