/** A server that stops waits for answers, and for nothing else. */
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { releaseUnusedConnections } from '../../src/platform/http/unused-connections.ts';

test('the silent connection is closed, the one that waits for its answer gets it and is closed then', async () => {
  const app = Fastify();
  releaseUnusedConnections(app);
  let isAsked = () => {};
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  let answer = () => {};
  app.get('/', async () => {
    isAsked();
    return new Promise((resolve) => {
      answer = () => resolve('at last');
    });
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const silent = connect(port, '127.0.0.1');
  await once(silent, 'connect');
  const waiting = fetch(`http://127.0.0.1:${port}/`);
  await asked;
  const closing = app.close();
  await once(silent.resume(), 'close');
  answer();
  expect(await (await waiting).text()).toBe('at last');
  await closing;
});
