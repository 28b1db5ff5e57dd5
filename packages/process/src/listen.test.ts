import fastify from 'fastify';
import { listen } from './listen.ts';

test('a port in use is named, with how to choose another', async () => {
  const [first, second] = [fastify(), fastify()];
  const port = Number(new URL(await listen(first, { host: '127.0.0.1', port: 0 })).port);
  await expect(listen(second, { host: '127.0.0.1', port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use. Choose another with PORT=<other> or --port <other>.`);
  await Promise.all([first.close(), second.close()]);
});
