import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cookie from '@fastify/cookie';
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import { expect, onTestFinished, test } from 'vitest';

// package.json holds cookie and content-disposition one major below what the plugins ask for, because the newest need
// Node 22. These are the two functions of them that the plugins call.

test('a signed cookie with Chinese text comes back through the pinned cookie package', async () => {
  const app = fastify();
  await app.register(cookie, { secret: 'a secret only for this test, no shorter' });
  app.get('/', (request, reply) =>
    reply
      .setCookie('card', '啊道村; %', { signed: true, httpOnly: true, sameSite: 'lax', maxAge: 60, path: '/' })
      .send({
        read: request.unsignCookie(request.cookies.card ?? '').value,
      }),
  );
  const first = await app.inject('/');
  const [written = ''] = [first.headers['set-cookie'] ?? ''].flat();
  expect(written).toMatch(/^card=[^; ]+; Max-Age=60; Path=\/; HttpOnly; SameSite=Lax$/);
  const second = await app.inject({ url: '/', headers: { cookie: written.split(';')[0] } });
  expect(second.json()).toEqual({ read: '啊道村; %' });
});

test('a download keeps its Chinese name through the pinned content-disposition package', async () => {
  const root = await mkdtemp(join(tmpdir(), 'download-'));
  onTestFinished(() => rm(root, { recursive: true }));
  await writeFile(join(root, 'record.xlsx'), 'a');
  const app = fastify();
  await app.register(fastifyStatic, { root });
  app.get('/', (_request, reply) => reply.download('record.xlsx', '2026年11月兑换公示.xlsx'));
  const answer = await app.inject('/');
  expect(answer.headers['content-disposition']).toContain(
    `filename*=UTF-8''2026${encodeURIComponent('年')}11${encodeURIComponent('月兑换公示')}.xlsx`,
  );
});
