import type { FastifyReply, FastifyRequest } from 'fastify';
import { refusalStatus } from './refusals.ts';

/**
 * Addresses that cannot be read at all, such as half an escaped character. No hook runs for them and no page can be drawn, so a
 * sentence answers that repeats nothing.
 */
export function answerUnreadableAddress(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const status = refusalStatus({ refused: 'malformed_input' });
  const isForProgram = request.raw.url?.startsWith('/api/') ?? false;
  const problem = { type: '/problems/malformed_input', title: 'malformed input', status, code: 'malformed_input' };
  const body = isForProgram
    ? JSON.stringify({ ...problem, detail: 'The address cannot be read.', instance: request.id })
    : '网址不完整或有误，请从首页重新打开。\nThis address cannot be read. Start again from the first page.\n';
  reply.raw.writeHead(status, {
    'content-type': isForProgram ? 'application/problem+json; charset=utf-8' : 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  });
  reply.raw.end(body);
}
