import type { HouseholdCard, Member } from '../cards/index.ts';
import type { ClaimStep } from '../claims/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { twinRules } from '../rules/index.ts';
import { type AwardForm, memberAnswer, memberAnswers, pickField, timesOf } from './award-form.ts';
import { MOST_CARDS, previewAwards } from './award-points.ts';
import { awardSelection, type People } from './award-selection.ts';
import type { AwardRefusal, CardRefusal, LineRefusal } from './decide-awards.ts';
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
    /** Who of the household, where only that person is left out. */
    memberName: string | undefined;
    /** What leaves it out. */
    skip: string;
    reason: CardRefusal['refused'];
    balanceCentipoints: number;
    missingCentipoints: number;
    /** Of the limit that leaves nothing. */
    mostCentipoints: number;
    /** Of a reminder: the first day on which points may be taken, or the rule that one is to be given for. */
    until: string;
    rule: string;
  })[];
  lines: (NamedCard & {
    balanceCentipoints: number;
    amountCentipoints: number;
    balanceAfterCentipoints: number;
    isRepeated: boolean;
    /** Several people of the household who were pasted, where the rule counts the household once. */
    oneHousehold: string[];
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
    /** Others of the household, each with the answer that names her too; only with its last line. */
    others: { name: string; answer: string }[];
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
  /** The answer that names all of them. */
  everybody: string | undefined;
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
  const { households, people, repeated, persons, leftOver } = selected;
  const { numbers, meant } = whoIsMeant(selected.numbers, form, people);
  if (numbers.length > MOST_CARDS) return { refused: 'too_many_cards', count: MOST_CARDS };
  const twinNames = await twinRules(sql, villageId, { code: rule, day: occurredOn });
  const [decided, hasAlready] = await Promise.all([
    previewAwards(sql, villageId, { rule, occurredOn, times: timesOf(form), cards: numbers, members: meant }, today),
    sameDayAwards(sql, villageId, { rules: [rule, ...twinNames.keys()], occurredOn }),
  ]);
  if ('refused' in decided) return decided;
  const named = (number: string): NamedCard => nameOf(number, households);
  const isEach = decided.rule.capPer === 'person';
  const isAsked = ({ refused, number }: CardRefusal) =>
    (refused === 'member_missing' || refused === 'unknown_member') && people.has(number);
  const asked = new Set(decided.refusals.filter(isAsked).map(({ number }) => number));
  const unnamed = [...asked].map((number) => memberQuestion(named(number), people.get(number)?.members ?? []));
  const pastedNames = (number: string) => persons.get(number) ?? [];
  const drawnName = (number: string, member: { memberId: number } | undefined) =>
    people.get(number)?.members.find(({ memberId }) => memberId === member?.memberId)?.pseudonym;
  const sameDay = (codes: readonly string[]) => ({
    isSameDay: codes.includes(rule),
    twins: codes.flatMap((code) => twinNames.get(code) ?? []),
  });
  const isLastOf = (number: string, place: number) => decided.lines[place + 1]?.number !== number;
  return {
    rule: decided.rule,
    numbers,
    open: [...namedOpen(selected.open, households), ...unnamed],
    excluded: decided.refusals
      .filter((refusal) => !isAsked(refusal))
      .map((refusal) => ({
        ...named(refusal.number),
        memberName: refusal.member?.name,
        skip: skipOf(refusal),
        reason: refusal.refused,
        balanceCentipoints: 'balanceCentipoints' in refusal ? refusal.balanceCentipoints : 0,
        missingCentipoints: 'missingCentipoints' in refusal ? refusal.missingCentipoints : 0,
        mostCentipoints: 'mostCentipoints' in refusal ? refusal.mostCentipoints : 0,
        until: 'until' in refusal ? refusal.until : '',
        rule: refusal.refused === 'reminder_needed' ? refusal.rule : '',
      })),
    lines: decided.lines.map(
      ({ number, member, amountCentipoints, needs, balanceAfterCentipoints, beyondCentipoints = 0 }, place) => ({
        ...named(number),
        ...sameDay(hasAlready({ number, member: drawnName(number, member) })),
        amountCentipoints,
        balanceAfterCentipoints,
        member,
        others: isEach && isLastOf(number, place) ? othersOf(number, meant, people) : [],
        needs,
        balanceCentipoints: needs.length > 0 ? balanceAfterCentipoints : balanceAfterCentipoints - amountCentipoints,
        isRepeated: member
          ? pastedNames(number).filter((name) => name === member.name).length > 1
          : repeated.has(number) && new Set(pastedNames(number)).size < 2,
        oneHousehold: isEach ? [] : [...new Set(pastedNames(number))].slice(0, MOST_NAMED),
        leftOver: leftOver.get(number) ?? [],
        isCut: amountCentipoints - beyondCentipoints !== decided.rule.pointsCentipoints,
        beyondCentipoints,
      }),
    ),
    skippedNames: form.skipped.map((answer) => nameOfSkipped(answer, households, people)),
  };
}

/** Of a household whose people were pasted together; more are not read. */
const MOST_NAMED = 10;

/**
 * By card: who was pasted or chosen, or who alone can be meant, and is not left out. A household of which everybody who was meant is
 * left out is left out itself.
 */
function whoIsMeant(
  numbers: readonly string[],
  { members: chosen, skippedMembers }: AwardForm,
  people: People,
): { numbers: string[]; meant: Record<string, number[]> } {
  const left: string[] = [];
  const meant: Record<string, number[]> = {};
  for (const number of numbers) {
    const { members, meant: pasted } = people.get(number) ?? { members: [], meant: [] };
    const named = [...new Set([...pasted.map(({ memberId }) => memberId), ...(chosen[number] ?? [])])];
    const [only] = members;
    const all = named.length === 0 && only && members.length === 1 ? [only.memberId] : named;
    const staying = all.filter((memberId) => !skippedMembers[number]?.includes(memberId));
    if (all.length > 0 && staying.length === 0) continue;
    left.push(number);
    if (staying.length > 0) meant[number] = staying;
  }
  return { numbers: left, meant };
}

/** Of a person whose line is refused she alone, else the household. */
function skipOf({ number, member }: LineRefusal): string {
  return member ? memberAnswer(number, member.memberId) : number;
}

function othersOf(number: string, meant: Readonly<Record<string, readonly number[]>>, people: People) {
  const others = people.get(number)?.members.filter(({ memberId }) => !meant[number]?.includes(memberId)) ?? [];
  return others.map(({ memberId, name }) => ({ name, answer: memberAnswer(number, memberId) }));
}

function nameOfSkipped(answer: string, households: ReadonlyMap<string, HouseholdCard>, people: People): string {
  const [number = '', memberId] = answer.split(':');
  const person = people.get(number)?.members.find((member) => String(member.memberId) === memberId);
  return person?.name ?? households.get(number)?.headName ?? number;
}

function memberQuestion({ number, headName, groupName }: NamedCard, members: readonly Member[]): OpenMember {
  return {
    kind: 'member',
    field: 'members',
    text: headName,
    card: number,
    everybody:
      members.length > 1 ? memberAnswers({ [number]: members.map(({ memberId }) => memberId) }).join(',') : undefined,
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
