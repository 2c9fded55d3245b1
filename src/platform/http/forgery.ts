import csrfProtection from '@fastify/csrf-protection';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { isApi } from './replies.tsx';
import { cookieName, cookieOptions } from './session-cookie.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * For what changes nothing but how this browser is shown the pages: that its Origin is ours is enough. So a page for everybody
     * gives no cookie to whoever only reads it.
     */
    needsNoFormToken?: true;
  }
}

/**
 * A form counts only when a page of this site sent it: its Origin is ours, and it carries the token that belongs to the
 * browser's cookie. The API is left out because it reads no cookie.
 */
export async function registerForgeryDefence(
  app: FastifyInstance,
  config: Pick<Config, 'publicOrigin'>,
): Promise<void> {
  await app.register(csrfProtection, {
    cookieKey: cookieName(config, 'form'),
    cookieOpts: { ...cookieOptions(config), signed: true },
    getToken: (request: FastifyRequest) => (request.body as { _csrf?: string } | null)?._csrf,
  });
  app.addHook('preValidation', (request, reply, done) => {
    if (SAFE_METHODS.has(request.method) || isApi(request)) return done();
    if (!isSameOrigin(request, config)) return reply.refuse({ refused: 'forged_request' });
    if (request.routeOptions.config.needsNoFormToken) return done();
    app.csrfProtection(request, reply, done);
  });
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every browser in use sends Origin with a form; one that sends neither header is refused. */
function isSameOrigin({ headers, host }: FastifyRequest, { publicOrigin }: Pick<Config, 'publicOrigin'>): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin } = headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  // A proxy may pass its own name on as the host; what people see in their browser is what was configured.
  return origin === publicOrigin || new URL(origin).host === host;
}
