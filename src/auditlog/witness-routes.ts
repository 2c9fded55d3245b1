/**
 * The two addresses of a witness, both below /api/witness, as C2SP tlog-witness gives them. A log's own signature is all that
 * a request needs: it carries no cookie, and nothing but cosignatures follows from it.
 */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { CosigningAnswer, WitnessService } from './witness.ts';

const TEXT = 'text/plain; charset=utf-8';
/** Room for 63 hashes and a checkpoint with many signatures. */
const LARGEST_REQUEST = 65_536;
const EVERYBODY = { config: { access: 'everybody' }, schema: { hide: true } } as const;

export const witnessRoutes: FastifyPluginAsyncZod<{ witness: WitnessService }> = async (app, { witness }) => {
  // The protocol names no content type, so any will do, and none.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST_REQUEST }, (_request, body, done) =>
    done(null, body),
  );

  app.post('/api/witness/add-checkpoint', EVERYBODY, async ({ body }, reply) => {
    const text = Buffer.isBuffer(body) ? utf8(body) : null;
    const answer: CosigningAnswer =
      text === null ? { status: 400, reason: 'malformed request' } : await witness.addCheckpoint(text);
    reply.code(answer.status).header('cache-control', 'no-store');
    if (answer.status === 200) return reply.type(TEXT).send(answer.lines);
    if (answer.status === 409) {
      // As bytes: to text the server would add a character set, and the protocol names this type alone.
      return reply.header('content-type', 'text/x.tlog.size').send(Buffer.from(`${answer.lastSize}\n`));
    }
    return reply.type(TEXT).send(`${answer.reason}\n`);
  });

  app.get('/api/witness/vkey', EVERYBODY, async (_request, reply) =>
    reply.header('access-control-allow-origin', '*').type(TEXT).send(`${witness.vkey}\n`),
  );

  app.get('/api/witness/:originHash/checkpoint', EVERYBODY, async (request, reply) => {
    const { originHash } = request.params as { originHash: string };
    const note = /^[0-9a-f]{64}$/.test(originHash) ? witness.lastCheckpoint(originHash) : null;
    reply.header('access-control-allow-origin', '*').header('cache-control', 'no-store').type(TEXT);
    return note === null ? reply.code(404).send('not found\n') : reply.send(note);
  });
};

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
