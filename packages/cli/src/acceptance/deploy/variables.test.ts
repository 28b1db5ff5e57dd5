import { globSync } from 'node:fs';
import { projectDir, read } from './project.ts';

/** Docker Compose's own, or the image's, which no program reads. */
const ofTheFiles = new Set(['FORGE_IMAGE', 'FORGE_ADDRESS', 'FORGE_PORT']);

const variable = /\b(?:FORGE|OTEL)_[A-Z_]*[A-Z]\b/g;
const sources = globSync(['gateway/src/**/*.ts', 'packages/{auth,config,database,process,subgraph-server,telemetry}/src/**/*.ts', 'subgraphs/*/src/**/*.ts'], { cwd: projectDir, exclude: (name) => name.endsWith('.test.ts') });
const known = new Set(sources.flatMap((file) => read(file).match(variable) ?? []));

test.each([...globSync('deploy/chart/{*,*/*}.{yaml,tpl}', { cwd: projectDir }), 'deploy/compose.yaml', 'deploy/.env.example', 'docs/deploying.md'])('%s names variables that programs read', (file) => {
  const named = (read(file).match(variable) ?? []).map((name) => name.replace(/_FILE$/, ''));
  expect(named.filter((name) => !known.has(name) && !ofTheFiles.has(name))).toEqual([]);
});
