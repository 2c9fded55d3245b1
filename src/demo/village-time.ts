/** Village time is UTC+8 all the year round. */
const HOURS_AHEAD_OF_UTC = 8;

/** The instant at which a village's clock shows this minute of this day. */
export function instantAt(day: string, minuteOfDay: number, second = 0): Date {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, month - 1, date, -HOURS_AHEAD_OF_UTC, minuteOfDay, second));
}

/** `at(9, 30)` → 570. */
export function at(hour: number, minute = 0): number {
  return hour * 60 + minute;
}
