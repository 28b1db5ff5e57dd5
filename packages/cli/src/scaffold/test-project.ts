import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPrismaFiles } from './subgraph-files.ts';

const model = `
people:
  Person:
    table: people
    prefix: per
    about: Somebody who orders.
    fields:
      name: "String!"
      email: "EmailAddress?"
      managerId: "-> Person.reports ?"
      passwordHash: secret
    unique: [[orgId, email]]
shop:
  Order:
    table: orders
    prefix: ord
    about: What a person wants.
    fields:
      personId: "-> Person.orders"
      approverIds: "-> [Person].ordersToApprove, in turn"
      shopId: "-> Shop.orders"
      itemIds: "-> [Item].orders"
      status: "OPEN|SENT|CLOSED! = OPEN"
      kinds: "[GIFT|OWN]!"
      totalCents: "Decimal! = 0"
      detail: "JSON?"
      dueOn: "Date?"
      occurredAt: "DateTime!"
    index: [by_status]
    ops: [sendOrder]
  Item:
    table: items
    prefix: itm
    about: Something there is to order.
    fields:
      name: "String!"
      shopId: "-> Shop.items ?"
    plain: create
  Shop:
    table: shops
    prefix: shp
    about: Where there are items.
    fields:
      name: "String!"
    plain: read
`;

/** The pieces that making a domain copies or edits. */
const pieces = [
  ...sharedPrismaFiles.map((file) => `prisma/agents/${file}`),
  'gateway/supergraph.yaml', 'packages/auth/src/scopes.ts', 'packages/cli/package.json', 'packages/cli/src/subgraphs.ts', 'packages/subgraph-kit/src/type-ids.ts',
];

/** A project's folder in the temporary folder: a model of two small domains, and what the scaffold needs of the real project. */
export interface TestProject {
  readonly projectDir: string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Every file's text, by path. */
  files(): Record<string, string>;
  remove(): void;
}

export function makeTestProject(): TestProject {
  const projectDir = mkdtempSync(join(tmpdir(), 'forge-new-test-'));
  const root = join(import.meta.dirname, '../../../..');
  for (const piece of pieces) cpSync(join(root, piece), join(projectDir, piece));
  const read = (path: string) => readFileSync(join(projectDir, path), 'utf8');
  const write = (path: string, text: string) => writeFileSync(join(projectDir, path), text);
  mkdirSync(join(projectDir, 'docs'));
  write('docs/model.yaml', model);
  return {
    projectDir, read, write,
    files() {
      const paths = readdirSync(projectDir, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(projectDir, path)).isFile());
      return Object.fromEntries(paths.sort().map((path) => [path, read(path)]));
    },
    remove: () => rmSync(projectDir, { recursive: true }),
  };
}
