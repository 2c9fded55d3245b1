/**
 * The village's books, kept again from the entries alone: no stock is ever below zero, and no balance but by a deduction that is not
 * settled yet (unsettled.ts), the numbers of each account have no gap, every exchange costs what its goods cost, and a reversal undoes exactly one earlier act. What a
 * reversed act moved is remembered from that act, for the reversal itself says only which one it was. What may happen to an
 * account in which state, and between households, is in households.ts.
 */
import { openBaseBook } from './base.ts';
import { openClaimBook } from './claims.ts';
import { Found } from './finding.ts';
import { openGiftPointsBook } from './gift-points.ts';
import { openGiving } from './giving.ts';
import { openHonorBook } from './honors.ts';
import { openHouseholds } from './households.ts';
import type { GoodsLine, Leaf, LeafType } from './leaf.ts';
import { openMemberBook } from './members.ts';
import { openRateBook } from './rates.ts';
import { openRedStop } from './red-stop.ts';
import { openReminderBook } from './reminders.ts';
import { openRuleBook } from './rules.ts';
import { openSampleBook } from './samples.ts';
import { openShop } from './shop.ts';
import { openUnsettledBook } from './unsettled.ts';
import { openWorkBook } from './village-work.ts';

export interface Books {
  enter(leaf: Leaf, index: number): void;
  totals(): {
    accounts: number;
    centipoints: number;
    /** Honour is a second series with its own sum. */
    honorCentipoints: number;
    goods: number;
    pieces: number;
  };
}

interface Standing {
  type: LeafType;
  occurred: string;
  acct: string | undefined;
  delta: number | undefined;
  goods: GoodsLine[];
  isReversed: boolean;
}

const REVERSIBLE: ReadonlySet<LeafType> = new Set([
  'points.award',
  'points.deduct',
  'points.redeem',
  'points.hold',
  'points.expire',
  'points.pend',
  'stock.in',
]);

