import './no-telemetry.ts';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { readFileSync } from 'node:fs';

// Apollo's own gateway as its documentation sets it up, with the fetcher that it brings: what ours is compared with.
const [supergraph = '', port = '0'] = process.argv.slice(2);
// It refuses a supergraph that asks for security; that is not what is measured.
const supergraphSdl = readFileSync(supergraph, 'utf8').replaceAll(', for: SECURITY', '');
const gateway = new ApolloGateway({ supergraphSdl, buildService: ({ url }) => new RemoteGraphQLDataSource({ url: url ?? '' }) });
await startStandaloneServer(new ApolloServer({ gateway }), { listen: { host: '127.0.0.1', port: Number(port) } });
