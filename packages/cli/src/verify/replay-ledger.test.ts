import { replayLedger, type Entry } from './replay-ledger.ts';

/** `DEBIT 5 -> 5 0`: type, amount, spent after it, reserved after it. */
function ledger(...lines: string[]): Entry[] {
  return lines.map((line, i) => {
    const [, type, amount = '', overrun = '0', spent = '', reserved = ''] = /^(\w+) (\d+)(?:\+(\d+))? -> (-?\d+) (-?\d+)$/.exec(line) ?? [];
    return { sequence: i + 1, type: type as Entry['type'], amount: BigInt(amount), overrun: BigInt(overrun), spentAfter: BigInt(spent), reservedAfter: BigInt(reserved) };
  });
}

const sound = ledger('RESERVE 10 -> 0 10', 'DEBIT 4 -> 4 10', 'RELEASE 4 -> 4 6', 'DEBIT 3+5 -> 7 6', 'CREDIT 2 -> 5 6', 'RESET 5 -> 0 6', 'DEBIT 1+2 -> 1 6', 'RELEASE 6 -> 1 0');
const end = { spent: 1n, reserved: 0n, overrun: 2n };

function replay(entries: readonly Entry[]) {
  const ledger = replayLedger();
  return { faults: entries.flatMap((entry) => (ledger.enter(entry) ? [entry.sequence] : [])), end: ledger.end(end), entries: ledger.entries() };
}

test('a sound ledger comes to what was spent, reserved and overrun since its last reset', () => {
  expect(replay(sound)).toEqual({ faults: [], end, entries: 8 });
});

test.each(sound.map(({ sequence }) => sequence))('when entry %i has another amount, or another balance, it is told of alone, and the end is the same', (sequence) => {
  const changed = (change: Partial<Entry>) => sound.map((entry) => (entry.sequence === sequence ? { ...entry, ...change } : entry));
  expect(replay(changed({ amount: 99n }))).toEqual({ faults: [sequence], end, entries: 8 });
  expect(replay(changed({ spentAfter: 50n, reservedAfter: 50n })).faults).toEqual([sequence]);
});

test('an entry that is missing is told of where the next one stands', () => {
  expect(replay(sound.filter(({ sequence }) => sequence !== 3))).toEqual({ faults: [4], end, entries: 8 });
});

test('an entry that is missing at the end leaves another end', () => {
  expect(replay(sound.slice(0, -1))).toEqual({ faults: [], end: { ...end, reserved: 6n }, entries: 7 });
});

test('an amount that has been told of already is not told of once more', () => {
  const ledger = replayLedger();
  const faults = sound.map((entry) => ledger.enter(entry.sequence === 2 ? { ...entry, amount: 0n } : entry, entry.amount));
  expect(faults.filter(Boolean)).toEqual([]);
});
