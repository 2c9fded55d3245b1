import { z } from 'zod';
import { MOST_TIMES } from '../claims/index.ts';
import { dayText } from '../platform/calendar-text.ts';
import { allOf, lastOf } from '../platform/http/form-fields.ts';
import { newIdempotencyKey } from '../platform/ids.ts';
import { SKIP } from './decide-selection.ts';

/** Longer texts are cut before they are read; more than any village has households. */
const LONGEST_NAMES = 60_000;

const LONGEST_NOTE = 100;

const text = z.preprocess((value) => lastOf(value) ?? '', z.string());

/** Ticks arrive one by one, lists that a page carries along as one field with commas. */
const list = z.preprocess(
  (value) => allOf(value).flatMap((part) => part.split(',').filter(Boolean)),
  z.array(z.string()),
);

/** The award form and everything that the preview sends along with it. What is missing is empty; nothing is refused here. */
export const awardForm = z
  .object({
    idempotencyKey: text,
    /** Drawn with the empty form; the first preview makes it the idempotency key. */
    draftKey: text,
    rule: text,
    ruleQuery: text,
    /** The button beside the search for rules: the form's first, so it is also what Enter in any of its fields presses. */
    find: text,
    /** Without a script the rules that were used lately are buttons too, which go on with theirs. */
    nextRule: text,
    /** What stands in the field for scanning. */
    code: text,
    /** A household that was chosen among those that fit what was asked, which goes along with the page that asks. */
    take: text,
    asked: text,
    /** The button that leads back to the form. */
    change: text,
    occurredOn: text,
    /** For how many of the rule's units; empty: one. */
    times: text,
    note: text,
    /** The sum that the preview showed, in hundredths. */
    total: text,
    names: z
      .preprocess((value) => allOf(value).join('\n').trim(), z.string())
      .transform((names) => names.slice(0, LONGEST_NAMES)),
    groups: list,
    /** Earlier awards, whose households are meant again. */
    lists: list,
    cards: list,
    /** Whom of a household it is about: card and member, as 0010010001:5. */
    members: list,
    skip: list,
    /** Photos that came with an answer before: they are not sent again. */
    photoIds: list,
  })
  .catchall(z.unknown())
  .transform(({ groups, skip, members, nextRule, names, ...form }) => ({
    ...form,
    members: membersOf(members),
    /** Of a household somebody alone, not all of it. */
    skippedMembers: membersOf(skip),
    rule: nextRule || form.rule,
    /** The code comes last: what was answered for the lines above it stays in its place. */
    names: [names, form.code].join('\n').trim().slice(0, LONGEST_NAMES),
    listed: names,
    groups: groups.map(Number).filter(Number.isSafeInteger),
    skipped: skip,
    picks: picksOf(form),
  }));

export type AwardForm = z.infer<typeof awardForm>;

/** The field that answers for the pasted name at this place. */
export function pickField(place: number): string {
  return `pick-${place}`;
}

/** What answers whom of a household it is about. */
export function memberAnswer(card: string, memberId: number): string {
  return `${card}:${memberId}`;
}

function membersOf(answers: readonly string[]): Record<string, number[]> {
  return byCard(
    answers.flatMap((answer) => {
      const [, card, member] = /^(\d{10}):([1-9]\d{0,8})$/.exec(answer) ?? [];
      return card && member ? [{ number: card, memberId: Number(member) }] : [];
    }),
  );
}

/** Each person once. */
export function byCard(persons: readonly { number: string; memberId: number }[]): Record<string, number[]> {
  const members: Record<string, number[]> = {};
  for (const { number, memberId } of persons) {
    members[number] = [...new Set([...(members[number] ?? []), memberId])];
  }
  return members;
}

/** The way back. */
export function personsOf(
  members: Readonly<Record<string, readonly number[]>>,
): { number: string; memberId: number }[] {
  return Object.entries(members).flatMap(([number, ids]) => ids.map((memberId) => ({ number, memberId })));
}

/** As the form sends them. */
export function memberAnswers(members: Readonly<Record<string, readonly number[]>>): string[] {
  return personsOf(members).map(({ number, memberId }) => memberAnswer(number, memberId));
}

function picksOf(form: Readonly<Record<string, unknown>>): Map<number, string> {
  return new Map(
    Object.entries(form).flatMap(([name, value]) => {
      const place = /^pick-(\d{1,4})$/.exec(name)?.[1];
      const pick = lastOf(value);
      return place !== undefined && pick !== undefined && (pick === SKIP || /^\d{10}$/.test(pick))
        ? [[Number(place), pick] as const]
        : [];
    }),
  );
}

/** Of what the form becomes: kept from the empty form to the last press, so that Back and a second press are the same award. */
export function keyOf({ idempotencyKey, draftKey }: AwardForm): string {
  const kept = idempotencyKey === '' ? draftKey : idempotencyKey;
  return kept === '' ? newIdempotencyKey() : kept;
}

/** Exactly what a preview showed, in the names of the form. */
export function decidedFields(
  { rule, occurredOn, times, note, photoIds }: AwardForm,
  lines: readonly { number: string; amountCentipoints: number; member?: { memberId: number } | undefined }[],
): Record<string, string> {
  const total = lines.reduce((sum, { amountCentipoints }) => sum + amountCentipoints, 0);
  const members = lines.flatMap(({ number, member }) => (member ? [memberAnswer(number, member.memberId)] : []));
  return {
    rule,
    occurredOn,
    times,
    note,
    total: String(total),
    cards: [...new Set(lines.map(({ number }) => number))].join(','),
    ...(members.length > 0 && { members: members.join(',') }),
    ...(photoIds.length > 0 && { photoIds: photoIds.join(',') }),
  };
}

const day = dayText;

/** For how many of the rule's units; once where nothing is said. */
export function timesOf({ times }: Pick<AwardForm, 'times'>): number {
  return times === '' ? 1 : Number(times);
}

function areTimes(times: string): boolean {
  return /^\d{0,4}$/.test(times) && timesOf({ times }) >= 1 && timesOf({ times }) <= MOST_TIMES;
}

/** What the form itself lacks, by field. */
export function missingFields(form: AwardForm): ('rule' | 'groups' | 'occurredOn' | 'times' | 'note')[] {
  const isNobody = form.groups.length === 0 && form.cards.length === 0 && form.names.trim() === '';
  return [
    ...(form.rule === '' ? (['rule'] as const) : []),
    ...(isNobody ? (['groups'] as const) : []),
    ...(day.safeParse(form.occurredOn).success ? [] : (['occurredOn'] as const)),
    ...(areTimes(form.times) ? [] : (['times'] as const)),
    ...(form.note.length > LONGEST_NOTE ? (['note'] as const) : []),
  ];
}
