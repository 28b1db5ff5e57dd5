/** The code of an error that the operating system gave, such as `ENOENT`. */
export function systemFault(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
}
