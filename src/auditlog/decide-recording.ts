/** A village's newest signed checkpoint, and what its county's log holds of it. */
export interface VillageHead {
  code: string;
  size: number;
  /** Null when the county has none of it. */
  recordedSize: number | null;
}

/**
 * Which villages' checkpoints are due in the log of their county: those that have grown since, and only when the last ones are
 * old enough, so that the county's log does not grow faster than what it is for.
 */
export function decideRecording(
  villages: readonly VillageHead[],
  { lastRecordedMs, nowMs, pauseMs }: { lastRecordedMs: number | null; nowMs: number; pauseMs: number },
): string[] {
  if (lastRecordedMs !== null && nowMs - lastRecordedMs < pauseMs) return [];
  return villages
    .filter(({ size, recordedSize }) => size > (recordedSize ?? 0))
    .map(({ code }) => code)
    .sort();
}
