import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const source = import.meta.dirname;

/**
 * The folder with everything the explorer's page loads. It is bundled once for each version of its sources and
 * libraries, which takes seconds, and found again after that.
 */
export async function buildExplorer(cache: string): Promise<string> {
  const folder = join(cache, await fingerprint());
  if (existsSync(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  await bundle(draft);
  await copyFile(join(source, 'page/index.html'), join(draft, 'index.html'));
  try {
    await rename(draft, folder);
  } catch (error) {
    // Another process was first.
    await rm(draft, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function bundle(outdir: string): Promise<void> {
  await build({
    entryPoints: { page: join(source, 'page/page.js'), ...workers() },
    outdir,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.graphql': 'text', '.ttf': 'file', '.woff': 'file', '.woff2': 'file', '.svg': 'dataurl' },
    logLevel: 'error',
  });
}

/** Monaco's workers, from the copy of Monaco that GraphiQL itself uses. */
function workers(): Record<string, string> {
  const graphiql = createRequire(createRequire(import.meta.url).resolve('graphiql/package.json'));
  const graphiqlReact = createRequire(graphiql.resolve('@graphiql/react/package.json'));
  return {
    'editor.worker': graphiqlReact.resolve('monaco-editor/esm/vs/editor/editor.worker.js'),
    'json.worker': graphiqlReact.resolve('monaco-editor/esm/vs/language/json/json.worker.js'),
    'graphql.worker': graphiqlReact.resolve('monaco-graphql/esm/graphql.worker.js'),
  };
}

async function fingerprint(): Promise<string> {
  const { resolve } = createRequire(import.meta.url);
  const libraries = ['graphiql', '@graphiql/toolkit', 'react', 'react-dom', 'esbuild'].map((name) => resolve(`${name}/package.json`));
  const sources = ['page/page.js', 'page/index.html', 'core-chain.graphql', 'build-explorer.ts'].map((path) => join(source, path));
  const hash = createHash('sha256');
  for (const path of [...libraries, ...sources]) hash.update(await readFile(path));
  return hash.digest('hex').slice(0, 16);
}