export function openBooks(): Books {
  const ids = new Set<string>();
  const households = openHouseholds();
  const accounts = new Map<string, { n: number; balance: number }>();
  const stock = new Map<string, number>();
  const standing = new Map<number, Standing>();
  const versions = new Map<string, number>();
  const rules = openRuleBook();
  const claims = openClaimBook();
  const shop = openShop();
  const giving = openGiving();
  const work = openWorkBook();
  const samples = openSampleBook();
  const honors = openHonorBook();
  const reminders = openReminderBook();
  const rates = openRateBook(households, claims.inPublicity);
  const base = openBaseBook();
  const giftPoints = openGiftPointsBook();
  const unsettled = openUnsettledBook();
  const members = openMemberBook();
  const redStop = openRedStop();

  const move = (code: string, quantity: number, index: number) => {
    const left = (stock.get(code) ?? 0) + quantity;
    if (left < 0) throw new Found('books', `it leaves ${left} pieces of ${code} on the shelf`, index);
    stock.set(code, left);
  };

  const credit = (leaf: Leaf, index: number) => {
    const { acct, delta, n } = leaf;
    if (acct === undefined || delta === undefined || n === undefined) return;
    const account = accounts.get(acct) ?? { n: 0, balance: 0 };
    if (n !== account.n + 1) {
      throw new Found(
        'books',
        `it is entry ${n} of account ${acct}, but entry ${account.n + 1} comes next there`,
        index,
      );
    }
    const balance = account.balance + delta;
    unsettled.leave(leaf, index, balance, households.entriesOf(acct));
    base.leave(leaf, index, balance, giftPoints.lockedOf);
    if (!honors.isHonor(acct)) redStop.move(account.balance, balance);
    accounts.set(acct, { n, balance });
  };

  const reverse = (leaf: Leaf, index: number) => {
    const target = standing.get(leaf.reverses ?? index);
    const wrong = (what: string) => new Found('books', `it reverses number ${leaf.reverses}, ${what}`, index);
    if (!target) throw wrong('which is no earlier act that can be reversed');
    if (target.type !== leaf.of) throw wrong(`which is of type ${target.type} and not ${leaf.of}`);
    if (target.isReversed) throw wrong('which was reversed before');
    if (target.acct !== leaf.acct) throw wrong('but moves the points of another account');
    if ((target.delta ?? 0) !== -(leaf.delta ?? 0))
      throw wrong(`but moves ${leaf.delta} where it moved ${target.delta}`);
    if (target.occurred !== leaf.occurred) throw wrong('but counts for another day');
    target.isReversed = true;
    const sign = target.type === 'stock.in' ? -1 : 1;
    for (const { code, quantity } of target.goods) move(code, sign * quantity, index);
  };

  const balanceOf = ({ acct = '' }: Leaf) => accounts.get(acct)?.balance ?? 0;

  const enterByType = (leaf: Leaf, index: number) => {
    const { type, delta = 0, goods = [] } = leaf;
    switch (type) {
      case 'village.open':
        if (index !== 0) throw new Found('books', 'a village is founded a second time', index);
        return;
      case 'points.open':
        if (delta < 0 || (leaf.n ?? 1) !== 1)
          throw new Found('books', 'it opens a card that has entries already', index);
        return;
      case 'points.award':
        if (delta < 0) throw new Found('books', 'it is an award that takes points', index);
        rules.use(leaf, index, claims.conversionsOf(leaf));
        return;
      case 'honor.backfill':
        if (delta < 0) throw new Found('books', 'it honours by taking points', index);
        rules.use(leaf, index);
        return;
      case 'points.pend':
        if (delta < 0) throw new Found('books', 'it takes points where they come into publicity', index);
        rules.use(leaf, index);
        return;
      case 'points.deduct':
        if (delta > 0) throw new Found('books', 'it is a deduction that gives points', index);
        rules.use(leaf, index, claims.conversionsOf(leaf));
        return;
      case 'points.hold':
      case 'points.redeem': {
        const cost = goods.reduce((sum, { price = 0, quantity }) => sum + price * quantity, 0);
        if (delta !== -cost) throw new Found('books', `its goods cost ${cost}, but ${-delta} were taken`, index);
        for (const { code, quantity } of goods) {
          move(code, -quantity, index);
          if ((stock.get(code) ?? 0) < shop.awaiting(code))
            throw new Found('books', `it hands out ${code} that only one person has seen`, index);
        }
        return;
      }
      case 'stock.writeoff':
        for (const { code, quantity } of goods) move(code, -quantity, index);
        return;
      case 'stock.adjust':
        for (const { code, quantity } of goods) move(code, quantity, index);
        return;
      // These move nothing; what they say of the shop is in shop.ts.
      case 'stock.check':
      case 'stocktake':
      case 'goods.add':
      case 'goods.rename':
      case 'goods.price':
      case 'goods.terms':
      case 'goods.restrict':
      case 'handover':
      case 'handover.waive':
        return;
      // These are about what waits for the village's word: claims.ts.
      case 'claim.submit':
      case 'claim.pass':
      case 'claim.return':
      case 'claim.withdraw':
      case 'claim.post':
      case 'claim.convert':
      case 'points.clear':
      case 'points.settle':
      case 'objection.file':
      case 'objection.answer':
      case 'kin.declare':
      case 'duties.waive':
        return;
      // These come before a deduction: reminders.ts.
      case 'reminder.give':
      case 'reminder.close':
        return;
      // These are about one account alone, or about two of them: households.ts.
      case 'account.freeze':
      case 'account.unfreeze':
      case 'card.recall':
      case 'card.replace':
      case 'household.leave':
      case 'household.join':
      case 'household.correct':
      case 'household.split':
      case 'points.expire':
      case 'points.transfer':
        return;
      // These are about what a point is worth: rates.ts.
      case 'rate.change':
      case 'points.convert':
        return;
      case 'rule.change':
        rules.change(leaf, index);
        return;
      // These are what becomes of gifts and wishes: giving.ts.
      case 'gift.announce':
      case 'gift.receive':
      case 'gift.inspect':
      case 'gift.spend':
      case 'gift.trace':
      case 'gift.report':
      case 'wish.file':
      case 'wish.check':
      case 'wish.open':
      case 'wish.decline':
      case 'wish.claim':
      case 'wish.release':
      case 'wish.deliver':
      case 'wish.echo':
      case 'wish.close':
        return;
      case 'names.change':
      case 'settings.change':
      case 'erasure':
      case 'log.begin':
      case 'log.checkpoint':
        return;
      // Visits and problems: village-work.ts; samples: samples.ts; honours and activities: honors.ts.
      case 'inspection.plan':
      case 'inspection.result':
      case 'problem.find':
      case 'problem.assign':
      case 'problem.fix':
      case 'problem.check':
      case 'problem.close':
      case 'problem.defer':
      case 'sample.draw':
      case 'sample.check':
      case 'honor.open':
      case 'honor.nominate':
      case 'honor.close':
      case 'honor.award':
      case 'honor.withdraw':
      case 'honor.move':
      case 'activity':
      case 'activity.member':
        return;
      case 'account.close':
      case 'household.merge':
        if (balanceOf(leaf) !== 0) throw new Found('books', 'it closes an account that still holds points', index);
        return;
      case 'points.return':
        if (balanceOf(leaf) !== -delta)
          throw new Found('books', 'it leaves points behind that belong to nobody', index);
        return;
      case 'stock.in':
        for (const { code, quantity } of goods) move(code, quantity, index);
        return;
      case 'points.reverse':
      case 'stock.reverse':
        reverse(leaf, index);
        return;
      case 'publication': {
        const expected = (versions.get(leaf.month ?? '') ?? 0) + 1;
        if (leaf.version !== expected) {
          throw new Found(
            'books',
            `it publishes version ${leaf.version} of ${leaf.month}, but ${expected} comes next`,
            index,
          );
        }
        versions.set(leaf.month ?? '', expected);
      }
    }
  };

  return {
    enter: (leaf, index) => {
      if (index === 0 && leaf.type !== 'village.open')
        throw new Found('books', 'it is not the founding of the village', 0);
      if (ids.has(leaf.id)) throw new Found('books', `its id ${leaf.id} was used before`, index);
      ids.add(leaf.id);
      rates.enter(leaf, index);
      households.enter(leaf, index);
      claims.enter(leaf, index);
      shop.enter(leaf, index);
      giving.enter(leaf, index);
      work.enter(leaf, index);
      samples.enter(leaf, index);
      honors.enter(leaf, index);
      giftPoints.enter(leaf, index);
      reminders.enter(leaf, index);
      unsettled.enter(leaf);
      members.enter(leaf, index);
      redStop.check(leaf, index);
      base.enter(leaf);
      enterByType(leaf, index);
      credit(leaf, index);
      redStop.enter(leaf, stock);
      if (REVERSIBLE.has(leaf.type)) {
        const { type, occurred, acct, delta, goods = [] } = leaf;
        standing.set(index, { type, occurred, acct, delta, goods, isReversed: false });
      }
    },
    totals: () => ({
      accounts: [...accounts.keys()].filter((acct) => !honors.isHonor(acct)).length,
      centipoints: sumOf(accounts, (acct) => !honors.isHonor(acct)),
      honorCentipoints: sumOf(accounts, honors.isHonor),
      goods: stock.size,
      pieces: [...stock.values()].reduce((sum, quantity) => sum + quantity, 0),
    }),
  };
}

function sumOf(accounts: ReadonlyMap<string, { balance: number }>, isMeant: (acct: string) => boolean): number {
  return [...accounts].reduce((sum, [acct, { balance }]) => sum + (isMeant(acct) ? balance : 0), 0);
}
