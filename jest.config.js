/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/{gateway,subgraphs,packages,bench}/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.forge/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  globalSetup: '<rootDir>/packages/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/packages/testing/src/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 30_000,
};
