import { createGatewayRuntime } from '@graphql-hive/gateway';
import { createServer } from 'node:http';

// Hive Gateway with its defaults, on Node's own server as its `run` has it.
const [supergraph = '', port = '0'] = process.argv.slice(2);
const runtime = createGatewayRuntime({ supergraph, logging: 'error', landingPage: false, graphiql: false });
createServer((request, response) => void runtime(request, response)).listen(Number(port), '127.0.0.1');
