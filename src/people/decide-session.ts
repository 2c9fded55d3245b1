/**
 * How long a sign-in lasts. Everybody signs in anew after twelve hours. Offices and whoever reads or publishes are signed out
 * after half an hour without a press; at the counter customers come and go all day, so there only the twelve hours count.
 */
import type { Role } from './permissions.ts';

export const SESSION_HOURS = 12;

const IDLE_MINUTES = 30;
const AT_THE_COUNTER: ReadonlySet<Role> = new Set<Role>(['manager', 'recorder', 'storekeeper']);

/** True for people who work at the counter and nowhere else. */
export function worksAtTheCounter(roles: readonly Role[]): boolean {
  return roles.length > 0 && roles.every((role) => AT_THE_COUNTER.has(role));
}

/** The shortest of what the roles allow: who also sits in an office is treated as an office. */
export function idleMinutesOf(roles: readonly Role[]): number {
  return worksAtTheCounter(roles) ? SESSION_HOURS * 60 : IDLE_MINUTES;
}

/** After so long a token is exchanged for its successor. */
const TOKEN_MINUTES = 10;
/** Requests that were under way when the successor arrived. */
const OVERLAP_SECONDS = 60;

export interface TokenState {
  /** The number in the token that was shown, and when it was signed. */
  shown: number;
  signedAt: Date;
  /** The number of the newest token, and when it was first shown. */
  newest: number;
  newestSeenAt: Date | null;
  now: Date;
}

/**
 * `copied`: a token came back whose successor has been in use for a while, so two browsers hold this sign-in.
 * `again`: the answer with the successor may have been lost on the way; it is given once more.
 */
export function decideToken({
  shown,
  signedAt,
  newest,
  newestSeenAt,
  now,
}: TokenState): 'keep' | 'seen' | 'renew' | 'again' | 'copied' {
  if (shown === newest) {
    if (now.getTime() - signedAt.getTime() >= TOKEN_MINUTES * 60_000) return 'renew';
    return newestSeenAt === null ? 'seen' : 'keep';
  }
  if (shown !== newest - 1) return 'copied';
  if (newestSeenAt === null) return 'again';
  return now.getTime() - newestSeenAt.getTime() <= OVERLAP_SECONDS * 1000 ? 'keep' : 'copied';
}
