import { startChild, type Child, type Program } from '../../split/child.ts';

/** A program of the platform that is killed and started again when it is told to, not in a supervisor's time. */
export interface OwnProcess {
  pid(): number;
  /** Starts it, or starts it once more; resolves when it answers. */
  start(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
  /** Asks it to stop; resolves with how it ended, such as `with code 0`. */
  stop(): Promise<string>;
}

export function ownProcess(program: Program, say: (line: string) => void): OwnProcess {
  let child: Child | undefined;
  const lastWords: string[] = [];
  const hear = (line: string) => {
    lastWords.push(line);
    lastWords.splice(0, lastWords.length - 10);
    say(line);
  };

  async function end(signal: NodeJS.Signals): Promise<string> {
    child?.kill(signal);
    return (await child?.ended) ?? 'before it began';
  }

  return {
    pid: () => child?.pid ?? 0,
    async start() {
      const { ready, ended } = (child = startChild(program, hear));
      await Promise.race([ready, ended.then((how) => { throw new Error(`${program.name} ended ${how} before it answered:\n${lastWords.join('\n')}`); })]);
    },
    async kill() {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}
