/**
 * Guesses at a password or code, counted by what is guessed at and the address together: guessing stops soon, and nobody can
 * shut the owner out from elsewhere. An attempt counts before it is checked, so that many at once gain nothing.
 */
import { villageTime } from '../platform/clock.ts';
import type { Reader } from '../platform/database/db.ts';
import { recordSecurityEvent } from './security-events.ts';

export interface Attempt {
  /** The folded username, or the name of what else is guessed at. */
  username: string;
  address: string;
  /** Where it really came from, when guesses from everywhere count together. */
  from?: string | undefined;
}

export type TooManyAttempts = {
  refused: 'too_many_attempts';
  retryAfterSeconds: number;
  /** The same as the village's clock shows it: `09:12`. */
  retryAt: string;
};

const MOST_ATTEMPTS = 10;
const WINDOW_SECONDS = 15 * 60;

/** Counts an attempt that is about to be checked. */
export async function countAttempt(
  sql: Reader,
  { username, address, from = address }: Attempt,
): Promise<{ attemptsLeft: number } | TooManyAttempts> {
  await sql`insert into sign_in_failure (username, address) values (${username}, ${address})`;
  const [recent] = await sql<{ count: number; freeAgainAt: Date | null; now: Date }[]>`
    select count(*)::integer as count,
           (array_agg(failed_at order by failed_at desc))[${MOST_ATTEMPTS}]
             + make_interval(secs => ${WINDOW_SECONDS}) as "freeAgainAt",
           now() as now
      from sign_in_failure
     where username = ${username}
       and address = ${address}
       and failed_at > now() - make_interval(secs => ${WINDOW_SECONDS})`;
  if (!recent) throw new Error('a count without a row');
  if (recent.count <= MOST_ATTEMPTS) return { attemptsLeft: MOST_ATTEMPTS - recent.count };
  if (recent.count === MOST_ATTEMPTS + 1) {
    // Once for each row of guesses: the log must not grow with every further one.
    await recordSecurityEvent(sql, { kind: 'sign_in.throttled', isRefused: true, personId: null, address: from });
  }
  const freeAgainAt = recent.freeAgainAt ?? recent.now;
  return {
    refused: 'too_many_attempts',
    retryAfterSeconds: Math.max(1, Math.ceil((freeAgainAt.getTime() - recent.now.getTime()) / 1000)),
    retryAt: villageTime(new Date(Math.ceil(freeAgainAt.getTime() / 60_000) * 60_000)),
  };
}

/** The attempt was right: it and the wrong ones before it no longer count. Sweeps out what is too old to count. */
export async function forgiveAttempts(sql: Reader, { username, address }: Attempt): Promise<void> {
  await sql`
    delete from sign_in_failure
     where (username = ${username} and address = ${address})
        or failed_at < now() - interval '1 day'`;
}
