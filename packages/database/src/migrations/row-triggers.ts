/** Tables of the platform's own, whose rows change and say so by other columns. */
const ownTables = ['callbackDedup', 'eventOutbox'];

const functions = `-- updatedAt is the version that expectedVersion compares: strictly later with every change, whoever makes it.
CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."updatedAt" := greatest(date_trunc('milliseconds', clock_timestamp()), OLD."updatedAt" + interval '1 millisecond');
  RETURN NEW;
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on "%": a row never changes once it is written', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
`;

/**
 * The triggers of the tables that a migration creates: a table with `updatedAt` keeps it, rows of a table without never
 * change. `first` says that the domain's database has no migration yet, and the functions have to be made.
 */
export function rowTriggers(sql: string, first: boolean): string {
  const tables = [...sql.matchAll(/^CREATE TABLE "(\w+)" \(([\s\S]*?)^\)/gm)].filter(([, table]) => !ownTables.includes(table ?? ''));
  const triggers = tables.map(([, table = '', body = '']) => {
    const name = body.includes('"updatedAt"') ? 'touch_updated_at' : 'refuse_change';
    return `CREATE TRIGGER ${name} BEFORE UPDATE ON "${table}" FOR EACH ROW EXECUTE FUNCTION ${name}();\n`;
  });
  if (triggers.length === 0 && !first) return '';
  return `\n-- Below: what a Prisma schema cannot say.\n\n${first ? `${functions}\n` : ''}${triggers.join('')}`;
}
