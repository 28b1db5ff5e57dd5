import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { alignModel } from './prisma-model.ts';

/** A file that is there already, changed in place; each change that is there already is left out. */
export function edit(path: string, change: (text: string) => string): boolean {
  const before = readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) return false;
  writeFileSync(path, after);
  return true;
}

/** A new file; what is there already is its owner's. */
export function create(path: string, text: string): boolean {
  if (existsSync(path)) return false;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return true;
}

/** Adds a field to a type of a `.graphql` file: behind the field `after`, or as the last. */
export function addGraphqlField(text: string, type: string, name: string, field: string, after?: string): string {
  const block = new RegExp(`^type ${type} [^{]*\\{\\n[\\s\\S]*?^\\}`, 'm').exec(text)?.[0];
  if (!block || new RegExp(`^  ${name}[(:]`, 'm').test(block)) return text;
  const line = after ? new RegExp(`^  ${after}: .*\\n`, 'm').exec(block)?.[0] : undefined;
  return text.replace(block, () => (line ? block.replace(line, () => line + field) : `${block.slice(0, -1)}${field}}`));
}

function resolversOf(text: string, type: string): string | undefined {
  return new RegExp(`^  ${type}: \\{\\n[\\s\\S]*?^  \\},\\n`, 'm').exec(text)?.[0];
}

export function hasResolver(text: string, type: string, name: string): boolean {
  return new RegExp(`^    ${name}:`, 'm').test(resolversOf(text, type) ?? '');
}

/** Adds a resolver to a type of a resolver map, the type too when it is not there. */
export function addResolver(text: string, type: string, name: string, resolver: string): string {
  const block = resolversOf(text, type);
  if (!block) return text.replace(/\n\};\n$/, () => `\n  ${type}: {\n    ${name}: ${resolver},\n  },\n};\n`);
  if (hasResolver(text, type, name)) return text;
  return text.replace(block, () => `${block.slice(0, -'  },\n'.length)}    ${name}: ${resolver},\n  },\n`);
}

/** Adds a name to the import from the kit. */
export function addKitImport(text: string, name: string): string {
  return text.replace(/^import \{ (.*) \} from '@forge\/subgraph-kit';$/m, (_, names: string) => {
    const all = [...new Set([...names.split(', '), name])].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase(), 'en'));
    return `import { ${all.join(', ')} } from '@forge/subgraph-kit';`;
  });
}

/** Adds an import of a file of the domain, where the alphabet has it among the others. */
export function addImport(text: string, statement: string): string {
  if (text.includes(statement)) return text;
  const imports = [...text.matchAll(/^import .*;$/gm)].map(([line]) => line);
  const own = /'\.\/([\w-]+)\.entity\.ts'/.exec(text)?.[1];
  const next = imports.find((line) => placeOf(line, own) > placeOf(statement, own));
  const last = imports.at(-1) ?? '';
  return next ? text.replace(next, () => `${statement}\n${next}`) : text.replace(last, () => `${last}\n${statement}`);
}

/** The folder and file that an import names; first of all what is not of the domain, or generated. `own` is the folder of `./`. */
function placeOf(line: string, own: string | undefined): string {
  const path = /'\.\.?\/(?!generated)(.+)'/.exec(line)?.[1] ?? '';
  const inOwn = own !== undefined && line.includes(`'./${path}'`);
  return (inOwn ? `${own}/${path}` : path).replaceAll('/', ' ');
}

/** Adds a relation or an index to a Prisma model. */
export function addPrismaLine(text: string, line: string): string {
  const key = /^\s*(@@.*|\w+)/.exec(line)?.[1] ?? line;
  if (key.startsWith('@@') ? text.includes(key) : new RegExp(`^  ${key} `, 'm').test(text)) return text;
  if (key.startsWith('@@')) return text.replace(/^ {2}@@map/m, () => `  ${line}\n  @@map`);
  const [body = '', ...rest] = text.split('\n\n  @@id');
  const separator = body.includes('@relation(') ? '\n' : '\n\n';
  return alignModel(`${body}${separator}  ${line}\n\n  @@id${rest.join('\n\n  @@id')}`);
}

/** Adds a type's prefix to the list that all domains share, behind the last of its domain. */
export function addIdPrefix(text: string, { name, prefix, domain }: { name: string; prefix: string; domain: string }): string {
  if (new RegExp(`\\b${name}: '`).test(text)) return text;
  const entry = `  ${name}: '${prefix}',\n`;
  const section = new RegExp(`^  // ${domain}\\n(  \\w.*\\n)*`, 'm').exec(text)?.[0];
  return section ? text.replace(section, () => section + entry) : text.replace(/^\} as const;/m, (end) => `  // ${domain}\n${entry}${end}`);
}
