import type { Environment } from '@forge/config';

/** What every command is given. */
export interface Forge {
  readonly env: Environment;
  /** The folder of the repository. */
  readonly projectDir: string;
}
