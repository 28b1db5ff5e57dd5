import { buildASTSchema, getNamedType, isLeafType, parse } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requiredArguments } from './samples.ts';

const projectDir = join(import.meta.dirname, '../../../../..');

/** Every field that a subgraph may be asked for, those that only its gateway knows of as well, each as an operation. */
export function readRootFields(domain: string): readonly { readonly name: string; readonly query: string }[] {
  const schema = buildASTSchema(parse(readFileSync(join(projectDir, 'subgraphs', domain, 'schema.graphql'), 'utf8')), { assumeValidSDL: true });
  const own = [['query', schema.getQueryType()], ['mutation', schema.getMutationType()]] as const;
  return [
    ...own.flatMap(([operation, type]) => Object.values(type?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_')).map(({ name, args, type: answer }) => {
      const given = Object.entries(requiredArguments(args)).map(([argument, value]) => `${argument}: ${value}`).join(', ');
      return { name, query: `${operation} { ${name}${given && `(${given})`}${isLeafType(getNamedType(answer)) ? '' : ' { __typename }'} }` };
    })),
    { name: '_service', query: '{ _service { sdl } }' },
    { name: '_entities', query: '{ _entities(representations: []) { __typename } }' },
    { name: '__schema', query: '{ __schema { queryType { name } } }' },
  ];
}
