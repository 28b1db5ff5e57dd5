import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { postgreSplitterOptions, splitQuery } from 'dbgate-query-splitter';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';

export type SchemaEngine = bindings.SchemaEngine;

/** What PostgreSQL said against a script, and which statement of it it said it of. */
export interface ScriptFault {
  /** Counted from 1. */
  readonly line: number;
  readonly statement: string;
  readonly error: Error;
}

/** A statement as the splitter gives it under `returnRichInfo`; lines count from 0. */
interface Statement {
  readonly text: string;
  readonly trimStart?: { readonly line: number };
}

export interface Engine {
  readonly engine: SchemaEngine;
  /** The last script that failed, which the engine's own error does not tell in full. */
  scriptFault(): ScriptFault | undefined;
  /** Ends its connections. */
  close(): Promise<void>;
}

/**
 * Prisma's schema engine in its WebAssembly build, on the database at `url`: the same engine as the Prisma CLI's, which
 * would have to be downloaded.
 */
export async function createEngine(url: string): Promise<Engine> {
  await instantiated();
  let fault: ScriptFault | undefined;
  const factory = new TransactionalScripts(url, (seen) => (fault = seen));
  const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
  return { engine, scriptFault: () => fault, close: () => factory.disconnect() };
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

/**
 * Prisma's adapter cuts a script at every semicolon, also inside a function's body, and runs the pieces one by one.
 * Here a script is taken apart by PostgreSQL's rules and is one transaction.
 */
class TransactionalScripts extends PrismaPg {
  readonly #url: string;
  readonly #onFault: (fault: ScriptFault) => void;

  constructor(url: string, onFault: (fault: ScriptFault) => void) {
    super({ connectionString: url, max: 2 });
    this.#url = url;
    this.#onFault = onFault;
  }

  readonly #adapters: { dispose(): Promise<void> }[] = [];

  async disconnect(): Promise<void> {
    for (const adapter of this.#adapters) await adapter.dispose();
  }

  override async connect() {
    const adapter = await super.connect();
    this.#adapters.push(adapter);
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: this.#url });
      await client.connect();
      try {
        await client.query('BEGIN');
        for (const { text, trimStart } of splitQuery(script, { ...postgreSplitterOptions, returnRichInfo: true }) as Statement[]) {
          await client.query(text).catch((error: unknown) => {
            this.#onFault({ line: (trimStart?.line ?? 0) + 1, statement: text, error: error as Error });
            throw error;
          });
        }
        await client.query('COMMIT');
      } finally {
        await client.end();
      }
    };
    return adapter;
  }
}
