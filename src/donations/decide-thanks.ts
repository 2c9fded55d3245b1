/**
 * 捐款加分: a rule that gives points by what somebody gave says in its unit for how many yuan each, such as 每10元. A gift of 99 yuan is nine
 * times ten.
 */
import { MOST_TIMES } from '../claims/decide-caps.ts';

export function timesOfSum({ unit }: { unit: string }, fen: number): number | null {
  const yuan = Number(/(\d{1,6})\s*元/.exec(unit)?.[1] ?? 0);
  if (yuan === 0) return null;
  const times = Math.floor(fen / (yuan * 100));
  return times >= 1 && times <= MOST_TIMES ? times : null;
}
