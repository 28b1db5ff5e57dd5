import { DCLinter } from 'dclint';
import { parseEnv } from 'node:util';
import { join } from 'node:path';
import { containerPort, isSecret, projectDir, read, readYaml, subgraphNames } from './project.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
  readonly ports?: readonly unknown[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy: { readonly resources: { readonly limits: object } };
}

const file = 'deploy/compose.yaml';
const { services, networks } = readYaml(file) as { services: Record<string, Service>; networks: object };
const subgraphs = subgraphNames();
const variablesOf = (name: string) => Object.keys(services[name]?.environment ?? {});

test('the file is what Docker Compose takes', () => {
  // Of the linter's rules those about a file's order are a matter of taste.
  const order = ['service-keys-order', 'services-alphabetical-order', 'top-level-properties-order'].map((rule) => [rule, 0] as const);
  const linter = new DCLinter({ rules: Object.fromEntries(order), quiet: true, debug: false, exclude: [] });
  const results = linter.lintFiles([join(projectDir, file)], false) as readonly { messages: unknown[] }[];
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});

test('it runs the gateway, every subgraph and what they need, each by its name', () => {
  expect(Object.keys(services).sort()).toEqual([...subgraphs, 'gateway', 'migrate', 'postgres'].sort());
  for (const name of [...subgraphs, 'gateway']) expect(services[name]?.command).toEqual([name]);
});

test('whoever calls a subgraph calls it where it listens', () => {
  const roads = Object.fromEntries(subgraphs.map((name) => [`SUBGRAPH_URL_${name.toUpperCase()}`, `http://${name}:${containerPort}/graphql`]));
  for (const name of [...subgraphs, 'gateway']) expect(services[name]?.environment).toMatchObject(roads);
  expect(services['gateway']?.ports).toEqual([expect.objectContaining({ target: containerPort })]);
});

test.each(Object.keys(services))('%s is confined, bounded, watched and of a pinned image', (name) => {
  const service = services[name];
  expect(service).toMatchObject({
    read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], restart: expect.any(String), stop_grace_period: expect.stringMatching(/^\d+s$/),
    logging: { options: { 'max-size': expect.any(String) } },
    deploy: { resources: { limits: { cpus: expect.any(String), memory: expect.any(String), pids: expect.any(Number) } } },
  });
  expect(service?.image).toMatch(/^(\$\{FORGE_IMAGE:-forge-graph:local\}|docker\.io\/library\/postgres:\d+\.\d+-\w+)$/);
  expect(service?.healthcheck.test?.[0] ?? service?.healthcheck.disable).toBe(name === 'migrate' ? true : 'CMD');
});

test('only the gateway is to be reached from outside, and only subgraphs and migrations reach the databases', () => {
  expect(networks).toMatchObject({ inside: { internal: true }, data: { internal: true } });
  expect(Object.entries(services).filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['gateway']);
  expect(services['gateway']?.networks).toEqual(['outside', 'inside']);
  expect(services['postgres']?.networks).toEqual(['data']);
  for (const name of subgraphs) expect(services[name]?.networks).toEqual(['inside', 'data']);
});

test('subgraphs start on databases that are up to date, and the gateway waits for none of them to be well', () => {
  expect(services['migrate']).toMatchObject({ command: ['db', 'migrate'], depends_on: { postgres: { condition: 'service_healthy' } } });
  for (const name of subgraphs) expect(services[name]).toMatchObject({ depends_on: { migrate: { condition: 'service_completed_successfully' } }, environment: { FORGE_MIGRATIONS: 'off' } });
  expect(Object.values(services['gateway']?.depends_on ?? {})).toEqual(subgraphs.map(() => ({ condition: 'service_started' })));
});

test('a secret comes from the environment, must be there, and is told to nobody who does not need it', () => {
  const secrets = Object.entries(services).flatMap(([name, { environment = {} }]) => Object.entries(environment).filter(([variable]) => isSecret(variable)).map(([variable, value]) => [name, variable, value] as const));
  for (const [, variable, value] of secrets) expect(value).toBe(`\${${variable}:?run forge secrets}`);
  const known = (name: string) => secrets.filter(([who]) => who === name).map(([, variable]) => variable).sort();
  expect(known('gateway')).toEqual(['FORGE_GATEWAY_PRIVATE_KEY']);
  expect(known('migrate')).toEqual(['DATABASE_URL']);
  for (const name of subgraphs) {
    const keys = name === 'gateways' ? ['FORGE_SECRET_KEYS'] : [];
    expect(known(name)).toEqual([`DATABASE_URL_${name.toUpperCase()}`, 'FORGE_EVENT_SECRETS', ...keys]);
    expect(variablesOf(name)).toContain('FORGE_GATEWAY_PUBLIC_KEY');
  }
});

test('.env.example names what the file asks for, and no secret\'s value', () => {
  const example = parseEnv(read('deploy/.env.example'));
  const asked = new Set([...read(file).matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  expect(Object.keys(example).sort()).toEqual([...asked].sort());
  for (const [name, value] of Object.entries(example)) if (isSecret(name) || name.endsWith('PUBLIC_KEY')) expect([name, value]).toEqual([name, '']);
});
