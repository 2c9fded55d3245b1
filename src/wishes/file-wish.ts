import { createHash } from 'node:crypto';
import { cardByNumber } from '../cards/index.ts';
import { HOUSEHOLD_ITSELF } from '../claims/index.ts';
import { type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { newPublicToken } from '../platform/ids.ts';
import type { WishKind } from './decide-wish.ts';
import { readWishes } from './wishes.ts';

export interface WishInput {
  villageId: number;
  /** Of the household's card. */
  number: string;
  kind: WishKind;
  words: string;
  contact: string | null;
  /** Public ids. */
  photos: readonly string[];
  idempotencyKey: string;
  /** Null: the household itself, from its card. */
  recordedBy: number | null;
  today: string;
}

/** In order of precedence. */
export type FilingRefusal = { refused: 'unknown_card'; number: string } | { refused: 'too_many_wishes'; most: number };

/** Of one household, until they are answered. */
const MOST_OPEN = 3;

/**
 * 许心愿: the row with what is personal comes first, under an id that follows from the key, so a repeat finds the same one; the act
 * makes it a wish. One that is refused leaves a row that nothing shows.
 */
export async function fileWish(
  db: Db,
  { villageId, number, kind, words, contact, photos, idempotencyKey, recordedBy, today }: WishInput,
): Promise<(PostedOperation & { wishId: string }) | FilingRefusal | CarryOutRefusal> {
  const { sql } = db;
  const wishId = idOf(`${villageId} ${idempotencyKey}`);
  const request = {
    villageId,
    kind: 'wish',
    idempotencyKey,
    request: { number, kind, words, contact },
    recordedBy: recordedBy ?? HOUSEHOLD_ITSELF,
  } as const;
  const outcome = await carryOut<FilingRefusal>(db, request, async () => {
    const card = await cardByNumber(sql, villageId, number);
    if (!card || card.status === 'closed') return { refused: 'unknown_card', number };
    const { wishes, logSize } = await readWishes(sql, villageId, today);
    const waiting = wishes.filter(({ now }) => now === 'submitted' || now === 'checked' || now === 'open');
    if (
      (await countOf(
        sql,
        villageId,
        card.householdId,
        waiting.map((one) => one.wishId),
      )) >= MOST_OPEN
    ) {
      return { refused: 'too_many_wishes', most: MOST_OPEN };
    }
    const salt = await keepRow(sql, { villageId, wishId, householdId: card.householdId, words, contact, photos });
    return {
      occurredOn: today,
      acts: [{ type: 'wish.file', facts: { wish: wishId, kind, whose: whoseHash(salt, card.pseudonym) } }],
      isCorrection: true,
      expectedSize: logSize,
    };
  });
  return 'refused' in outcome ? outcome : { ...outcome, wishId };
}

export function whoseHash(salt: string, pseudonym: string): string {
  return createHash('sha256').update(`${salt} ${pseudonym}`).digest('hex');
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** 80 bits that a key gives again and again. */
function idOf(key: string): string {
  const bytes = createHash('sha256').update(`wish ${key}`).digest();
  return [...bytes.subarray(0, 16)].map((byte) => LETTERS[byte & 31]).join('');
}

async function countOf(
  sql: Reader,
  villageId: number,
  householdId: number,
  wishIds: readonly string[],
): Promise<number> {
  const [counted] = await sql<{ count: number }[]>`
    select count(*)::integer as count
      from wish
     where village_id = ${villageId}
       and household_id = ${householdId}
       and wish_id = any(${[...wishIds]}::text[])`;
  return counted?.count ?? 0;
}

async function keepRow(
  sql: Reader,
  {
    villageId,
    wishId,
    householdId,
    words,
    contact,
    photos,
  }: Pick<WishInput, 'villageId' | 'words' | 'contact' | 'photos'> & { wishId: string; householdId: number },
): Promise<string> {
  await sql`
    insert into wish (village_id, wish_id, household_id, salt, words, contact, photos)
    values (${villageId}, ${wishId}, ${householdId}, ${newPublicToken()}, ${words}, ${contact}, ${[...photos]}::text[])
        on conflict on constraint wish_pk do nothing`;
  const [kept] = await sql<{ salt: string }[]>`
    select salt
      from wish
     where village_id = ${villageId}
       and wish_id = ${wishId}`;
  if (!kept) throw new Error('the row of a wish was kept');
  return kept.salt;
}
