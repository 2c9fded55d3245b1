import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { expect, test } from 'vitest';

// package.json holds cookie one major below what its plugin asks for, because the newest needs Node 22. These are the functions
// of it that the plugin calls.

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
