import { composeFiles } from '@forge/gateway/compose';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectDir } from './project-dir.ts';
import type { FrontDoor } from './start-front-door.ts';

/** How a supergraph came into use, and how long that took from when it was brought. */
export interface Swap {
  readonly how: 'file' | 'sent' | 'composed';
  readonly milliseconds: number;
}

const gatewayDir = join(projectDir, 'gateway');
const workforceFile = join(projectDir, 'subgraphs/workforce/schema.graphql');

/** The workforce's schema with one more field, which its subgraph does not have and nobody asks for. */
function fuller(field: string): string {
  return `${readFileSync(workforceFile, 'utf8')}\nextend type Department {\n  "Nothing."\n  ${field}: Int\n}\n`;
}

/** The supergraph in use, and one that has a field more. */
export function makeSupergraphs(): { readonly plain: string; readonly fuller: string } {
  const folder = mkdtempSync(join(tmpdir(), 'forge-supergraphs-'));
  try {
    const listFile = join(folder, 'supergraph.yaml');
    const list = readFileSync(join(gatewayDir, 'supergraph.yaml'), 'utf8');
    // The schemas that it lists beside it.
    writeFileSync(listFile, list.replace(/file: (\S+)/g, (_, file: string) => {
      const name = file.replaceAll(/[^\w.]/g, '-');
      writeFileSync(join(folder, name), file.includes('workforce') ? fuller('spare') : readFileSync(join(gatewayDir, file), 'utf8'));
      return `file: ${name}`;
    }));
    const made = composeFiles(listFile).files.find(({ path }) => basename(path) === 'supergraph.graphql');
    return { plain: readFileSync(join(gatewayDir, 'supergraph.graphql'), 'utf8'), fuller: made?.text ?? '' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Brings another supergraph `count` times, one `everyMilliseconds` or as soon as the one before is in use: by its file, by a request, or, of a
 * subgraph alone, to be composed by the gateway. Gives up when the signal aborts; answers what came into use.
 */
export async function swapSupergraphs(door: FrontDoor, supergraphs: ReturnType<typeof makeSupergraphs>, { count, everyMilliseconds }: { count: number; everyMilliseconds: number }, over: AbortSignal): Promise<Swap[]> {
  const swaps: Swap[] = [];
  const start = performance.now();
  const isOver = () => over.aborted;
  while (swaps.length < count && !isOver()) {
    const number = swaps.length + 1;
    const began = performance.now();
    // The same supergraph again would be none: the comment makes each another one.
    const sdl = `# ${number}\n${number % 2 === 1 ? supergraphs.fuller : supergraphs.plain}`;
    const how = number % 10 === 3 ? 'composed' : number % 3 === 2 ? 'sent' : 'file';
    if (how === 'file') await throughFile(door, sdl, over);
    else if (how === 'sent') await send(door, 'application/graphql', sdl);
    else await send(door, 'application/json', JSON.stringify({ subgraphs: { workforce: { sdl: fuller(`spare${number}`) } } }));
    if (isOver()) break;
    swaps.push({ how, milliseconds: performance.now() - began });
    await sleep(Math.max(0, start + number * everyMilliseconds - performance.now()));
  }
  return swaps;
}

async function throughFile(door: FrontDoor, sdl: string, over: AbortSignal): Promise<void> {
  const before = await inUse(door);
  // As deployments do: no one ever sees half a file.
  writeFileSync(`${door.supergraphFile}.new`, sdl);
  renameSync(`${door.supergraphFile}.new`, door.supergraphFile);
  while ((await inUse(door)) === before && !over.aborted) await sleep(100);
}

async function inUse(door: FrontDoor): Promise<string> {
  const response = await fetch(`${door.origin}/admin/supergraph`, { headers: { ...door.headers, connection: 'close' } });
  return ((await response.json()) as { id: string }).id;
}

async function send(door: FrontDoor, contentType: string, body: string): Promise<void> {
  const response = await fetch(`${door.origin}/admin/supergraph`, { method: 'POST', headers: { ...door.headers, 'content-type': contentType, connection: 'close' }, body });
  const text = await response.text();
  if (!response.ok || !(JSON.parse(text) as { changed: boolean }).changed) throw new Error(`the supergraph that was sent is not in use: ${response.status} ${text}`);
}
