import type { FastifyInstance } from 'fastify';

/**
 * PostgreSQL stores every character but NUL, and half a character, which JSON can spell, is none. No keyboard types either. They are
 * refused wherever they stand, before a route meets them.
 */
export function registerTextDefence(app: FastifyInstance): void {
  app.addHook('preValidation', ({ params, query, body }, reply, done) => {
    if (holdsUnstorable([params, query, body])) reply.refuse({ refused: 'malformed_input' });
    else done();
  });
}

/** Without recursion, for a document may be as deep as it is long. */
function holdsUnstorable(whole: unknown): boolean {
  const open = [whole];
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (typeof value === 'string') {
      if (isUnstorable(value)) return true;
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (isUnstorable(name)) return true;
        if (inner !== undefined) open.push(inner);
      }
    }
  }
  return false;
}

const NUL_OR_HALF = /\0|\p{Cs}/u;

function isUnstorable(text: string): boolean {
  return NUL_OR_HALF.test(text);
}
