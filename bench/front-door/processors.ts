import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** How much of the processors was used since it was made. */
export interface ProcessorWatch {
  /** Of all there are, by anybody; and how many seconds by one process. */
  used(): { readonly part: number; readonly seconds: number };
}

// `getconf CLK_TCK` on every Linux that Node runs on.
const ticksASecond = 100;

export function watchProcessors(pid: number): ProcessorWatch {
  const [before, own] = [all(), secondsOf(pid)];
  return {
    used() {
      const now = all();
      return { part: 1 - (now.idle - before.idle) / (now.all - before.all), seconds: secondsOf(pid) - own };
    },
  };
}

function all(): { readonly idle: number; readonly all: number } {
  const times = cpus().map((each) => each.times);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** proc(5), stat: user and kernel time. The name of the process, in brackets, may itself hold spaces. */
function secondsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / ticksASecond;
}
