/**
 * The award form without a script: Enter in the field for scanning chooses one household after the other, and each answer is the form
 * again with one more of them. Nothing is written, and what is not clear is asked and never guessed.
 */
import type { Reader } from '../platform/database/db.ts';
import type { AwardForm } from './award-form.ts';
import { type AwardPreview, namedOpen } from './award-preview.ts';
import { awardSelection } from './award-selection.ts';
import { likelyFirst } from './decide-likely.ts';

export type OpenNames = AwardPreview['open'];

/** Enter presses the form's first button; only where a code stands in its field it is meant for that. */
export function isCollecting({ find, code, take }: AwardForm): boolean {
  return take !== '' || (find !== '' && code.trim() !== '');
}

/** The cards that are chosen by now, and what was typed but fits nobody or several. */
export async function collectHousehold(
  sql: Reader,
  villageId: number,
  { take, code, cards }: AwardForm,
): Promise<{ cards: string[]; open: OpenNames }> {
  if (take !== '') return { cards: [...new Set([...cards, take])], open: [] };
  const typed = { names: code, groups: [], cards: [], picks: new Map(), skipped: [] };
  const { numbers, open, households } = await awardSelection(sql, villageId, typed);
  const guessed = open.map((name) =>
    /^[a-z]+$/i.test(name.text) ? { ...name, candidates: likelyFirst(name.candidates, cards, households) } : name,
  );
  return { cards: [...new Set([...cards, ...numbers])], open: namedOpen(guessed, households) };
}
