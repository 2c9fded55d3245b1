/**
 * Gifts checked from inside: each went its way step by step, receipts are numbered without a gap, who received a gift did not find it
 * good, and what was received is, to the fen, on the shelf, handed out, written off, waiting or money that is left. What is on the
 * shelf is counted here from the lots, in the statement from their movements.
 */
import type { BadRow } from '../auditlog/index.ts';
import type { Reader } from '../platform/database/db.ts';
import { becameOf, NOTHING_YET } from './became-of.ts';
import { type GiftState, nextGiftState } from './decide-gift.ts';
import { accountedFor, sumsOf } from './donation-list.ts';
import { eventOf, foldGifts, type GiftAct, giftActs } from './gifts.ts';

export async function verifyGifts(sql: Reader, villageId: number): Promise<BadRow | null> {
  const [{ acts }, became, onShelf] = await Promise.all([
    giftActs(sql, villageId),
    becameOf(sql, villageId),
    sql<{ giftSeq: number; fen: number }[]>`
      select gift_seq as "giftSeq",
             sum(quantity_on_hand * unit_value_fen)::bigint as fen
        from stock_lot
       where village_id = ${villageId}
         and gift_seq is not null
       group by gift_seq`,
  ]);
  const wrongStep = checkSteps(acts);
  if (wrongStep) return wrongStep;
  const shelf = new Map(onShelf.map(({ giftSeq, fen }) => [giftSeq, fen]));
  const gifts = foldGifts(acts);
  const known = new Set(gifts.map(({ seq }) => seq));
  const loose = onShelf.find(({ giftSeq }) => !known.has(giftSeq));
  if (loose)
    return { table: 'stock_lot', row: `gift ${loose.giftSeq}`, sentence: 'it is of a gift that nobody announced' };
  for (const gift of gifts) {
    const row = { table: 'act', row: `seq ${gift.seq}` };
    if (gift.inspection?.passed && gift.inspection.personId === gift.receivedBy) {
      return { ...row, sentence: 'who received this gift also found it good' };
    }
    const found = became.get(gift.seq) ?? NOTHING_YET;
    const sums = sumsOf(gift, found);
    if (sums.waiting < 0 || sums.money < 0)
      return { ...row, sentence: 'more of this gift was used than was found good' };
    if ((shelf.get(gift.seq) ?? 0) !== sums.shelf || accountedFor(sums) !== gift.received) {
      const counted = accountedFor({ ...sums, shelf: shelf.get(gift.seq) ?? 0 });
      return { ...row, sentence: `${gift.received} fen were received, but ${counted} are accounted for` };
    }
  }
  return null;
}

function checkSteps(acts: readonly GiftAct[]): BadRow | null {
  const states = new Map<number, GiftState>();
  let receipts = 0;
  for (const act of acts) {
    const row = { table: 'act', row: `seq ${act.seq}` };
    if (act.type === 'gift.announce') {
      states.set(act.seq, 'announced');
      continue;
    }
    if (act.type === 'gift.receive') {
      receipts += 1;
      if (Number(act.facts['receipt']) !== receipts) {
        return {
          ...row,
          sentence: `its receipt is number ${String(act.facts['receipt'])}, but ${receipts} comes next`,
        };
      }
    }
    const state = states.get(act.giftSeq);
    if (state === undefined) return { ...row, sentence: 'it is of a gift that nobody announced' };
    const next = nextGiftState(state, eventOf(act));
    // A receipt of goods that was reversed leaves letters that came after it, which were right in their day.
    const isLetter = act.type === 'gift.trace' || act.type === 'gift.report';
    if (next === null && !isLetter) return { ...row, sentence: `a gift that is ${state} does not take this step` };
    states.set(act.giftSeq, next ?? state);
  }
  return null;
}
