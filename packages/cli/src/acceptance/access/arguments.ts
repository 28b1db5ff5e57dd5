import { getNamedType } from 'graphql';
import type { Decided } from './decided.ts';
import { fruitful } from './fruitful.ts';
import { requiredArguments } from './samples.ts';
import type { World } from './world.ts';

/** Writes a `Type.field` with the arguments it is asked with; `next` is the field of its answer that the question is about. */
export type Call = (name: string, next?: string) => string;

export function writeCalls({ field }: Decided, world: World): Call {
  return (name, next) => {
    const { name: plain, args } = field(name);
    const given = Object.fromEntries(args.flatMap((argument) => {
      const value = valueOf(name, argument.name, next);
      return value === undefined ? [] : [[argument.name, value]];
    }));
    const written = Object.entries({ ...requiredArguments(args), ...given }).map(([argument, value]) => `${argument}: ${value}`);
    return written.length > 0 ? `${plain}(${written.join(', ')})` : plain;
  };

  function valueOf(name: string, argument: string, next: string | undefined): string | undefined {
    const { name: plain, type } = field(name);
    if (argument === 'first') return '1';
    if (name.startsWith('Mutation.')) return next !== undefined && isAnswer(next) && fruitful.includes(plain) ? world.inputOf(plain) : undefined;
    if (name === 'Query.nodes') return '[]';
    // What is no id gives no type away: whoever may ask for it is told so.
    if (name === 'Query.node') return '"x"';
    if (argument === 'id') return `"${world.idOf(getNamedType(type).name)}"`;
    return argument.endsWith('Id') ? `"${world.idOf(argument.charAt(0).toUpperCase() + argument.slice(1, -'Id'.length))}"` : undefined;
  }

  /** Whether a payload's field is there only when nothing was wrong. */
  function isAnswer(name: string): boolean {
    return getNamedType(field(name).type).name !== 'UserError';
  }
}
