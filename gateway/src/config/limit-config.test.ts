import { readConfig, type Environment } from '@forge/config';
import { defaultSettings } from '../gateway-settings.ts';
import { limitVariables, readLimits } from './limit-config.ts';

const read = (env: Environment) => readLimits(readConfig(limitVariables, env));

test('unless anything is said, the settings are the usual ones and nobody is counted', () => {
  const { settings, rate } = read({});
  expect(defaultSettings).toMatchObject({ ...settings });
  expect(rate).toBeUndefined();
});

test('every limit can be set', () => {
  const { settings } = read({
    FORGE_MAX_BODY_BYTES: '2048', FORGE_MAX_HEADER_BYTES: '4096', FORGE_MAX_VARIABLE_BYTES: '1024', FORGE_MAX_TOKENS: '500', FORGE_MAX_DEPTH: '15', FORGE_MAX_ALIASES: '0',
    FORGE_MAX_ROOT_FIELDS: '3', FORGE_MAX_DIRECTIVES: '4', FORGE_MAX_COST: '1000', FORGE_TIMEOUT_MS: '5000',
  });
  expect(settings).toMatchObject({
    maxBodyBytes: 2_048, maxHeaderBytes: 4_096, maxTokens: 500, shape: { depth: 15, aliases: 0, rootFields: 3, directives: 4, fields: 2_500 }, variables: { variableBytes: 1_024, variableDepth: 32 },
    maxCost: 1_000, timeoutMilliseconds: 5_000,
  });
});

const url = 'postgresql://forge:secret@db.test:5432/rates?sslmode=require';
test.each([
  [{ NODE_ENV: 'production' }, { limit: 250_000, store: 'memory' }],
  [{ NODE_ENV: 'production', FORGE_RATE_LIMIT: 'off' }, undefined],
  [{ FORGE_RATE_LIMIT: '600' }, { limit: 600, store: 'memory' }],
  [{ FORGE_RATE_LIMIT: '600', FORGE_RATE_LIMIT_STORE: url }, { limit: 600, store: url }],
  [{ FORGE_RATE_LIMIT_STORE: url }, undefined],
])('by %j the rate is %j', (env, rate) => {
  expect(read(env).rate).toEqual(rate);
});

test('an operation may not cost more than a minute has', () => {
  expect(read({ FORGE_RATE_LIMIT: '600' }).settings.maxCost).toBe(600);
  expect(read({ FORGE_RATE_LIMIT: '600', FORGE_MAX_COST: '500' }).settings.maxCost).toBe(500);
});

test.each([['FORGE_RATE_LIMIT', 'plenty'], ['FORGE_RATE_LIMIT', '0'], ['FORGE_RATE_LIMIT_STORE', 'database'], ['FORGE_RATE_LIMIT_STORE', 'https://db.test']])('%s may not be %s', (variable, value) => {
  expect(() => read({ [variable]: value })).toThrow(`The configuration has a fault:\n  ${variable}: must be `);
});

test('all faults are told at once, with what would be right and without what was given', () => {
  const faulty = () => read({ FORGE_MAX_DEPTH: 'deep', FORGE_MAX_TOKENS: '1', FORGE_MAX_COST: '1.5', FORGE_RATE_LIMIT: '-3', FORGE_RATE_LIMIT_STORE: 'redis://:hunter2@cache' });
  expect(faulty).toThrow(`The configuration has 5 faults:
  FORGE_MAX_TOKENS: must be a whole number from 100 to 50000; it is 5000 unless set
  FORGE_MAX_DEPTH: must be a whole number from 1 to 64; it is 20 unless set
  FORGE_MAX_COST: must be a whole number from 1 to 1000000000; it is 50000 unless set
  FORGE_RATE_LIMIT: must be off, or a whole number from 1 to 1000000000; unless set it is 250000 with NODE_ENV=production, and off elsewhere
  FORGE_RATE_LIMIT_STORE: must be memory, or the postgres:// URL of a database for all replicas; it is memory unless set`);
});
