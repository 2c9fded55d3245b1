import { z } from 'zod';
import { allOf, lastOf } from '../platform/http/form-fields.ts';

const text = z.preprocess((value) => lastOf(value) ?? '', z.string().max(4_000));

export const activityForm = z.object({
  kind: text,
  name: text,
  place: text,
  occurredOn: text,
  rule: text,
  members: text,
  cards: z.preprocess((value) => allOf(value), z.array(z.string().max(20)).max(2_000)),
  idempotencyKey: text,
});

export type ActivityForm = z.infer<typeof activityForm>;

/** A line of those who came by name: which household it means, as somebody typed it, and who. */
export interface MembersLine {
  line: number;
  household: string;
  names: string;
}

/** A household a line: its card number or name, a space, and who came; or the number of the first line that says something else. */
export function readMembers(typed: string): MembersLine[] | { wrongLine: number } {
  const read: MembersLine[] = [];
  for (const [place, text] of typed.split(/\r?\n/).entries()) {
    if (text.trim() === '') continue;
    const [, household, names] = /^\s*([^\s,，、:：]{1,20})[\s,，、:：]+(.{1,60})$/.exec(text) ?? [];
    if (household === undefined || names === undefined) return { wrongLine: place + 1 };
    read.push({ line: place + 1, household, names: names.trim() });
  }
  return read;
}
