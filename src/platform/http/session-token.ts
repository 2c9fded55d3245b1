import jwt from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isApi } from './replies.tsx';

/** The token of a sign-in: for pages in a cookie that scripts cannot read, for the API as a bearer. Neither passes for the other. */
export interface SessionTokens {
  /** `expiresAt` is also checked against the session's row at every request. */
  sign(sessionId: string, surface: Surface, expiresAt: Date, generation?: number): string;
  /** What the request's token says; null for none, a forged one or one that has run out. */
  read(request: FastifyRequest): SessionToken | null;
}

export interface SessionToken {
  sessionId: string;
  /** Which of the session's successive tokens this is; null for a program's, which has no successors. */
  generation: number | null;
  signedAt: Date;
}

export type Surface = 'page' | 'api';

export const SESSION_COOKIE = 'session';

const ISSUER = 'love-supermarket';
const CLAIMS = ['iss', 'aud', 'sub', 'iat', 'exp'];

export async function registerSessionTokens(app: FastifyInstance, secret: string): Promise<SessionTokens> {
  await app.register(jwt, {
    secret,
    sign: { algorithm: 'HS256', iss: ISSUER },
    verify: { algorithms: ['HS256'], allowedIss: ISSUER, requiredClaims: CLAIMS },
  });
  return {
    sign: (sessionId, surface, expiresAt, generation = 0) => {
      const exp = Math.floor(expiresAt.getTime() / 1000);
      return app.jwt.sign({ sub: sessionId, exp, ...(surface === 'page' && { gen: generation }) }, { aud: surface });
    },
    read: (request) => {
      const surface = isApi(request) ? 'api' : 'page';
      const token = surface === 'api' ? bearerToken(request) : request.cookies[SESSION_COOKIE];
      if (!token) return null;
      try {
        const { sub, iat, gen } = app.jwt.verify<{ sub: string; iat: number; gen?: number }>(token, {
          algorithms: ['HS256'],
          allowedIss: ISSUER,
          allowedAud: surface,
          requiredClaims: CLAIMS,
        });
        if (surface === 'page' && !Number.isInteger(gen)) return null;
        return { sessionId: sub, generation: gen ?? null, signedAt: new Date(iat * 1000) };
      } catch {
        return null;
      }
    },
  };
}

function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
}
