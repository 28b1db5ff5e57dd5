import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const projectDir = resolve(import.meta.dirname, '../..');

/** The areas (`subgraphs/agents`, `packages/auth` …) that an importing area may use; the first pattern that fits it decides. */
const mayUse = [
  [/^subgraphs\/(.+)$/, (domain) => new RegExp(`^packages/(?!cli$)|^prisma/${domain}$`)],
  [/^gateway$/, () => /^packages\/(?!cli$|subgraph-kit$)/],
  [/^packages\/cli$|^bench$/, () => /^/],
  [/^packages\/testing$/, () => /^packages\/(?!cli$)|^prisma\//],
  [/^packages\/|^prisma\//, () => /^packages\/(?!cli$)/],
];

/** Which part of the repository may import which: a dependency points only downwards, and never from domain to domain. */
export const importBoundaries = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      forbidden: '{{from}} must not import {{to}}: dependencies point downwards, and domains meet only over GraphQL.',
      relative: 'Import {{to}} by its package name: its inner files are its own affair.',
    },
  },
  create(context) {
    const from = areaOf(context.filename);
    const check = ({ source }) => {
      if (from === undefined || typeof source?.value !== 'string') return;
      const isRelative = source.value.startsWith('.');
      const to = isRelative ? areaOf(resolve(dirname(context.filename), source.value)) : areaOfPackage(source.value);
      if (to === undefined || to === from) return;
      if (!allowedFor(from).test(to)) context.report({ node: source, messageId: 'forbidden', data: { from, to } });
      else if (isRelative) context.report({ node: source, messageId: 'relative', data: { to } });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

function allowedFor(from) {
  const [pattern, allowed] = mayUse.find(([pattern]) => pattern.test(from));
  return allowed(pattern.exec(from)[1]);
}

function areaOf(file) {
  return /^(gateway|bench|(subgraphs|packages|prisma)\/[^/]+)(?=\/|$)/.exec(relative(projectDir, file))?.[1];
}

const folderOfPackage = new Map();

/** `@forge/prisma-agents` -> `prisma/agents`, by what the packages' own package.json say. */
function areaOfPackage(specifier) {
  const name = /^@forge\/[^/]+/.exec(specifier)?.[0];
  if (name === undefined) return undefined;
  if (!folderOfPackage.has(name)) {
    const short = name.slice('@forge/'.length);
    const candidates = [short, `packages/${short}`, short.replace(/^subgraph-/, 'subgraphs/'), short.replace(/^prisma-/, 'prisma/')];
    folderOfPackage.set(name, candidates.find((folder) => nameIn(folder) === name));
  }
  return folderOfPackage.get(name);
}

function nameIn(folder) {
  const file = join(projectDir, folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).name : undefined;
}
