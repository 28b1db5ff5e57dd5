import type { Random } from '@forge/demo-data';
import { OperatorError } from '@forge/config';
import type { UserError } from './attempt.ts';
import type { World } from './find-world.ts';
import type { Graph } from './graph.ts';
import { outlive } from './outlive.ts';
import { pause } from './pause.ts';
import { count, type Tally } from './tally.ts';

/** Who starts runs, and looks what becomes of them. */
export interface Launcher {
  readonly world: World;
  readonly graph: Graph;
  readonly random: Random;
  readonly tally: Tally;
  /** The runs that were started and have not ended. */
  readonly open: Set<string>;
}

/** Refused so often in a row, there is something to mend first. */
const mostRefusals = 20;

/** Starts `runs` runs (Infinity: until `stopping` is aborted), `rate` a minute, and at most `width` that have not ended. */
export async function startRuns(launcher: Launcher, { runs, rate, width }: { runs: number; rate: number; width: number }, stopping: AbortSignal): Promise<void> {
  let refused = 0;
  for (let started = 0; started < runs && !stopping.aborted; ) {
    if (launcher.open.size >= width) {
      await pause(100, stopping);
      continue;
    }
    const fault = await outlive(launcher.tally, 'there was no answer', () => startRun(launcher));
    if (fault !== undefined && ++refused >= mostRefusals) throw new OperatorError(`No run can be started: ${fault}`);
    if (fault === undefined) [started, refused] = [started + 1, 0];
    if (started < runs) await pause(60_000 / rate, stopping);
  }
}

/** Starts one run; answers why it was refused, if it was. */
async function startRun({ world, graph, random, tally, open }: Launcher): Promise<string | undefined> {
  const { workflowId, environment, args } = random.pick(world.runnables);
  const delegated = random.chance(0.12);
  const input = {
    workflowId, environment, args: Object.fromEntries(args.map((name) => [name, `${name}-${random.int(1_000, 9_999)}`])),
    ...(delegated && { runType: 'DELEGATED', goal: 'Do what is needed, in as few steps as it takes.', guardrails: { maxHandoffs: 8, maxDurationMs: 3_600_000 } }),
    ...(world.factoryIds.length > 0 && random.chance(0.4) && { factoryId: random.pick(world.factoryIds) }),
  };
  const parentRunId = random.chance(0.1) ? [...open].at(-1) : undefined;
  // A parent may end before its child begins.
  const faults = (parentRunId !== undefined && (await ask({ ...input, parentRunId }))) || (await ask(input));
  if (faults === started) return undefined;
  const message = faults.map(({ code, message }) => `${code}, ${message}`).join('; ');
  count(tally.refusals, `startRun: ${message}`);
  return message;

  async function ask(asked: object): Promise<readonly UserError[]> {
    const { answer: { run, userErrors } } = await graph.ask<{ answer: { run: { id: string } | null; userErrors: readonly UserError[] } }>(operation, { input: { ...asked, idempotencyKey: crypto.randomUUID() } });
    if (!run) return userErrors;
    tally.runsStarted++;
    open.add(run.id);
    return started;
  }
}

const started: readonly UserError[] = [];
const operation = `mutation ($input: StartRunInput!) { answer: startRun(input: $input) { run { id } userErrors { code message } } }`;

interface Run {
  readonly id: string;
  readonly status: string;
  readonly waitingReason: string | null;
}

const statuses = `query ($ids: [ID!]!) { workflowRuns(where: { id: { in: $ids } }, first: 100) { nodes { id status waitingReason } } }`;

/** Looks once at every run that has not ended; answers those that still have not, and what they wait for. */
export async function watchRuns({ graph, tally, open }: Launcher): Promise<string[]> {
  const ids = [...open];
  const still: string[] = [];
  for (let i = 0; i < ids.length; i += 100) {
    const page = ids.slice(i, i + 100);
    const { workflowRuns: { nodes } } = await graph.ask<{ workflowRuns: { nodes: readonly Run[] } }>(statuses, { ids: page });
    const runs = new Map(nodes.map((run) => [run.id, run]));
    for (const id of page) {
      const { status, waitingReason } = runs.get(id) ?? { status: 'not there', waitingReason: null };
      if (!['COMPLETED', 'FAILED', 'CANCELLED'].includes(status)) still.push(`${id} is ${status}${waitingReason === null ? '' : `, ${waitingReason}`}`);
      else if (open.delete(id)) count(tally.runsEnded, status);
    }
  }
  return still;
}
