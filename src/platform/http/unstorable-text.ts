import type { FastifyInstance } from 'fastify';

/**
 * PostgreSQL stores every character but NUL, and no keyboard types that one. It is refused wherever it stands, before a route
 * meets it.
 */
export function registerTextDefence(app: FastifyInstance): void {
  app.addHook('preValidation', ({ params, query, body }, reply, done) => {
    if (holdsNul([params, query, body])) reply.refuse({ refused: 'malformed_input' });
    else done();
  });
}

/** Without recursion, for a document may be as deep as it is long. */
function holdsNul(whole: unknown): boolean {
  const open = [whole];
  for (let value = open.pop(); open.length > 0 || value !== undefined; value = open.pop()) {
    if (typeof value === 'string') {
      if (value.includes('\0')) return true;
    } else if (value !== null && typeof value === 'object' && !ArrayBuffer.isView(value)) {
      for (const [name, inner] of Object.entries(value)) {
        if (name.includes('\0')) return true;
        if (inner !== undefined) open.push(inner);
      }
    }
  }
  return false;
}
