/**
 * The award form without a script: Enter in the field for scanning chooses one household after the other, and each answer is the form
 * again with one more of them. Nothing is written, and what is not clear is asked and never guessed.
 */
import type { Reader } from '../platform/database/db.ts';
import { type AwardForm, byCard, personsOf } from './award-form.ts';
import { type AwardPreview, namedOpen } from './award-preview.ts';
import { awardSelection } from './award-selection.ts';
import { likelyFirst } from './decide-likely.ts';
import { decidePastedList } from './decide-pasted-list.ts';

export type OpenNames = AwardPreview['open'];

/** Enter presses the form's first button; only where a code stands in its field it is meant for that. */
export function isCollecting({ find, code, take }: AwardForm): boolean {
  return take !== '' || (find !== '' && code.trim() !== '');
}

/** The cards and persons that are chosen by now, and what was typed but fits nobody or several. */
export async function collectHousehold(
  sql: Reader,
  villageId: number,
  { take, asked, code, cards, members }: AwardForm,
): Promise<{ cards: string[]; members: AwardForm['members']; open: OpenNames }> {
  // Of several that fit one was pressed: it answers what was asked, which still says who of the household is meant.
  const words = take === '' ? [] : decidePastedList(asked).flatMap((entry) => entry.words);
  const picks = new Map(words.map((_, place) => [place, take] as const));
  const names = take === '' ? code : asked;
  const typed = { names, groups: [], cards: take === '' ? [] : [take], picks, skipped: [] };
  const { numbers, open, households, people } = await awardSelection(sql, villageId, typed);
  const meant = numbers.flatMap((number) =>
    (people.get(number)?.meant ?? []).map(({ memberId }) => ({ number, memberId })),
  );
  const chosen = {
    cards: [...new Set([...cards, ...numbers])],
    members: byCard([...personsOf(members), ...meant]),
  };
  if (take !== '') return { ...chosen, open: [] };
  const guessed = open.map((name) =>
    /^[a-z]+$/i.test(name.text) ? { ...name, candidates: likelyFirst(name.candidates, cards, households) } : name,
  );
  return { ...chosen, open: namedOpen(guessed, households) };
}
