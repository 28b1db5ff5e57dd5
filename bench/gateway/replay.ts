import { demoPrincipal, type PrincipalVerifier } from '@forge/auth';
import type { Subgraph, SubgraphRequest } from '@forge/subgraph-kit';
import { createServer, type IncomingMessage, type Server } from 'node:http';

/**
 * The subgraphs over HTTP, `/<name>/graphql`, answering from memory what each has been asked before: so that what is measured is the
 * gateway in front and not the databases behind, and every gateway meets exactly the same answers. Who brings a token that `verify` knows
 * is whom it names; who brings none is the demo organisation's administrator.
 */
export function serveFromMemory(subgraphs: readonly Subgraph[], verify: PrincipalVerifier): Server {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  const answers = new Map<string, Promise<string>>();

  return createServer((request, response) => void respond(request).then(
    (answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(answer),
    (error: unknown) => response.writeHead(500).end(String(error)),
  ));

  async function respond(request: IncomingMessage): Promise<string> {
    const name = /^\/(\w+)\/graphql/.exec(request.url ?? '')?.[1] ?? '';
    const body = await textOf(request);
    const key = `${name} ${body}`;
    const known = answers.get(key) ?? ask(name, body, request.headers.authorization?.replace('Bearer ', ''));
    answers.set(key, known);
    return known;
  }

  async function ask(name: string, body: string, token: string | undefined): Promise<string> {
    const subgraph = byName.get(name);
    if (!subgraph) throw new Error(`there is no subgraph ${name}`);
    const { query, operationName, variables } = JSON.parse(body) as SubgraphRequest;
    const principal = token === undefined ? demoPrincipal : await verify(token, name);
    return JSON.stringify(await subgraph.execute({ query, ...(operationName && { operationName }), ...(variables && { variables }) }, { principal }));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
