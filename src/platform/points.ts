/**
 * Points are integers in hundredths everywhere but on a page: 950 centipoints are 9.5 points.
 * Nothing here uses floating point, so no balance can drift.
 */

/** `950` → `"9.5"`, `-200` → `"-2"`, `90` → `"0.9"`: exact, without trailing zeros. */
export function formatPoints(centipoints: number): string {
  const sign = centipoints < 0 ? '-' : '';
  const magnitude = Math.abs(centipoints);
  const whole = Math.floor(magnitude / 100);
  const rest = magnitude % 100;
  if (rest === 0) return `${sign}${whole}`;
  return `${sign}${whole}.${String(rest).padStart(2, '0').replace(/0$/, '')}`;
}

/** `250` → `"+2.5"`, `-200` → `"−2"` (a true minus sign, for columns that people read). */
export function formatSignedPoints(centipoints: number): string {
  if (centipoints < 0) return `−${formatPoints(-centipoints)}`;
  return centipoints > 0 ? `+${formatPoints(centipoints)}` : '0';
}

/** `"9.5"` → `950`. Answers null for anything but at most two decimals (also for full-width digits left unfolded). */
export function parsePoints(text: string): number | null {
  const match = /^([+-]?)(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  const magnitude = Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}

/** What points are worth; of a part of a fen a whole one, to the good of the household. */
export function fenOf(centipoints: number, fenPerPoint: number): number {
  return Math.ceil((centipoints * fenPerPoint) / 100);
}
