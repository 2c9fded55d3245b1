import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { fieldMessage } from '../../../views/shared/field-message.ts';

/** Whatever goes wrong outside a route's own answers. Causes go to the log; a page or problem names a code and a reference. */
export function registerFaults(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.refuse({ refused: 'not_found' }));
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (hasZodFastifySchemaValidationErrors(error)) {
      const errors = error.validation.map(({ instancePath, keyword, message = '', params }) => ({
        field: instancePath.replace(/^\//, '').replaceAll('/', '.'),
        message: fieldMessage(request.locale, { code: keyword, message, params }),
      }));
      return reply.refuse({ refused: 'invalid_input', errors });
    }
    const refused = refusalOf(error);
    if (refused === 'server_error') {
      // Only what names the fault: messages of the database hold values that people typed.
      request.log.error(
        { name: error.name, code: error.code, stack: error.stack?.split('\n').slice(1, 8) },
        'request failed',
      );
    }
    return reply.refuse({ refused });
  });
}

function refusalOf({ statusCode = 500, code }: Pick<FastifyError, 'statusCode'> & { code?: string }): string {
  if (code === undefined) return statusCode < 500 ? 'malformed_input' : 'server_error';
  if (code.startsWith('FST_CSRF')) return 'forged_request';
  if (code === 'UPLOADS_BUSY') return 'too_busy';
  if (code === '53100') return 'disk_full';
  if (DATABASE_AWAY.has(code)) return 'overloaded';
  if (statusCode === 404) return 'not_found';
  if (statusCode === 413) return 'too_large';
  if (statusCode === 415) return 'wrong_media_type';
  return statusCode >= 400 && statusCode < 500 ? 'malformed_input' : 'server_error';
}

/** Driver and PostgreSQL codes that mean: not now, the same request may succeed in a moment. */
const DATABASE_AWAY = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '53200',
  '53300',
  '55P03',
  '57P01',
  '57P02',
  '57P03',
  '57014',
]);
