import type { Manifest } from './manifest.ts';

type Validate = ((manifest: unknown) => boolean) & { errors?: unknown[] };

/** What Kubernetes' own schema says against a manifest; a field that it does not know is a fault too. */
export async function faultsOf(manifest: Manifest): Promise<unknown[]> {
  const [version = '', group = 'core'] = manifest.apiVersion.split('/').reverse();
  const name = ['IoK8sApi', capital(group.split('.')[0] ?? ''), capital(version), manifest.kind].join('');
  const { validate } = (await import(`kubernetes-models/_schemas/${name}`)) as { validate: Validate };
  const seen = new Set<string>();
  const faults = validate(watched(manifest, '', seen)) ? [] : (validate.errors ?? []);
  return [...faults, ...pathsOf(manifest, '').filter((path) => !seen.has(path)).map((path) => `${path} is unknown`)].map((fault) => [manifest.kind, manifest.metadata.name, fault]);
}

/** The same value, remembering in `seen` what was looked at: no validator looks at a field that its schema does not have. */
function watched<T>(value: T, path: string, seen: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const inner = `${path}.${String(key)}`;
      seen.add(inner);
      return watched<unknown>(Reflect.get(target, key), inner, seen);
    },
  });
}

function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${path}.${key}`, ...pathsOf(inner, `${path}.${key}`)]);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
