import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/**
 * What addresses in print and in QR codes begin with: the configured origin, or the one under which the reader came. A program may name
 * any host, and one that cannot stand in an address is answered with 400.
 */
export function publicOrigin(config: Pick<Config, 'publicOrigin'>, { protocol, host }: FastifyRequest): string {
  const origin = config.publicOrigin ?? `${protocol}://${host}`;
  if (!URL.canParse(origin)) throw Object.assign(new Error('the host is no host'), { statusCode: 400 });
  return origin;
}
