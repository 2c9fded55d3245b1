import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/** What addresses in print and in QR codes begin with: the configured origin, or the one under which the reader came. */
export function publicOrigin(config: Pick<Config, 'publicOrigin'>, { protocol, host }: FastifyRequest): string {
  return config.publicOrigin ?? `${protocol}://${host}`;
}
