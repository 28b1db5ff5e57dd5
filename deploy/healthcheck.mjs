// Whether the service in this container answers: `/health/live` unless another path is asked for.
const [path = '/health/live'] = process.argv.slice(2);

try {
  const { ok } = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, { signal: AbortSignal.timeout(4_000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  // Nobody listens, or nobody answers in time.
  process.exitCode = 1;
}
