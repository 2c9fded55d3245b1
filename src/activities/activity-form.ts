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

/** A household a line: its card number, a space, and who came; or the number of the first line that says something else. */
export function readMembers(typed: string): Map<string, string> | { wrongLine: number } {
  const members = new Map<string, string>();
  const lines = typed.split(/\r?\n/);
  for (const [place, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const [, number, names] = /^\s*(\d{10})[\s,，、:：]+(.{1,60})$/.exec(line) ?? [];
    if (number === undefined || names === undefined) return { wrongLine: place + 1 };
    members.set(number, names.trim());
  }
  return members;
}
