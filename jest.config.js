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
  // ES modules of a test file stay in memory after it. A worker that has grown large is slow to leave, and looks as if a test had left
  // something open.
  workerIdleMemoryLimit: '600MB',
  testTimeout: 60_000,
};
