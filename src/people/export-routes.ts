import type { FastifyInstance } from 'fastify';
import type { Db } from '../platform/database/db.ts';
import { recordSecurityEvent } from './security-events.ts';

/**
 * Files that somebody who is signed in takes away stand in the security log. These are the public ones, open to everybody without
 * a name; a file about a household is noted where it is made, before it is handed out.
 */
export function registerExportNotes(app: FastifyInstance, { sql }: Db): void {
  app.addHook('onResponse', (request, reply, done) => {
    done();
    const { viewer, village, method, routeOptions } = request;
    if (!viewer || method !== 'GET' || reply.statusCode !== 200 || routeOptions.config.access !== 'everybody') return;
    if (!String(reply.getHeader('content-disposition')).startsWith('attachment')) return;
    recordSecurityEvent(sql, {
      kind: 'export.downloaded',
      personId: viewer.personId,
      regionId: village?.regionId ?? null,
      address: request.ip,
      details: { route: routeOptions.url ?? '' },
    }).catch((error: Error) => request.log.warn({ name: error.name }, 'a download was not noted'));
  });
}
