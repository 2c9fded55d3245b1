import csrfProtection from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isApi } from './replies.tsx';

/**
 * A form counts only when a page of this site sent it: its Origin is ours, and it carries the token that belongs to the
 * browser's cookie. The API is left out because it reads no cookie.
 */
export async function registerForgeryDefence(app: FastifyInstance, { isHttps }: { isHttps: boolean }): Promise<void> {
  await app.register(csrfProtection, {
    cookieKey: 'form',
    cookieOpts: { signed: true, httpOnly: true, sameSite: 'lax', path: '/', secure: isHttps },
    getToken: (request: FastifyRequest) => (request.body as { _csrf?: string } | null)?._csrf,
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (SAFE_METHODS.has(request.method) || isApi(request)) return done();
    if (!isSameOrigin(request)) return reply.refuse({ refused: 'forged_request' });
    app.csrfProtection(request, reply, done);
  });
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every browser in use sends Origin with a form; one that sends neither header is refused. */
function isSameOrigin({ headers, host }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  return new URL(origin).host === host;
}
