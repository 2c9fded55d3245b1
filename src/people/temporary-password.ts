import { addDays, villageDay } from '../platform/clock.ts';

/** A password that somebody else has seen is good for the first days alone. */
const TEMPORARY_DAYS = 14;

export type TemporaryPasswordOver = { refused: 'temporary_password_over'; days: number };

/** The last day on which the password that came with an account opens it. */
export function lastDayOfTemporary(createdOn: string): string {
  return addDays(createdOn, TEMPORARY_DAYS);
}

export function checkTemporary(
  { mustChangePassword, createdAt }: { mustChangePassword: boolean; createdAt: Date },
  today: string,
): TemporaryPasswordOver | null {
  if (!mustChangePassword || today <= lastDayOfTemporary(villageDay(createdAt))) return null;
  return { refused: 'temporary_password_over', days: TEMPORARY_DAYS };
}
