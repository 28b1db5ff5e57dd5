import { anotherOrganisation, createTestDatabase, startTestSubgraph, type TestSubgraph } from '@forge/testing';
import { testKeyring } from '../fixture/keyring.ts';
import { aDelivery } from '../fixture/rows.ts';
import { createGatewaysSubgraph } from '../index.ts';

let graph: TestSubgraph;
beforeAll(async () => (graph = await startTestSubgraph(createTestDatabase('gateways'), (settings) => createGatewaysSubgraph({ ...settings, keyring: testKeyring }))));
afterAll(() => graph.close());

const subscribe = 'mutation { createWebhookSubscription(input: { url: "https://hooks.example.com/", eventTypes: ["workflow.*"] }) { webhookSubscription { id } } }';
const aSubscription = async (): Promise<string> => (await graph.data(subscribe)).createWebhookSubscription.webhookSubscription.id;

test('the deliveries of several subscriptions are read in one statement, and lead back', async () => {
  const ids = [await aSubscription(), await aSubscription(), await aSubscription()];
  for (const id of ids) await aDelivery(graph.databaseUrl, id, { status: 'FAILED', attempts: 4, httpStatus: 503, responseMs: 80, error: 'answered 503' });
  graph.statements.clear();
  const { webhookSubscriptions } = await graph.data('query ($ids: [ID!]) { webhookSubscriptions(where: { id: { in: $ids } }) { nodes { id deliveries { nodes { status attempts httpStatus responseMs error deliveredAt subscription { id } } } } } }', { ids });
  expect(graph.statements.texts).toHaveLength(3);
  const failed = { status: 'FAILED', attempts: 4, httpStatus: 503, responseMs: 80, error: 'answered 503', deliveredAt: null };
  expect(webhookSubscriptions.nodes).toHaveLength(3);
  for (const id of ids) expect(webhookSubscriptions.nodes).toContainEqual({ id, deliveries: { nodes: [{ ...failed, subscription: { id } }] } });
});

test('a new delivery is PENDING and untried; another organisation does not see it', async () => {
  const id = await aDelivery(graph.databaseUrl, await aSubscription());
  const one = 'query ($id: ID!) { webhookDelivery(id: $id) { status attempts nextAttemptAt } }';
  expect(await graph.data(one, { id })).toEqual({ webhookDelivery: { status: 'PENDING', attempts: 0, nextAttemptAt: null } });
  expect(await graph.data(one, { id }, anotherOrganisation)).toEqual({ webhookDelivery: null });
});

test('an event goes to a subscription once, and to one of the same organisation', async () => {
  const id = await aSubscription();
  await aDelivery(graph.databaseUrl, id, { eventId: 'e1' });
  await expect(aDelivery(graph.databaseUrl, id, { eventId: 'e1' })).rejects.toThrow('webhookDeliveries_orgId_subscriptionId_eventId_key');
  await expect(aDelivery(graph.databaseUrl, id, { orgId: anotherOrganisation.orgId })).rejects.toThrow('webhookDeliveries_orgId_subscriptionId_fkey');
});

test.each([
  ['webhookDeliveries_figures_fit', { attempts: -1 }],
  ['webhookDeliveries_figures_fit', { httpStatus: 99 }],
  ['webhookDeliveries_delivered_has_time', { status: 'DELIVERED', attempts: 1 }],
  ['webhookDeliveries_delivered_has_time', { deliveredAt: new Date() }],
  ['webhookDeliveries_delivered_was_tried', { status: 'DELIVERED', deliveredAt: new Date() }],
  ['webhookDeliveries_over_when_decided', { status: 'FAILED', nextAttemptAt: new Date() }],
])('the database holds %s: %p', async (constraint, values) => {
  const id = await aSubscription();
  await expect(aDelivery(graph.databaseUrl, id, values)).rejects.toThrow(constraint);
});
