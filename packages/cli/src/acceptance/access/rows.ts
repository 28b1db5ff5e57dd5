import { runSql } from '@forge/testing';

/** A digest of the rows of each table that there is, to compare with another. */
export async function digestRows(urls: ReadonlyMap<string, string>): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for (const [domain, url] of urls) {
    const tables = await runSql<{ name: string }>(url, "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'");
    const digest = ({ name }: { name: string }) => `SELECT '${domain} ' || $$${name}$$ AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS digest FROM ${name} t`;
    for (const row of await runSql<{ name: string; digest: string }>(url, tables.map(digest).join(' UNION ALL '))) digests[row.name] = row.digest;
  }
  return digests;
}
