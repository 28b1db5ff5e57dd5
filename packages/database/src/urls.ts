/** A database URL that may be shown: without its password. */
export function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const shown = new URL(url);
  shown.password = '';
  for (const name of ['password', 'sslpassword']) shown.searchParams.delete(name);
  return shown.href;
}

/** Whether `url` can be read as what its author meant: a password with a bare # / or ? ends up in another part of it. */
export function isDatabaseUrl(url: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) return false;
  const { hash, pathname, search } = new URL(url);
  return hash === '' && !`${pathname}${search}`.includes('@');
}

/** The same server, another database and, where given, another user. */
export function urlOf(url: string, database: string, user?: { name: string; password: string }): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  if (!user) return changed.href;
  // In the query they count for more than before the host; and a URL without a host, as for a socket, takes them nowhere else.
  const { searchParams } = changed;
  searchParams.delete('user');
  searchParams.delete('password');
  if (changed.host) {
    changed.username = user.name;
    changed.password = user.password;
  } else {
    searchParams.set('user', user.name);
    searchParams.set('password', user.password);
  }
  return changed.href;
}
