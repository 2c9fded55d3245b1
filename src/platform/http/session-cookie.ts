import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';
import { SESSION_COOKIE } from './session-token.ts';

/** Cookies of this site: no script reads them, no other site's form sends them, and https keeps to https. */
export function cookieOptions({ publicOrigin }: Pick<Config, 'publicOrigin'>) {
  const isHttps = publicOrigin?.startsWith('https://') ?? false;
  return { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/' } as const;
}

/** Gives the browser the token of a sign-in, until it runs out. */
export function keepSession(reply: FastifyReply, config: Config, token: string, expiresAt: Date): void {
  reply.setCookie(SESSION_COOKIE, token, { ...cookieOptions(config), expires: expiresAt });
}

export function forgetSession(reply: FastifyReply, config: Config): void {
  reply.clearCookie(SESSION_COOKIE, cookieOptions(config));
}
