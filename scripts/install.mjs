import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodeWhenStopped, run } from './child-process.mjs';

/**
 * Installs the dependencies when they are not there or were installed from another lockfile. Answers an exit code: 0 when
 * they are as they should be. pnpm comes by npx, in the version that package.json names.
 */
export async function installWhenStale(projectDir) {
  const stamp = join(projectDir, 'node_modules/.installed-from');
  const wanted = fingerprint(projectDir);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;

  const { packageManager } = JSON.parse(readFileSync(join(projectDir, 'package.json'), 'utf8'));
  console.log(`Installing the dependencies with ${packageManager}; the first time takes a minute or two.`);
  const code = await run('npx', ['--yes', packageManager, 'install', '--frozen-lockfile'], { cwd: projectDir, env: installEnvironment() });
  if (code === 0) writeFileSync(stamp, wanted);
  else if (!exitCodeWhenStopped()) console.error('The dependencies could not be installed; the reason stands above.');
  return exitCodeWhenStopped() ?? code;
}

/** A native package fits one platform: a folder that is carried to another is installed again. */
function fingerprint(projectDir) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']) hash.update(readFileSync(join(projectDir, file)));
  return hash.digest('hex');
}

/** In production pnpm would leave out the tools, Node itself among them; `CI` makes it ask nothing. */
function installEnvironment() {
  const { NODE_ENV, ...env } = process.env;
  return { ...env, CI: 'true' };
}
