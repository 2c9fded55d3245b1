import jwt, { type VerifyOptions } from '@fastify/jwt';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { currentAndPrevious, type Secrets } from '../secrets.ts';
import { isApi } from './replies.tsx';
import { cookieName } from './session-cookie.ts';

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

interface Claims {
  aud: string;
  sub: string;
  iat: number;
  gen?: number;
}

/** How far the clocks of two servers may be apart. */
const CLOCKS_APART_MS = 60_000;
const ISSUER = 'love-supermarket';
const VERIFY: Partial<VerifyOptions> = {
  algorithms: ['HS256'],
  allowedIss: ISSUER,
  requiredClaims: ['iss', 'aud', 'sub', 'iat', 'exp'],
};

export async function registerSessionTokens(
  app: FastifyInstance,
  { secrets, config }: { secrets: Secrets; config: Pick<Config, 'publicOrigin'> },
): Promise<SessionTokens> {
  const keys = currentAndPrevious(secrets, 'sessionSecret');
  await app.register(jwt, {
    secret: secrets.sessionSecret,
    sign: { algorithm: 'HS256', iss: ISSUER },
    verify: VERIFY,
  });
  return {
    sign: (sessionId, surface, expiresAt, generation = 0) => {
      const exp = Math.floor(expiresAt.getTime() / 1000);
      return app.jwt.sign({ sub: sessionId, exp, ...(surface === 'page' && { gen: generation }) }, { aud: surface });
    },
    read: (request) => {
      const surface = isApi(request) ? 'api' : 'page';
      const token = surface === 'api' ? bearerToken(request) : request.cookies[cookieName(config, 'session')];
      const verified = token ? verifyWithAny(token, surface) : null;
      if (!verified) return null;
      const { sub, iat, gen } = verified;
      if (surface === 'page' && !Number.isInteger(gen)) return null;
      // Signed while a clock ran ahead: what it says of its own end is worth nothing.
      if (iat * 1_000 > Date.now() + CLOCKS_APART_MS) return null;
      return { sessionId: sub, generation: gen ?? null, signedAt: new Date(iat * 1000) };
    },
  };

  function verifyWithAny(token: string, surface: Surface): Claims | null {
    for (const key of keys()) {
      try {
        // Without options the verifier that was made at the start is used; making one costs more than verifying.
        const claims = app.jwt.verify<Claims>(token, key === secrets.sessionSecret ? undefined : { ...VERIFY, key });
        return claims.aud === surface ? claims : null;
      } catch {
        // Perhaps with the key before.
      }
    }
    return null;
  }
}

function bearerToken({ headers }: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
}
