import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secret kept in `home`, made on first use: complete or not there, and the same for all who ask at once. */
export function secretIn(home: string): string {
  const file = join(home, 'secret');
  if (!existsSync(file)) make(home, file);
  return readFileSync(file, 'utf8');
}

function make(home: string, file: string): void {
  const secret = randomBytes(32).toString('base64url');
  const own = `${file}.${randomBytes(6).toString('hex')}`;
  mkdirSync(home, { recursive: true });
  writeFileSync(own, secret, { mode: 0o600, flush: true });
  try {
    linkSync(own, file);
  } catch (error) {
    // Another process was first, and its secret holds.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
}
