import { z } from 'zod';
import { dayText } from '../platform/calendar-text.ts';
import { allOf, lastOf } from '../platform/http/form-fields.ts';

const text = z.preprocess((value) => (lastOf(value) ?? '').slice(0, 2_000), z.string());

/** Ticks one by one, or a list that a page carries along. */
const list = z.preprocess(
  (value) =>
    allOf(value)
      .flatMap((part) => part.split(',').filter(Boolean))
      .slice(0, 1_000),
  z.array(z.string()),
);

export const decisionForm = z.object({ claims: list, decision: text, reason: text, idempotencyKey: text });

export const claimForm = z.object({
  note: text,
  withdrawal: text,
  objection: text,
  outcome: text,
  answer: text,
  witness: text,
  idempotencyKey: text,
});

export const filingForm = z.object({
  card: text,
  rule: text,
  occurredOn: text,
  note: text,
  forWhom: text,
  filedBy: text,
  idempotencyKey: text,
});

export const ownObjectionForm = z.object({ claim: text, reason: text, idempotencyKey: text });

export function hasLength(value: string, least: number, most: number): boolean {
  return value.length >= least && value.length <= most;
}

export type FilingForm = z.infer<typeof filingForm>;

export interface MissingField {
  name: string;
  key: `claims.file.${'card' | 'rule' | 'day' | 'note'}Error`;
}

/** What the form itself lacks, by field, with the text that says so. */
export function missingFields(form: FilingForm, asksCard: boolean): MissingField[] {
  return [
    ...(asksCard && !hasLength(form.card, 1, 200) ? [{ name: 'card', key: 'claims.file.cardError' as const }] : []),
    ...(hasLength(form.rule, 1, 40) ? [] : [{ name: 'rule', key: 'claims.file.ruleError' as const }]),
    ...(dayText.safeParse(form.occurredOn).success
      ? []
      : [{ name: 'occurredOn', key: 'claims.file.dayError' as const }]),
    ...(hasLength(form.note, 2, 100) ? [] : [{ name: 'note', key: 'claims.file.noteError' as const }]),
  ];
}
