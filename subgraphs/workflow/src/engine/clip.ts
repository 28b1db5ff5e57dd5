/** The first `most` characters of a text; an emoji that is cut in half is no text that PostgreSQL takes, so it is replaced. */
export function clip(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}
