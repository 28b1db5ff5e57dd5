import graphql from '@graphql-eslint/eslint-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { graphqlRules, stubRules } from './scripts/lint/graphql-rules.js';
import { importBoundaries } from './scripts/lint/import-boundaries.js';
import { kebabCaseFiles } from './scripts/lint/kebab-case-files.js';

const code = ['**/*.ts', '**/*.tsx', '**/*.js', '**/*.mjs'];
const types = ['**/*.ts', '**/*.tsx'];
const tests = ['**/*.test.ts'];
const environment = 'Only an entry point reads the environment, and passes it on.';
const forge = { rules: { 'import-boundaries': importBoundaries, 'kebab-case-files': kebabCaseFiles } };

export default defineConfig(
  globalIgnores(['**/generated/', '.forge/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: code,
    plugins: { forge },
    rules: {
      'forge/import-boundaries': 'error',
      'forge/kebab-case-files': 'error',
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: environment }],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:process', importNames: ['env'], message: environment }] }],
      'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export it by name.' }],
    },
  },
  {
    files: types,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // There are no enums, and looking for them takes a tenth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // A function is async because its interface says so; what is handed around are plain functions, not methods with a `this`.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: [...tests, '**/fixture/**'],
    rules: {
      // Jest's matchers and parsed JSON are `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/restrict-plus-operands': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[object.name=/^(test|it|describe)$/][property.name=/^(only|skip|todo|failing)$/]", message: 'Every test runs, always.' },
        { selector: 'CallExpression[callee.name=/^(fit|xit|xtest|fdescribe|xdescribe)$/]', message: 'Every test runs, always.' },
      ],
    },
  },
  {
    // Entry points: they read the environment and speak to a terminal, and some tools want their configuration as the default export.
    files: ['**/main.ts', 'scripts/**', 'deploy/*.mjs', 'bench/**', '**/*.config.{js,ts}', 'packages/testing/**'],
    rules: { 'no-restricted-properties': 'off', 'no-console': 'off', 'no-restricted-syntax': 'off' },
  },
  // Programs, and what they are made of.
  { files: ['packages/{cli,process,subgraph-server}/**'], rules: { 'no-console': 'off' } },
  {
    files: ['subgraphs/*/src/**/*.graphql', 'packages/subgraph-kit/src/schema/*.graphql'],
    plugins: { '@graphql-eslint': graphql },
    languageOptions: { parser: graphql.parser },
    rules: graphqlRules,
  },
  { files: ['subgraphs/*/src/external.graphql'], rules: stubRules },
);
