import { getNamedType, getNullableType, isLeafType, isListType } from 'graphql';
import { writeCalls } from './arguments.ts';
import { byId, isEntity, type Decided } from './decided.ts';
import type { Route } from './routes.ts';
import type { World } from './world.ts';

export type Path = readonly (string | number)[];

/** By its name; or by an alias in a named fragment, in what `Query.node` finds where there is a query for it. */
export type Manner = 'by name' | 'by fragment';
export const manners: readonly Manner[] = ['by name', 'by fragment'];

/** Some fields of a type, at the end of a route. */
export interface Question {
  readonly type: string;
  readonly fields: readonly string[];
  readonly route: Route;
  readonly manner: Manner;
}

/** Where a field is asked for, and all that leads there: it comes last. */
export interface Place {
  readonly field: string;
  readonly manner: Manner;
  readonly way: readonly { readonly needs: string; readonly path: Path }[];
}

/** A question as a part of a document. */
export interface Written {
  readonly operation: 'query' | 'mutation';
  readonly selection: string;
  readonly fragment: string | undefined;
  readonly places: readonly Place[];
}

/** Writes a question; `key` is what its part of the answer, and its fragment, are called. */
export type Write = (question: Question, key: string) => Written;

interface Step { readonly needs: string; readonly key: string; readonly text: string; readonly isList: boolean }

export function writeQuestions(decided: Decided, world: World): Write {
  const { types, field } = decided;
  const call = writeCalls(decided, world);

  return ({ type, fields, route, manner }, key) => {
    const isFound = manner === 'by fragment' && route[0]?.startsWith('Query.') === true && isEntityName(type);
    const steps = isFound ? [node(type)] : route.map((name, i) => stepOver(name, route[i + 1]));
    let end: Path = [];
    const way = steps.map(({ needs, key: own, isList }, i) => {
      const path = [...end, i === 0 ? key : own];
      end = isList ? [...path, 0] : path;
      return { needs, path };
    });
    const asked = fields.map((name, i) => (manner === 'by name' ? { name, key: field(name).name, text: call(name) + within(name) } : { name, key: `a${i}`, text: `a${i}: ${call(name)}${within(name)}` }));
    const selections = asked.map(({ text }) => text).join(' ');
    const inner = manner === 'by name' ? selections : `...F${key}`;
    return {
      operation: (route[0] ?? fields[0])?.startsWith('Mutation.') ? 'mutation' : 'query',
      selection: steps.reduceRight((rest, { text }, i) => `${i === 0 ? `${key}: ` : ''}${text} { ${rest} }`, isFound ? `... on ${type} { ${inner} }` : inner),
      fragment: manner === 'by name' ? undefined : `fragment F${key} on ${type} { ${selections} }`,
      places: asked.map(({ name, key: own }) => ({ field: name, manner, way: [...way, { needs: name, path: [...end, own] }] })),
    };
  };

  function node(type: string): Step {
    return { needs: byId(type), key: 'node', text: `node(id: "${world.idOf(type)}")`, isList: false };
  }

  function stepOver(name: string, next: string | undefined): Step {
    return { needs: name, key: field(name).name, text: call(name, next), isList: isListType(getNullableType(field(name).type)) };
  }

  /** What to select of a field's value: what is open to whoever the field is open to. */
  function within(name: string): string {
    const target = getNamedType(field(name).type);
    if (isLeafType(target)) return '';
    return isEntityName(target.name) ? ' { id }' : ' { __typename }';
  }

  function isEntityName(name: string): boolean {
    const type = types.get(name);
    return type !== undefined && isEntity(type);
  }
}
