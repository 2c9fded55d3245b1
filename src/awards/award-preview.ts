import type { HouseholdCard, Member } from '../cards/index.ts';
import type { ClaimStep } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { twinRules } from '../rules/index.ts';
import { type AwardForm, memberAnswer, pickField, timesOf } from './award-form.ts';
import { MOST_CARDS, previewAwards } from './award-points.ts';
import { awardSelection, type People } from './award-selection.ts';
import type { AwardRefusal, CardRefusal } from './decide-awards.ts';
import type { OpenName } from './decide-selection.ts';
import { sameDayAwards } from './same-day-awards.ts';

/** In order of precedence: the names come before what the ledger would say. */
export type PreviewRefusal =
  | AwardRefusal
  | { refused: 'member_missing'; number: string; name: string }
  | { refused: 'name_unknown'; name: string }
  | { refused: 'name_ambiguous'; name: string; count: number }
  | { refused: 'too_many_cards'; count: number };

export interface AwardPreview {
  rule: { code: string; name: string; pointsCentipoints: number };
  /** All cards that were chosen, those that are refused included. */
  numbers: string[];
  open: (OpenChoice | OpenMember)[];
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
    /** Whom of the household it is about, where the rule's cap is each person's. */
    member: { memberId: number; name: string } | undefined;
    /** Who has to agree before it counts; nobody: at once. */
    needs: readonly ClaimStep[];
  })[];
  skippedNames: string[];
}

type OpenChoice = Pick<OpenName, 'text' | 'kind'> & { field: string; candidates: NamedCard[] };

/** Whom of a household it is about, where the rule's cap is each person's. */
interface OpenMember {
  kind: 'member';
  field: 'members';
  /** Name of its head, and its card. */
  text: string;
  card: string;
  candidates: NamedCard[];
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
  const { numbers, households, people, repeated, leftOver } = selected;
  if (numbers.length > MOST_CARDS) return { refused: 'too_many_cards', count: MOST_CARDS };
  const meant = membersMeant(numbers, form.members, people);
  const twinNames = await twinRules(sql, villageId, { code: rule, day: occurredOn });
  const [decided, sameDay] = await Promise.all([
    previewAwards(sql, villageId, { rule, occurredOn, times: timesOf(form), cards: numbers, members: meant }, today),
    sameDayAwards(sql, villageId, { rules: [rule, ...twinNames.keys()], occurredOn }),
  ]);
  if ('refused' in decided) return decided;
  const named = (number: string): NamedCard => nameOf(number, households);
  const isEach = decided.rule.capPer === 'person';
  const isAsked = ({ refused, number }: CardRefusal) =>
    (refused === 'member_missing' || refused === 'unknown_member') && people.has(number);
  const unnamed = decided.refusals
    .filter(isAsked)
    .map(({ number }) => memberQuestion(named(number), people.get(number)?.members ?? []));
  return {
    rule: decided.rule,
    numbers,
    open: [...namedOpen(selected.open, households), ...unnamed],
    excluded: decided.refusals
      .filter((refusal) => !isAsked(refusal))
      .map((refusal) => ({
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
        member: isEach ? people.get(number)?.members.find(({ memberId }) => memberId === meant[number]) : undefined,
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

/** Who was chosen, or who alone can be meant. */
function membersMeant(
  numbers: readonly string[],
  chosen: Readonly<Record<string, number>>,
  people: People,
): Record<string, number> {
  return Object.fromEntries(
    numbers.flatMap((number) => {
      const memberId = chosen[number] ?? people.get(number)?.meant?.memberId;
      return memberId === undefined ? [] : [[number, memberId] as const];
    }),
  );
}

function memberQuestion({ number, headName, groupName }: NamedCard, members: readonly Member[]): OpenMember {
  return {
    kind: 'member',
    field: 'members',
    text: headName,
    card: number,
    candidates: members.map(({ memberId, name }) => ({
      number: memberAnswer(number, memberId),
      headName: name,
      groupName,
    })),
  };
}

/** With the names of those who may be meant. */
export function namedOpen(open: readonly OpenName[], households: ReadonlyMap<string, HouseholdCard>): OpenChoice[] {
  return open.map(({ candidates, text, kind, place }) => ({
    text,
    kind,
    field: pickField(place),
    candidates: candidates.map((number) => nameOf(number, households)),
  }));
}

function nameOf(number: string, households: ReadonlyMap<string, HouseholdCard>): NamedCard {
  const card = households.get(number);
  return { number, headName: card?.headName ?? '', groupName: card?.groupName ?? '' };
}
