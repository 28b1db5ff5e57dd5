import { invalid } from './errors.ts';

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

/** What a connection field answers. `totalCount` is 0 where nobody asked for it. */
export interface Page<Row> {
  edges: { node: Row; cursor: string }[];
  nodes: Row[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

const defaultPageSize = 25;
const maxPageSize = 100;

/** How many rows a page holds: `first` or `last`, from 1 to 100, 25 when neither is given. */
export function pageSize({ first, last }: PageArguments): number {
  if (first != null && last != null) throw invalid('last', 'give first or last, not both');
  const [argument, size] = last != null ? ['last', last] : ['first', first ?? defaultPageSize];
  if (size < 1 || size > maxPageSize) throw invalid(argument, `must be from 1 to ${maxPageSize}; got ${size}`);
  return size;
}

/** Makes a page of up to `limit + 1` rows that were read in the direction of paging. */
export function pageOf<Row>(read: Row[], totalCount: number, args: PageArguments, limit: number, cursorOf: (row: Row) => string): Page<Row> {
  const backwards = args.last != null;
  const nodes = read.slice(0, limit);
  if (backwards) nodes.reverse();
  const more = read.length > limit;
  const [start, end] = [nodes[0], nodes.at(-1)];
  return {
    nodes,
    // Cursors are made when they are looked at: most queries never do.
    edges: nodes.map((node) => ({ node, get cursor() { return cursorOf(node); } })),
    pageInfo: {
      hasNextPage: backwards ? Boolean(args.before) : more,
      hasPreviousPage: backwards ? more : Boolean(args.after),
      get startCursor() { return start ? cursorOf(start) : null; },
      get endCursor() { return end ? cursorOf(end) : null; },
    },
    totalCount,
  };
}
