import type { HouseholdCard } from '../cards/index.ts';
import type { ClaimStep } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { twinRules } from '../rules/index.ts';
import { type AwardForm, pickField } from './award-form.ts';
import { MOST_CARDS, previewAwards } from './award-points.ts';
import { awardSelection } from './award-selection.ts';
import type { AwardRefusal, CardRefusal } from './decide-awards.ts';
import type { OpenName } from './decide-selection.ts';
import { sameDayAwards } from './same-day-awards.ts';

/** In order of precedence: the names come before what the ledger would say. */
export type PreviewRefusal =
  | AwardRefusal
  | { refused: 'name_unknown'; name: string }
  | { refused: 'name_ambiguous'; name: string; count: number }
  | { refused: 'too_many_cards'; count: number };

export interface AwardPreview {
  rule: { code: string; name: string; pointsCentipoints: number };
  /** All cards that were chosen, those that are refused included. */
  numbers: string[];
  open: (Omit<OpenName, 'candidates'> & { field: string; candidates: NamedCard[] })[];
  excluded: (NamedCard & {
    reason: CardRefusal['refused'];
    balanceCentipoints: number;
    missingCentipoints: number;
    /** Of the limit that leaves nothing. */
    mostCentipoints: number;
    /** Of a reminder: the first day on which points may be taken. */
    until: string;
  })[];
  lines: (NamedCard & {
    balanceCentipoints: number;
    amountCentipoints: number;
    balanceAfterCentipoints: number;
    isRepeated: boolean;
    isSameDay: boolean;
    /** Names of other rules that it has on this day and that may be about the same act. */
    twins: string[];
    leftOver: string[];
    /** Cut to what a limit leaves. */
    isCut: boolean;
    /** Of a deduction: what is taken from nobody, for the household would stay too far behind. */
    beyondCentipoints: number;
    /** Who has to agree before it counts; nobody: at once. */
    needs: readonly ClaimStep[];
  })[];
  skippedNames: string[];
}

interface NamedCard {
  number: string;
  headName: string;
  groupName: string;
}

/** Everything that the preview shows, and nothing is written. */
export async function awardPreview(
  sql: Reader,
  villageId: number,
  form: AwardForm,
  today: string,
): Promise<AwardPreview | PreviewRefusal> {
  const { rule, occurredOn } = form;
  const selected = await awardSelection(sql, villageId, form);
  const { numbers, households, repeated, leftOver } = selected;
  if (numbers.length > MOST_CARDS) return { refused: 'too_many_cards', count: MOST_CARDS };
  const twinNames = await twinRules(sql, villageId, { code: rule, day: occurredOn });
  const [decided, sameDay] = await Promise.all([
    previewAwards(sql, villageId, { rule, occurredOn, cards: numbers }, today),
    sameDayAwards(sql, villageId, { rules: [rule, ...twinNames.keys()], occurredOn }),
  ]);
  if ('refused' in decided) return decided;
  const named = (number: string): NamedCard => nameOf(number, households);
  return {
    rule: decided.rule,
    numbers,
    open: selected.open.map(({ candidates, ...name }) => ({
      ...name,
      field: pickField(name.place),
      candidates: candidates.map(named),
    })),
    excluded: decided.refusals.map((refusal) => ({
      ...named(refusal.number),
      reason: refusal.refused,
      balanceCentipoints: 'balanceCentipoints' in refusal ? refusal.balanceCentipoints : 0,
      missingCentipoints: 'missingCentipoints' in refusal ? refusal.missingCentipoints : 0,
      mostCentipoints: 'mostCentipoints' in refusal ? refusal.mostCentipoints : 0,
      until: 'until' in refusal ? refusal.until : '',
    })),
    lines: decided.lines.map(
      ({ number, amountCentipoints, needs, balanceAfterCentipoints, beyondCentipoints = 0 }) => ({
        ...named(number),
        amountCentipoints,
        balanceAfterCentipoints,
        needs,
        balanceCentipoints: needs.length > 0 ? balanceAfterCentipoints : balanceAfterCentipoints - amountCentipoints,
        isRepeated: repeated.has(number),
        isSameDay: sameDay.get(number)?.includes(rule) ?? false,
        twins: (sameDay.get(number) ?? []).flatMap((code) => twinNames.get(code) ?? []),
        leftOver: leftOver.get(number) ?? [],
        isCut: amountCentipoints - beyondCentipoints !== decided.rule.pointsCentipoints,
        beyondCentipoints,
      }),
    ),
    skippedNames: form.skipped.map((number) => households.get(number)?.headName ?? number),
  };
}

function nameOf(number: string, households: ReadonlyMap<string, HouseholdCard>): NamedCard {
  const card = households.get(number);
  return { number, headName: card?.headName ?? '', groupName: card?.groupName ?? '' };
}
