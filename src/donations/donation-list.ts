/** 捐赠公示: the gifts as everybody may read them, with what became of each, and what all of them are worth together. */
import type { Reader } from '../platform/database/db.ts';
import { becameOf, NOTHING_YET } from './became-of.ts';
import { worth } from './decide-gift.ts';
import { type Donor, donors } from './donors.ts';
import { type Gift, readGifts, waitingFen } from './gifts.ts';

/** How a donor appears: the name that he chose to show, or none. */
export interface ShownDonor {
  kind: Donor['kind'];
  /** By name. */
  name: string | null;
  initials: string | null;
}

/** Fen. What was received is what all the others are together. */
export interface GiftSums {
  received: number;
  returned: number;
  money: number;
  other: number;
  waiting: number;
  shelf: number;
  issued: number;
  lost: number;
}

export interface ShownGift {
  gift: Gift;
  donor: ShownDonor;
  sums: GiftSums;
  issuedPieces: number;
  households: number;
  goods: { code: string; name: string; unit: string; quantity: number; value: number }[];
}

export async function shownGifts(sql: Reader, villageId: number): Promise<ShownGift[]> {
  const [{ gifts }, became, known, names] = await Promise.all([
    readGifts(sql, villageId),
    becameOf(sql, villageId),
    donors(sql, villageId),
    sql<{ code: string; name: string; unit: string }[]>`
      select code,
             name || ' ' || spec as name,
             unit
        from goods
       where village_id = ${villageId}`,
  ]);
  const donorOf = new Map(known.map((donor) => [donor.publicId, donor]));
  const goodsOf = new Map(names.map((goods) => [goods.code, goods]));
  return gifts
    .map((gift) => {
      const { issuedPieces, households } = became.get(gift.seq) ?? NOTHING_YET;
      const lines = gift.receipt === null || gift.kind === 'goods' ? gift.lines : [];
      return {
        gift,
        donor: showDonor(donorOf.get(gift.donor)),
        sums: sumsOf(gift, became.get(gift.seq) ?? NOTHING_YET),
        issuedPieces,
        households,
        goods: lines.map((line) => ({ name: line.code, unit: '', ...goodsOf.get(line.code), ...line })),
      };
    })
    .reverse();
}

function showDonor(donor: Donor | undefined): ShownDonor {
  if (!donor) return { kind: 'person', name: null, initials: null };
  const { kind, appears, name, initials } = donor;
  return { kind, name: appears === 'named' ? name : null, initials: appears === 'initials' ? initials : null };
}

/** Every fen of a gift is in one place: that is how it is counted, and `verify-gifts.ts` counts it another way. */
export function sumsOf(
  gift: Gift,
  { inFen, onShelfFen, issuedFen, lostFen }: { inFen: number; onShelfFen: number; issuedFen: number; lostFen: number },
): GiftSums {
  const isInspected = gift.inspection !== null;
  const found = isInspected ? gift.accepted : gift.received;
  const waiting = isInspected ? waitingFen(gift) : gift.kind === 'goods' ? found : 0;
  return {
    received: gift.received,
    returned: isInspected ? gift.received - gift.accepted : 0,
    money: gift.kind === 'money' ? found - gift.spent : 0,
    other: gift.spent - gift.spentOnGoods,
    // What the lots hold is the truth about the shelf; the acts say how much of it came from where.
    waiting: waiting + worth(gift.shelvedLines) - inFen,
    shelf: onShelfFen,
    issued: issuedFen,
    lost: lostFen,
  };
}

export function addSums(all: readonly GiftSums[]): GiftSums {
  const sum = (of: (one: GiftSums) => number) => all.reduce((total, one) => total + of(one), 0);
  return {
    received: sum(({ received }) => received),
    returned: sum(({ returned }) => returned),
    money: sum(({ money }) => money),
    other: sum(({ other }) => other),
    waiting: sum(({ waiting }) => waiting),
    shelf: sum(({ shelf }) => shelf),
    issued: sum(({ issued }) => issued),
    lost: sum(({ lost }) => lost),
  };
}

/** All but what was received. */
export function accountedFor({ returned, money, other, waiting, shelf, issued, lost }: GiftSums): number {
  return returned + money + other + waiting + shelf + issued + lost;
}
