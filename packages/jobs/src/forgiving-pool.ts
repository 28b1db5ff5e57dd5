import pg from 'pg';

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, release: (destroy?: Error | boolean) => void) => void;

/**
 * A pool whose connections may be given back twice, which then counts once. graphile-worker gives back the one it listens on
 * twice when that breaks while it stops; pg throws at that, where nobody catches it, and the process would end.
 */
export class ForgivingPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    if (!callback) return super.connect();
    super.connect((error, client, release: Parameters<Connected>[2]) => callback(error, client, once(release)));
    return undefined;
  }
}

function once(release: Parameters<Connected>[2]): typeof release {
  let released = false;
  return (destroy) => {
    if (!released) release(destroy);
    released = true;
  };
}
