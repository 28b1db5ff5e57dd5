import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoPrincipal } from '@forge/auth';
import { httpTransport } from './http-transport.ts';

/** What the transport makes of a server that answers like this. */
async function askServer(answer: RequestListener, options: { maxResponseBytes?: number } = {}) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const transport = httpTransport(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, { subgraph: 'chat', sign: async () => 'token', ...options });
  try {
    return await transport.execute({ query: '{ ok }' }, { principal: demoPrincipal, requestId: 'r1' });
  } finally {
    await transport.close();
    server.close();
  }
}

test('sends the signed principal and the request id', async () => {
  const { data } = await askServer((request, response) => {
    response.end(JSON.stringify({ data: { authorization: request.headers.authorization, id: request.headers['x-request-id'] } }));
  });
  expect(data).toEqual({ authorization: 'Bearer token', id: 'r1' });
});

test.each<[string, RequestListener, string | RegExp]>([
  ['another status', (_, response) => response.writeHead(401).end('{"errors":[]}'), 'status 401'],
  ['no JSON', (_, response) => response.end('<html>'), 'not valid JSON'],
  ['JSON that is no answer', (_, response) => response.end('[]'), 'no GraphQL response'],
  ['a closed connection', (request) => request.destroy(), /other side closed|socket|ECONNRESET/],
])('rejects %s', async (_, answer, message) => {
  await expect(askServer(answer)).rejects.toThrow(message);
});

test('rejects an answer that is too long', async () => {
  const answer = askServer((_, response) => response.end(JSON.stringify({ data: { text: 'x'.repeat(2_000) } })), { maxResponseBytes: 1_000 });
  await expect(answer).rejects.toThrow(/size/i);
});
