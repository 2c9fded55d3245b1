import { fastifyCookie } from '@fastify/cookie';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { cookieName, cookieOptions } from './session-cookie.ts';

/** The next page is opened at once; whatever else the browser asks for in the meantime carries the cookie along. */
const TOLD_SECONDS = 60;

declare module 'fastify' {
  interface FastifyRequest {
    /** By which the browser knows the form that was sent: the key of its act, or a name that its script has drawn. */
    formKey: string;
  }
}

/**
 * Tells the browser by its key which form was answered just now, and how: `done`, so what it has kept of that form may go, or `drawn`
 * once more, so what it has kept is what the page says now (`views/assets/kept-forms.ts`, which takes the cookie away as it reads it).
 * From the pages alone it could tell neither from a form that was opened anew.
 */
export function registerAnsweredForms(app: FastifyInstance, config: Config): void {
  const name = cookieName(config, 'answered');
  const options = { ...cookieOptions(config), httpOnly: false, maxAge: TOLD_SECONDS };
  app.decorateRequest('formKey', '');
  // Before a route's schema leaves out what it does not know.
  app.addHook('preValidation', (request, _reply, done) => {
    request.formKey = keyIn(request.body);
    done();
  });
  app.addHook('onSend', ({ formKey }, reply, payload, done) => {
    // The cookies that routes have set stand in the header by now.
    if (formKey !== '' && reply.statusCode < 500) {
      const how = reply.statusCode === 303 ? 'done' : 'drawn';
      reply.header('set-cookie', fastifyCookie.serialize(name, `${formKey}.${how}`, options));
    }
    done(null, payload);
  });
}

function keyIn(body: unknown): string {
  const { idempotencyKey, _form: key = idempotencyKey } = (body ?? {}) as { idempotencyKey?: unknown; _form?: unknown };
  return typeof key === 'string' && /^[\w-]{8,64}$/.test(key) ? key : '';
}
