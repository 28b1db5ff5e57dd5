/** As much of a Kubernetes object as is looked at here. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly replicas?: number;
    readonly selector?: Labels & { readonly matchLabels?: Labels };
    readonly podSelector?: { readonly matchLabels: Labels };
    readonly ports?: readonly { readonly port: number }[];
    readonly template: { readonly metadata: { readonly labels: Labels }; readonly spec: PodSpec };
    readonly [field: string]: unknown;
  };
}

type Labels = Readonly<Record<string, string>>;

interface PodSpec {
  readonly containers: readonly Container[];
  readonly volumes?: readonly unknown[];
  readonly [field: string]: unknown;
}

interface Container {
  readonly name: string;
  readonly image: string;
  readonly args: readonly string[];
  readonly env: readonly Variable[];
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly [field: string]: unknown;
}

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

/** The one container of a Deployment or Job. */
export function containerOf({ kind, metadata, spec }: Manifest): Container {
  const [container, more] = spec.template.spec.containers;
  if (!container || more) throw new Error(`${kind} ${metadata.name} has not one container`);
  return container;
}

/** The variables of its container by name, those that come from a Secret as `<key of secret>`. */
export function environmentOf(manifest: Manifest): Record<string, string | undefined> {
  return Object.fromEntries(containerOf(manifest).env.map(({ name, value, valueFrom }) => [name, valueFrom ? `<${valueFrom.secretKeyRef.key} of ${valueFrom.secretKeyRef.name}>` : value]));
}
