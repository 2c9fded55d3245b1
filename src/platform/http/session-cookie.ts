import type { FastifyReply } from 'fastify';
import type { Config } from '../config.ts';

export function isHttps({ publicOrigin }: Pick<Config, 'publicOrigin'>): boolean {
  return publicOrigin?.startsWith('https://') ?? false;
}

/** Over https the browser itself sees to it that no other host of the domain can set the cookie. */
export function cookieName(
  config: Pick<Config, 'publicOrigin'>,
  name: 'session' | 'form' | 'locale' | 'size' | 'device' | 'answered',
): string {
  return isHttps(config) ? `__Host-${name}` : name;
}

/** Cookies of this site: no script reads them, no other site's form sends them, and https keeps to https. */
export function cookieOptions(config: Pick<Config, 'publicOrigin'>) {
  return { httpOnly: true, sameSite: 'lax', secure: isHttps(config), path: '/' } as const;
}

/** Gives the browser the token of a sign-in, until it runs out. */
export function keepSession(reply: FastifyReply, config: Config, token: string, expiresAt: Date): void {
  reply.setCookie(cookieName(config, 'session'), token, { ...cookieOptions(config), expires: expiresAt });
}

export function forgetSession(reply: FastifyReply, config: Config): void {
  reply.clearCookie(cookieName(config, 'session'), cookieOptions(config));
}
