import type { PrismaClient } from '@forge/prisma-gateways';
import type { KitContext } from '@forge/subgraph-kit';
import type { Keyring } from './secrets/keyring.ts';

/** What the resolvers and operations of this domain are given: the kit for reading, Prisma for writing. */
export interface GatewaysContext extends KitContext {
  readonly prisma: PrismaClient;
  now(): Date;
  /** Encrypts the secrets that are stored; undefined where no key is configured, and none can be stored then. */
  readonly keyring: Keyring | undefined;
}
