import { crc32 } from 'node:zlib';

/** A principal's present window, and how much of it is left. */
export interface RateWindow {
  /** Counted from 1970. */
  readonly number: number;
  readonly resetSeconds: number;
}

/** By how many seconds the windows of a key begin before those of the clock, lest everybody who was refused returns in the same second. */
export function windowOffset(key: string, windowSeconds: number): number {
  return crc32(key) % windowSeconds;
}

export function windowAt(milliseconds: number, windowSeconds: number, offset: number): RateWindow {
  const seconds = milliseconds / 1_000 + offset;
  const number = Math.floor(seconds / windowSeconds);
  return { number, resetSeconds: (number + 1) * windowSeconds - seconds };
}
