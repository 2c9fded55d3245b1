import type { CanonicalValue } from '../auditlog/index.ts';
import { becomeDonor, donorOfPerson, readGifts } from '../donations/index.ts';
import { type ActDraft, type CarryOutRefusal, carryOut, type PostedOperation } from '../ledger/index.ts';
import { publishPhotos, type StoredPhoto } from '../photos/index.ts';
import { addDays } from '../platform/clock.ts';
import type { Db, Reader } from '../platform/database/db.ts';
import { villageSettings } from '../settings/index.ts';
import { decideClaim, decideRelease, decideWish, namesSomebody, type WishRefusal } from './decide-wish.ts';
import { type WishPerson, wishPersons } from './wish-persons.ts';
import { readWishes, type Wish } from './wishes.ts';

export type WishStep =
  /** `words` and `item` put it on the wall with the same press; without them it waits. */
  | { step: 'check'; opens: { words: string; item: string | null } | null }
  | { step: 'open'; words: string; item: string | null }
  | { step: 'decline'; reason: string }
  | { step: 'claim'; by: { personId: number; displayName: string } }
  | { step: 'release'; by: { personId: number; displayName: string } | null }
  | { step: 'deliver'; as: 'gift' | 'points'; giftSeq: number | null; redemption: number | null }
  | { step: 'echo'; words: string }
  | { step: 'close' };

export interface WishStepInput {
  villageId: number;
  wishId: string;
  step: WishStep;
  photos?: readonly StoredPhoto[] | undefined;
  idempotencyKey: string;
  recordedBy: number;
  today: string;
}

export type WishOutcome = PostedOperation | WishRefusal | CarryOutRefusal;

/**
 * One step of a wish, as an act of the public record. It is decided on the record at a size and posted at that size or not at all: of
 * two donors who press at once exactly one has it, and the other is told until when.
 */
export async function keepWish(
  db: Db,
  { villageId, wishId, step, photos = [], today, ...by }: WishStepInput,
): Promise<WishOutcome> {
  const content = JSON.parse(JSON.stringify({ wishId, step })) as CanonicalValue;
  const outcome = await carryOut<WishRefusal>(db, { villageId, kind: 'wish', request: content, ...by }, async () => {
    const { wishes, logSize } = await readWishes(db.sql, villageId, today);
    const wish = wishes.find((one) => one.wishId === wishId);
    const person = (await wishPersons(db.sql, villageId, [wishId])).get(wishId);
    if (!wish || !person) return { refused: 'unknown_wish' };
    const acts = await actsOf(db.sql, villageId, step, { wish, wishes, person, photos, today });
    return 'refused' in acts ? acts : { occurredOn: today, acts, isCorrection: true, expectedSize: logSize };
  });
  // What was sent to be thanked with is for everybody to see, once the thanks stand in the record.
  if (!('refused' in outcome) && step.step === 'echo') {
    await publishPhotos(
      db.sql,
      villageId,
      photos.map(({ publicId }) => publicId),
    );
  }
  return outcome;
}

interface StepBasis {
  wish: Wish;
  wishes: readonly Wish[];
  person: WishPerson;
  photos: readonly StoredPhoto[];
  today: string;
}

async function actsOf(
  sql: Reader,
  villageId: number,
  step: WishStep,
  { wish, wishes, person, photos, today }: StepBasis,
): Promise<ActDraft[] | WishRefusal> {
  const about = { wish: wish.wishId };
  switch (step.step) {
    case 'check': {
      const decided = decideWish(wish, 'check', today);
      if ('refused' in decided) return decided;
      const checked: ActDraft = { type: 'wish.check', facts: about };
      if (step.opens === null) return [checked];
      const opened = openAct(wish.wishId, person, step.opens);
      return 'refused' in opened ? opened : [checked, opened];
    }
    case 'open': {
      const decided = decideWish(wish, 'open', today);
      if ('refused' in decided) return decided;
      const opened = openAct(wish.wishId, person, step);
      return 'refused' in opened ? opened : [opened];
    }
    case 'decline': {
      const decided = decideWish(wish, 'decline', today);
      if ('refused' in decided) return decided;
      return [{ type: 'wish.decline', facts: about, disclosed: { reason: step.reason } }];
    }
    case 'claim': {
      const known = await donorOfPerson(sql, { villageId, ...step.by });
      const held = wishes.filter(({ now, claim }) => now === 'claimed' && claim?.donor === known).length;
      const decided = decideClaim(wish, { held, today });
      if ('refused' in decided) return decided;
      const { wishClaimDays } = await villageSettings(sql, villageId);
      const donor = known ?? (await becomeDonor(sql, { villageId, ...step.by }));
      return [{ type: 'wish.claim', facts: { ...about, donor, until: addDays(today, wishClaimDays) } }];
    }
    case 'release': {
      const by = step.by && { donor: await donorOfPerson(sql, { villageId, ...step.by }) };
      const decided = decideRelease(wish, { by, today });
      return 'refused' in decided ? decided : [{ type: 'wish.release', facts: about }];
    }
    case 'deliver':
      return deliver(sql, villageId, step, wish, today);
    case 'echo': {
      const decided = decideWish(wish, 'echo', today);
      if ('refused' in decided) return decided;
      if (namesSomebody(step.words, person)) return { refused: 'wish_names_somebody' };
      const shown = photos.map(({ publicId, sha256 }) => ({ photo: publicId, sha256 }));
      const facts = shown.length === 0 ? about : { ...about, photos: shown };
      return [{ type: 'wish.echo', facts, disclosed: { thanks: step.words } }];
    }
    case 'close': {
      const decided = decideWish(wish, 'close', today);
      return 'refused' in decided ? decided : [{ type: 'wish.close', facts: about }];
    }
  }
}

function openAct(
  wishId: string,
  person: WishPerson,
  { words, item }: { words: string; item: string | null },
): ActDraft | WishRefusal {
  if (namesSomebody(words, person)) return { refused: 'wish_names_somebody' };
  return { type: 'wish.open', facts: { wish: wishId, ...(item !== null && { item }) }, disclosed: { words } };
}

async function deliver(
  sql: Reader,
  villageId: number,
  { as, giftSeq, redemption }: Extract<WishStep, { step: 'deliver' }>,
  wish: Wish,
  today: string,
): Promise<ActDraft[] | WishRefusal> {
  const decided = decideWish(wish, 'deliver', today);
  if ('refused' in decided) return decided;
  if (giftSeq !== null) {
    const { gifts } = await readGifts(sql, villageId);
    if (!gifts.some(({ seq }) => seq === giftSeq)) return { refused: 'unknown_gift', giftSeq };
  }
  if (as === 'points' && !(await isRedemption(sql, villageId, redemption))) return { refused: 'unknown_redemption' };
  const facts = {
    wish: wish.wishId,
    as,
    ...(giftSeq !== null && { ofGift: giftSeq }),
    ...(as === 'points' && redemption !== null && { redemption }),
  };
  return [{ type: 'wish.deliver', facts }];
}

async function isRedemption(sql: Reader, villageId: number, seq: number | null): Promise<boolean> {
  const [found] = await sql`
    select
      from act
     where village_id = ${villageId}
       and seq = ${seq}
       and type = 'points.redeem'`;
  return found !== undefined;
}
