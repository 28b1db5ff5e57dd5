const first = 500;
const most = 10_000;

/** How long to wait before a process is started again that has died `times` times in a row: half a second, doubled each time, ten seconds at most. */
export function backoffMilliseconds(times: number): number {
  return Math.min(first * 2 ** (times - 1), most);
}
