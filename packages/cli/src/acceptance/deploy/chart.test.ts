import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasHelm, helm, render, valuesOf } from './helm.ts';
import { faultsOf } from './kubernetes-schema.ts';
import { containerOf, environmentOf, type Manifest } from './manifest.ts';
import { containerPort, isSecret, readYaml, subgraphNames } from './project.ts';

const folder = mkdtempSync(join(tmpdir(), 'forge-chart-'));
afterAll(() => rmSync(folder, { recursive: true }));

const subgraphs = subgraphNames();
const values = readYaml('deploy/chart/values.yaml') as { subgraphs: object; metrics: { port: number }; secrets: object };

test('the chart installs every subgraph of the supergraph, and has no secret', () => {
  expect(Object.keys(values.subgraphs).sort()).toEqual(subgraphs);
  expect(values.secrets).toEqual({ existing: '', create: {} });
});

const there = hasHelm();
// eslint-disable-next-line no-restricted-properties -- a test has no configuration of its own
if (process.env['CI'] && !there) {
  test('the chart, rendered', () => { throw new Error('CI needs helm, which .ci/run installs'); });
}

// eslint-disable-next-line no-restricted-syntax -- a machine with nothing but Node has no Helm; CI fails without one, above
(there ? describe : describe.skip)('the chart, rendered', () => {
  const rendered = there ? { bare: render(...valuesOf('bare')), everything: render(...valuesOf('everything')) } : { bare: [], everything: [] };
  const all = Object.entries(rendered);
  const of = (manifests: Manifest[], kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const named = (kind: string, name: string, manifests = rendered.bare) => {
    const found = of(manifests, kind).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`there is no ${kind} ${name}`);
    return found;
  };
  const pods = all.flatMap(([, manifests]) => [...of(manifests, 'Deployment'), ...of(manifests, 'Job')]);

  test.each(['bare', 'everything'])('with %s values Helm finds nothing to say, and Kubernetes knows every field', async (name) => {
    expect(helm('lint', '--strict', ...valuesOf(name))).toContain('0 chart(s) failed');
    const manifests = rendered[name as keyof typeof rendered];
    expect((await Promise.all(manifests.map(faultsOf))).flat()).toEqual([]);
  });

  test.each([
    [['--set', 'image.tag=next'], 'secrets.existing: name a Secret'],
    [['--set', 'secrets.existing=forge,gateway.replica=3'], "additional properties 'replica' not allowed"],
    [['--set', 'secrets.existing=forge', '--set-file', `gateway.supergraph.sdl=${aLongFile()}`], 'it is longer than a ConfigMap may be'],
  ])('values that make no sense are refused: %j', (options, fault) => {
    expect(() => render(...options)).toThrow(fault);
  });

  test('every pod is somebody who may do nothing, on files that nobody can change', () => {
    for (const pod of pods) {
      expect(pod.spec.template.spec).toMatchObject({
        automountServiceAccountToken: false, enableServiceLinks: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      });
      expect(containerOf(pod)['securityContext']).toEqual({ allowPrivilegeEscalation: false, privileged: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
      expect(containerOf(pod)['resources']).toMatchObject({ requests: { cpu: expect.any(String), memory: expect.any(String) }, limits: { memory: expect.any(String) } });
      expect(containerOf(pod).image).toMatch(/:\d+\.\d+\.\d+$|@sha256:[0-9a-f]{64}$/);
    }
  });

  test('every service says whether it has started, lives and is ready, and ends in its own time', () => {
    for (const pod of pods.filter(({ kind }) => kind === 'Deployment')) {
      const container = containerOf(pod);
      const alive = { httpGet: { path: '/health/live', port: 'http' } };
      const ready = container.name === 'gateway' ? '/health/ready?scope=self' : '/health/ready';
      expect(container).toMatchObject({ startupProbe: alive, livenessProbe: alive, readinessProbe: { httpGet: { path: ready, port: 'http' } } });
      expect(pod.spec.template.spec['terminationGracePeriodSeconds']).toBeGreaterThan((container.lifecycle?.preStop.sleep.seconds ?? Infinity) + 30);
      expect(pod.spec).toMatchObject({ strategy: { rollingUpdate: { maxUnavailable: 0 } }, selector: { matchLabels: pod.spec.template.metadata.labels } });
      expect(pod.spec.template.spec['topologySpreadConstraints']).toHaveLength(2);
    }
  });

  test('each service is called where it listens, and by nobody else\'s name', () => {
    const roads = Object.fromEntries(subgraphs.map((name) => [`SUBGRAPH_URL_${name.toUpperCase()}`, `http://forge-${name}:${containerPort}/graphql`]));
    for (const name of [...subgraphs, 'gateway']) {
      const deployment = named('Deployment', `forge-${name}`);
      expect(containerOf(deployment)).toMatchObject({ args: [name], ports: [{ name: 'http', containerPort }, { name: 'metrics', containerPort: values.metrics.port }] });
      expect(environmentOf(deployment)).toMatchObject(roads);
      const service = named('Service', `forge-${name}`);
      expect(deployment.spec.template.metadata.labels).toMatchObject(service.spec.selector ?? {});
      expect(service.spec.ports).toEqual([{ name: 'http', port: name === 'gateway' ? 80 : containerPort, targetPort: 'http' }]);
    }
  });

  test('secrets are keys of one Secret, each for those who need it', () => {
    const known = (kind: string, name: string) => Object.entries(environmentOf(named(kind, name))).filter(([variable]) => isSecret(variable));
    const keys = (...variables: string[]) => variables.map((variable) => [variable, `<${variable} of forge>`]);
    expect(known('Deployment', 'forge-gateway')).toEqual(keys('FORGE_GATEWAY_PRIVATE_KEY'));
    expect(known('Job', 'forge-migrate')).toEqual(keys('DATABASE_URL'));
    for (const name of subgraphs) {
      expect(known('Deployment', `forge-${name}`)).toEqual(keys(`DATABASE_URL_${name.toUpperCase()}`, 'FORGE_EVENT_SECRETS', ...(name === 'gateways' ? ['FORGE_SECRET_KEYS'] : [])));
      expect(environmentOf(named('Deployment', `forge-${name}`))['FORGE_GATEWAY_PUBLIC_KEY']).toBe('<FORGE_GATEWAY_PUBLIC_KEY of forge>');
    }
  });

  test('databases are brought up to date before anything changes, by a Job; subgraphs take them as they are', () => {
    expect(named('Job', 'forge-migrate').metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    expect(named('Secret', 'forge', rendered.everything).metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-10' });
    for (const name of subgraphs) expect(environmentOf(named('Deployment', `forge-${name}`))).toMatchObject({ FORGE_MIGRATIONS: 'off', FORGE_JOBS: 'on' });
    const ownUrls = environmentOf(render('--set', 'secrets.existing=forge,migrations.provision=false').find(({ kind }) => kind === 'Job') as Manifest);
    expect(Object.keys(ownUrls)).toEqual(subgraphs.map((name) => `DATABASE_URL_${name.toUpperCase()}`));
  });

  test('jobs may have a replica of their own, which nobody calls', () => {
    const server = named('Deployment', 'forge-workflow', rendered.everything);
    const jobs = named('Deployment', 'forge-workflow-jobs', rendered.everything);
    expect([environmentOf(server)['FORGE_JOBS'], environmentOf(jobs)['FORGE_JOBS'], jobs.spec.replicas, server.spec.replicas]).toEqual(['off', 'on', 1, undefined]);
    expect(jobs.spec.template.metadata.labels).not.toMatchObject(named('Service', 'forge-workflow', rendered.everything).spec.selector ?? {});
  });

  test('nothing is allowed on the network but what is said here', () => {
        const to = (component: string) => ({ podSelector: { matchLabels: expect.objectContaining({ 'app.kubernetes.io/component': component }) } });
    const ports = [{ port: containerPort, protocol: 'TCP' }];
    expect(of(rendered.bare, 'NetworkPolicy').map(({ metadata }) => metadata.name).sort()).toEqual(['common', 'database', 'deny', 'gateway', 'subgraphs'].map((name) => `forge-${name}`));
    expect(named('NetworkPolicy', 'forge-deny').spec).toEqual({ podSelector: { matchLabels: expect.any(Object) }, policyTypes: ['Ingress', 'Egress'] });
    expect(named('NetworkPolicy', 'forge-gateway').spec).toMatchObject({ ingress: [{ ports }], egress: [{ to: [to('subgraph')], ports }] });
    expect(named('NetworkPolicy', 'forge-subgraphs').spec).toMatchObject({ ingress: [{ from: [to('gateway'), to('subgraph')], ports }], egress: [{ to: [to('subgraph')], ports }] });
    expect(named('NetworkPolicy', 'forge-database').spec).toMatchObject({
      podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/component', operator: 'In', values: ['subgraph', 'migrate'] }] }, egress: [{ ports: [{ port: 5432, protocol: 'TCP' }] }],
    });
    expect(named('NetworkPolicy', 'forge-common').spec).toMatchObject({
      ingress: [{ ports: [{ port: values.metrics.port, protocol: 'TCP' }] }], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }],
    });
  });

  test('a supergraph of one\'s own is a folder, in which the file is seen to change', () => {
    const gateway = named('Deployment', 'forge-gateway', rendered.everything);
    expect(environmentOf(gateway)['FORGE_SUPERGRAPH']).toBe('/etc/forge/supergraph/supergraph.graphql');
    expect(containerOf(gateway)['volumeMounts']).toContainEqual({ name: 'supergraph', mountPath: '/etc/forge/supergraph', readOnly: true });
    expect(gateway.spec.template.spec.volumes).toContainEqual({ name: 'supergraph', configMap: { name: 'forge-supergraph' } });
    expect(environmentOf(named('Deployment', 'forge-gateway'))).not.toHaveProperty('FORGE_SUPERGRAPH');
  });

  test('a node\'s upgrade takes one replica of each service at a time', () => {
    expect(of(rendered.bare, 'PodDisruptionBudget').map(({ metadata, spec }) => [metadata.name, spec['maxUnavailable']])).toEqual([...subgraphs, 'gateway'].sort().map((name) => [`forge-${name}`, 1]));
  });
});

function aLongFile(): string {
  const file = join(folder, 'supergraph.graphql');
  writeFileSync(file, `type Query { ${'a'.repeat(1_000_000)}: Int }`);
  return file;
}
