/** What this browser still has of an award that was not recorded: of this reader, in this village, not older than a sign-in lasts. */
import { DRAFT_PREFIX } from './draft-prefix.ts';

export interface Draft {
  savedAt: number;
  fields: [name: string, value: string][];
}

const KEPT_MS = 12 * 3_600_000;

export function draftName(): string {
  const { reader = '', village = '' } = document.documentElement.dataset;
  return `${DRAFT_PREFIX}award ${reader} ${village}`;
}

export function readDraft(): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(draftName()) ?? 'null') as Draft | null;
    return draft && Date.now() - draft.savedAt < KEPT_MS ? draft : null;
  } catch {
    return null;
  }
}
