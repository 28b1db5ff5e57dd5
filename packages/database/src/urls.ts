/** A database URL that may be shown: without its password. */
export function withoutPassword(url: string): string {
  const shown = new URL(url);
  shown.password = '';
  shown.searchParams.delete('password');
  return shown.href;
}

/** The same server, another database and, where given, another user. */
export function urlOf(url: string, database: string, user?: { name: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (user) Object.assign(changed, { username: user.name, password: user.password });
  return changed.href;
}
