import type { FastifyReply, FastifyRequest } from 'fastify';

/** The whole of a file, or the one part of it that a player asks for; some telephones play nothing that they cannot ask for in parts. */
export function sendPart(request: FastifyRequest, reply: FastifyReply, content: Buffer): FastifyReply {
  const { length } = content;
  reply.header('accept-ranges', 'bytes');
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (first === '' && last === '') return reply.send(content);
  const start = first === '' ? Math.max(length - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (start > end) return reply.code(416).header('content-range', `bytes */${length}`).send();
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${length}`)
    .send(content.subarray(start, end + 1));
}
