import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { projectDir } from './project.ts';

// What a file begins with; further below, `import` may stand in the text of a file that `forge new` writes.
const head = /^(?:\s|\/\/.*\n|\/\*[^]*?\*\/|(?:import|export)\s(?:[^'`;=]*\sfrom\s)?'[^']+';)*/;
const importLine = /^(?:import|export)\s(?!type\b)(?:[^'`;=]*\sfrom\s)?'([^']+)';/gm;

/** Where services begin, and the forge command; what these import only when it is needed is left to them. */
const entries = ['gateway/src/main.ts', 'gateway/src/**/*-worker.ts', 'subgraphs/*/src/{main,index}.ts', 'packages/cli/src/{main,program}.ts'];

/** What programs load when they start that is not among the dependencies of a production: `file: package`. */
export function importsBesideProduction(): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, specifier = ''] of headOf(file).matchAll(importLine)) {
      if (specifier.startsWith('.')) visit(resolve(dirname(file), specifier));
      else if (!specifier.startsWith('node:') && !dependenciesOf(file).has(packageOf(specifier))) faults.push(`${relative(projectDir, file)}: ${specifier}`);
    }
  };
  // Every package of the project is an entry too: who imports it is not followed into it.
  for (const file of globSync([...entries, 'packages/*/src/index.ts', 'prisma/*/index.ts'], { cwd: projectDir })) visit(join(projectDir, file));
  return faults;
}

function headOf(file: string): string {
  return head.exec(readFileSync(file, 'utf8'))?.[0] ?? '';
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

const known = new Map<string, Set<string>>();

function dependenciesOf(file: string): Set<string> {
  const [area = ''] = /^(gateway|(?:subgraphs|packages|prisma)\/[^/]+)/.exec(relative(projectDir, file)) ?? [];
  let names = known.get(area);
  if (!names) {
    const { dependencies = {} } = JSON.parse(readFileSync(join(projectDir, area, 'package.json'), 'utf8')) as { dependencies?: object };
    known.set(area, (names = new Set(Object.keys(dependencies))));
  }
  return names;
}
