import { z } from 'zod';
import { allOf, lastOf, rowNumber } from '../platform/http/form-fields.ts';
import { parsePoints } from '../platform/points.ts';
import type { HouseholdChange, HouseholdChangeKind } from './household-change.ts';
import { readNames } from './household-fields.ts';

/** What stands in the fields of a change's form, kept when the form comes back. */
const CHANGE_FIELDS = [
  'reason',
  'headName',
  'group',
  'memberCount',
  'phone',
  'points',
  'into',
  'leaving',
  'members',
  'newHead',
  'names',
  'member',
  'newName',
] as const;

export type ChangeField = (typeof CHANGE_FIELDS)[number];
export type ChangeValues = Partial<Record<ChangeField, string>>;

const text = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(lastOf, schema);

/** A name as it is written on paper: no digits, no line ends, spaces between characters taken out. */
const name = z
  .string()
  .transform((typed) => typed.normalize('NFKC').replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, ''))
  .pipe(z.string().regex(/^[\p{L}\p{M}·.' -]{1,20}$/u));

const people = z
  .string()
  .transform((count) => count.normalize('NFKC'))
  .pipe(z.string().regex(/^[1-9]\d?$/))
  .transform(Number);

const reason = text(z.string().max(100));

/** Ticks, or the list that the page before carries along. */
const chosen = z.preprocess(
  (value) => allOf(value).flatMap((part) => part.split(',').filter(Boolean)),
  z.array(rowNumber).max(99),
);

const names = text(
  z.string().transform((typed, context) => {
    const read = readNames(typed);
    if (read !== null && read.length > 0) return read;
    context.addIssue({ code: 'custom' });
    return z.NEVER;
  }),
);

const split = z.object({
  reason,
  headName: text(name),
  groupId: text(rowNumber),
  memberCount: text(people),
  members: chosen,
  phone: text(
    z
      .string()
      .transform((phone) => phone.normalize('NFKC').replaceAll(' ', ''))
      .pipe(z.string().regex(/^\+?[\d-]{5,20}$/))
      .optional(),
  ).transform((phone) => phone ?? null),
  centipoints: text(
    z
      .string()
      .transform((points) => parsePoints(points.normalize('NFKC')))
      .pipe(z.int().min(0)),
  ),
});

const departure = z.object({
  reason,
  leaving: text(people),
  members: chosen,
  newHead: text(name.optional()).transform((head) => head ?? null),
});

/** The form's names for what the change calls otherwise. */
const FIELD_OF: Partial<Record<string, ChangeField>> = { groupId: 'group', centipoints: 'points' };

/** The change that was typed, or the fields that are wrong. Whom a household goes over to is found afterwards. */
export function readChange(
  kind: HouseholdChangeKind,
  card: string,
  body: Record<string, unknown>,
): { change: HouseholdChange } | { wrong: ChangeField[] } {
  const given = { ...body, groupId: body['group'], centipoints: body['points'] };
  const parsed = schemaOf(kind).safeParse(given);
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return { wrong: CHANGE_FIELDS.filter((field) => [...names].some((named) => (FIELD_OF[named] ?? named) === field)) };
  }
  // The schema was chosen by the kind.
  return { change: { kind, card, ...parsed.data } as HouseholdChange };
}

function schemaOf(kind: HouseholdChangeKind) {
  if (kind === 'split') return split;
  if (kind === 'merger') return z.object({ reason, into: text(z.string().max(200)) });
  if (kind === 'naming') return z.object({ reason: text(z.string().max(100).default('')), names });
  if (kind === 'correction') return z.object({ reason, member: text(rowNumber), newName: text(name) });
  if (kind === 'arrival') return z.object({ reason, names });
  return kind === 'departure' ? departure : z.object({ reason });
}

export function typedChange(body: Record<string, unknown>): ChangeValues {
  return Object.fromEntries(
    CHANGE_FIELDS.flatMap((field) => {
      const given = allOf(body[field]);
      if (given.length === 0) return [];
      return [[field, field === 'members' ? given.join(',') : (lastOf(body[field]) ?? '')]];
    }),
  );
}
