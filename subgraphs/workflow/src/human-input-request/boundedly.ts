import { createContext, Script } from 'node:vm';

const mostMilliseconds = 500;
const script = new Script('act()');

/** What was asked for was not done within its time. */
export class TookTooLong extends Error {}

/**
 * Runs `act` for half a second at most; throws TookTooLong when it is cut off. Everything that JavaScript does meanwhile, regular
 * expressions included, is under the time limit of the script that calls it (Node's manual, vm.Script, `timeout`).
 */
export function boundedly<T>(act: () => T): T {
  try {
    return script.runInContext(createContext({ act }), { timeout: mostMilliseconds }) as T;
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT' ? new TookTooLong() : error;
  }
}
