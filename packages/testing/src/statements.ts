/** The SQL that a subgraph runs, in order; hand `onSql` to the subgraph. */
export interface Statements {
  readonly texts: string[];
  onSql(this: void, text: string): void;
  clear(): void;
}

export function recordStatements(): Statements {
  const texts: string[] = [];
  return {
    texts,
    onSql(text) {
      // White space folded, so that a test can name a statement on one line.
      texts.push(text.replace(/\s+/g, ' ').trim());
    },
    clear() {
      texts.length = 0;
    },
  };
}
