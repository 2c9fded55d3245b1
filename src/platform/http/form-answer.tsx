/** What a form that was sent is answered with: the same form again, with what is wrong with it and what to do next. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Notice } from '../../../views/shared/notice.tsx';
import { refusalText } from '../../../views/shared/refusal-text.ts';
import { newIdempotencyKey } from '../ids.ts';
import { lastOf } from './form-fields.ts';
import { type Refusal, refusalStatus } from './refusals.ts';

/** Room is left behind the key for what one press posts besides. */
const LONGEST_KEY = 150;

/** The key that was drawn with the form; a form that lost its own gets a fresh one. */
export function keyOf(form: { idempotencyKey?: unknown }): string {
  return lastOf(form.idempotencyKey)?.slice(0, LONGEST_KEY) ?? newIdempotencyKey();
}

/** The key for the same form again: one that was used for something else would be refused for ever. */
export function keyAfter(refusal: Refusal | undefined, key: string): string {
  return refusal?.refused === 'key_reused' ? newIdempotencyKey() : key;
}

export function setStatus(
  reply: FastifyReply,
  { errors, refusal }: { errors: readonly unknown[]; refusal: Refusal | undefined },
): void {
  if (refusal) reply.code(refusalStatus(refusal));
  else if (errors.length > 0) reply.code(422);
}

/** Why the village's rules stand against it, said where the eye and the screen reader go first. */
export function refusalNotice({ locale }: Pick<FastifyRequest, 'locale'>, refusal: Refusal) {
  return (
    <Notice kind="refusal" focused>
      {refusalText(locale, refusal)}
    </Notice>
  );
}
