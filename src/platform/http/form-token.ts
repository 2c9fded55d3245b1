import type { FastifyReply } from 'fastify';

/** The token of the reader's own cookie, which only a page that holds a form gives: drawn when it is asked for, the same each time. */
export function formToken(reply: FastifyReply): () => string {
  let token: string | undefined;
  return () => {
    token ??= reply.generateCsrf();
    return token;
  };
}
