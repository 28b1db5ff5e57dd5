/**
 * Aborted once this process is asked to stop: by a signal, or by the end of whoever started it with an IPC channel, which
 * closes whatever became of them. Orders nothing by itself: whoever calls it answers for the end.
 */
export function askedToStop(): AbortSignal {
  const asked = new AbortController();
  const abort = () => asked.abort();
  // Not once: a second Ctrl-C must not cut the orderly end short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abort);
  process.on('disconnect', abort);
  // To be supervised is no reason to go on.
  process.channel?.unref();
  // The channel may have closed while modules were loading.
  if (process.send && !process.connected) abort();
  return asked.signal;
}
