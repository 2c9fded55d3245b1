/**
 * What every answer tells the browser to forbid. The headers are the same for all, so helmet is asked for them once; asked for each
 * request they were a seventh of the work of a small answer.
 */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/** The camera reads codes; nothing else of a device is asked for by any page. */
const UNUSED = ['accelerometer', 'display-capture', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi'];
const PERMISSIONS = ['camera=(self)', ...[...UNUSED, 'payment', 'serial', 'usb'].map((one) => `${one}=()`)].join(', ');

export function registerSecurityHeaders(app: FastifyInstance, isEncrypted: boolean): void {
  const headers = { ...headersOf(settings(isEncrypted)), 'permissions-policy': PERMISSIONS };
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

/** For the pages that play voice notes: sounds from here, and from nowhere else. */
export function allowSounds(reply: FastifyReply): void {
  reply.header('content-security-policy', `${String(reply.getHeader('content-security-policy'))};media-src 'self'`);
}

function headersOf(options: HelmetOptions): Record<string, string> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet(options)(request, response, (error) => {
    if (error) throw new Error('helmet refused its own settings', { cause: error });
  });
  return response.getHeaders() as Record<string, string>;
}

function settings(isEncrypted: boolean): HelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isEncrypted ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  };
}
