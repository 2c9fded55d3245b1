/**
 * Village time is Asia/Shanghai (no summer time since 1991), storage is UTC.
 * Days are ISO strings (`2026-11-21`) so that no time zone can shift them; months are `2026-11`.
 */

const AHEAD_OF_UTC_MS = 8 * 3_600_000;

/** The calendar day in the village at an instant: `2026-11-21`. */
export function villageDay(instant: Date): string {
  return onVillageClocks(instant).slice(0, 10);
}

/** The time on the village's clocks at an instant: `09:12`. */
export function villageTime(instant: Date): string {
  return onVillageClocks(instant).slice(11, 16);
}

function onVillageClocks(instant: Date): string {
  return new Date(instant.getTime() + AHEAD_OF_UTC_MS).toISOString();
}

/** The calendar month of a day: `2026-11-21` → `2026-11`. */
export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** First and last day of a month: `2026-11` → `2026-11-01`, `2026-11-30`. */
export function monthBounds(month: string): { firstDay: string; lastDay: string } {
  const [year, monthNumber] = month.split('-').map(Number) as [number, number];
  const lastDay = new Date(Date.UTC(year, monthNumber, 0)).getUTCDate();
  return { firstDay: `${month}-01`, lastDay: `${month}-${String(lastDay).padStart(2, '0')}` };
}

/** `addDays('2026-11-30', 1)` → `2026-12-01`. */
export function addDays(day: string, days: number): string {
  const instant = new Date(`${day}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}

/** `daysBetween('2026-11-29', '2026-12-01')` → 2; below nothing when `to` comes first. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** The first moment that no longer belongs to a day: what was recorded before it stood on the board that evening. */
export function endOfDay(day: string): Date {
  return new Date(`${addDays(day, 1)}T00:00:00+08:00`);
}

/** `addMonths('2026-01', -1)` → `2025-12`. */
export function addMonths(month: string, months: number): string {
  const [year, monthNumber] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, monthNumber - 1 + months, 1)).toISOString().slice(0, 7);
}
