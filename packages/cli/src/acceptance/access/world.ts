import { getNamedType } from 'graphql';
import type { TestPlatform } from '../test-platform.ts';
import type { Decided } from './decided.ts';
import { fruitful, readInputs } from './fruitful.ts';

/** What there is to ask for. */
export interface World {
  /** The id of some row of a type. */
  idOf(type: string): string;
  /** What a fruitful mutation is asked with, as GraphQL has it. It has been carried out: once more changes nothing. */
  inputOf(mutation: string): string;
  /** Whose runtime may ask for all of that. */
  readonly gatewayId: string;
}

type Lists = Record<string, { nodes: { id: string }[] }>;

/** Looks around in the demo data, and adds what is missing, as its administrator. */
export async function findWorld(decided: Decided, { data }: TestPlatform): Promise<World> {
  const lists = decided.names.filter((name) => name.startsWith('Query.')).map((name) => decided.field(name)).filter(({ args }) => args.some(({ name }) => name === 'first'));
  const ids = new Map<string, string | undefined>();
  // Fifty root fields are the most.
  for (let i = 0; i < lists.length; i += 50) {
    const some = lists.slice(i, i + 50);
    const rows = await data<Lists>(`{ ${some.map(({ name }) => `${name}(first: 1) { nodes { id } }`).join(' ')} }`);
    for (const { name, type } of some) ids.set(getNamedType(type).name.replace(/Connection$/, ''), rows[name]?.nodes[0]?.id);
  }
  const { gatewayId, inputs } = await readInputs(data);
  const inputOf = (mutation: string) => found(inputs[mutation], `input of ${mutation}`);
  for (const name of fruitful) {
    const answer = await data<Record<string, { userErrors: object[] }>>(`mutation { ${name}(input: ${inputOf(name)}) { userErrors { message } } }`);
    if (answer[name]?.userErrors.length !== 0) throw new Error(`${name}: ${JSON.stringify(answer)}`);
  }
  return { gatewayId, inputOf, idOf: (type) => found(ids.get(type), type) };
}

function found(value: string | undefined, name: string): string {
  if (value === undefined) throw new Error(`there is no ${name} in the demo data`);
  return value;
}
