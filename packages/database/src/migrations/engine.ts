import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export type SchemaEngine = bindings.SchemaEngine;

export interface Engine {
  readonly engine: SchemaEngine;
  /** Ends its connections. */
  close(): Promise<void>;
}

/**
 * Prisma's schema engine in its WebAssembly build, on the database at `url`: the same engine as the Prisma CLI's, which
 * would have to be downloaded. It hands the scripts of migrations to `runScript`.
 */
export async function createEngine(url: string, runScript?: (script: string) => Promise<void>): Promise<Engine> {
  await instantiated();
  const factory = new Adapters(url, runScript);
  const close = () => factory.disconnect();
  try {
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
    return { engine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

let instance: Promise<void> | undefined;

function instantiated(): Promise<void> {
  instance ??= (async () => {
    // The package's entry imports the .wasm as an ES module, which Node does not do yet: so by hand.
    const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
    const imports = { ...bindings, ...timersThatLetTheProcessEnd() };
    const { instance: wasm } = await WebAssembly.instantiate(await readFile(join(folder, 'schema_engine_bg.wasm')), { './schema_engine_bg.js': imports });
    const { __wbg_set_wasm: setWasm } = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
    setWasm(wasm.exports);
    (wasm.exports['__wbindgen_start'] as () => void)();
  })();
  return instance;
}

/** The engine never clears the timer on its lock, and a process would wait ten seconds for it. */
function timersThatLetTheProcessEnd(): Record<string, unknown> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, (callback: () => void, milliseconds: number) => setTimeout(callback, milliseconds).unref()]));
}

/** Prisma's own cuts a script at every semicolon, also inside a function's body, and runs the pieces one by one. */
class Adapters extends PrismaPg {
  readonly #connected: { dispose(): Promise<void> }[] = [];
  readonly #runScript: ((script: string) => Promise<void>) | undefined;

  constructor(url: string, runScript: ((script: string) => Promise<void>) | undefined) {
    super({ connectionString: url, max: 2 });
    this.#runScript = runScript;
  }

  async disconnect(): Promise<void> {
    for (const adapter of this.#connected) await adapter.dispose();
  }

  override async connect() {
    const adapter = await super.connect();
    this.#connected.push(adapter);
    if (this.#runScript) adapter.executeScript = this.#runScript;
    return adapter;
  }
}
