/** What waits for its turn: that of each asker in its order, the askers in turn. */
export interface FairQueue<T> {
  readonly length: number;
  /** Answers what has no room any more, undefined when all have: the last of whoever brought most, which may be this item. */
  push(asker: string, item: T): T | undefined;
  shift(): T | undefined;
  /** Puts something back that was taken, as the next to be taken. */
  unshift(asker: string, item: T): void;
  /** False when it waits no longer. */
  remove(asker: string, item: T): boolean;
  /** Takes everything. */
  drain(): T[];
}

/** Whoever brings a lot waits for a lot; who brings little, for no more than one of each other's. */
export function createFairQueue<T>(room: number): FairQueue<T> {
  // The first is the next whose turn it is.
  const byAsker = new Map<string, T[]>();
  const count = () => [...byAsker.values()].reduce((sum, { length }) => sum + length, 0);

  return {
    get length() {
      return count();
    },
    push(asker, item) {
      const own = byAsker.get(asker) ?? [];
      own.push(item);
      byAsker.set(asker, own);
      if (count() <= room) return undefined;
      const [greediest, most] = [...byAsker].reduce<readonly [string, T[]]>((greedy, each) => (each[1].length > greedy[1].length ? each : greedy), [asker, own]);
      const last = most.pop();
      if (most.length === 0) byAsker.delete(greediest);
      return last;
    },
    shift() {
      const [next] = byAsker;
      if (!next) return undefined;
      const [asker, own] = next;
      const item = own.shift();
      byAsker.delete(asker);
      if (own.length > 0) byAsker.set(asker, own);
      return item;
    },
    unshift(asker, item) {
      const others = [...byAsker].filter(([other]) => other !== asker);
      const own = [item, ...(byAsker.get(asker) ?? [])];
      byAsker.clear();
      for (const [each, items] of [[asker, own] as const, ...others]) byAsker.set(each, items);
    },
    remove(asker, item) {
      const own = byAsker.get(asker) ?? [];
      const index = own.indexOf(item);
      if (index === -1) return false;
      own.splice(index, 1);
      if (own.length === 0) byAsker.delete(asker);
      return true;
    },
    drain() {
      const all = [...byAsker.values()].flat();
      byAsker.clear();
      return all;
    },
  };
}
