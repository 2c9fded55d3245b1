import { addDays, addMonths, monthOf, villageDay } from '../platform/clock.ts';
import { type Occasion, occasionAt } from './occasion.ts';
import { receiptLine, receive, redeem, returnGoods } from './plan-shop.ts';
import { count, type VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

/** Mistakes that people make and take back, each with its reason. */
export function planMistakes(book: VillageBook, thisMonth: string, isLarge: boolean): Occasion[] {
  const { random } = book;
  const lastMonth = addMonths(thisMonth, -1);
  const twoMonthsAgo = addMonths(thisMonth, -2);
  const mistakes: Occasion[] = [];
  const plan = (day: string, minute: number, happen: (day: string, minute: number) => void) =>
    mistakes.push(occasionAt(day, minute, happen));
  if (isLarge || random.chance(0.5)) plan(`${lastMonth}-09`, at(11, 5), (...time) => wrongHousehold(book, ...time));
  if (isLarge || random.chance(0.4)) plan(`${twoMonthsAgo}-18`, at(15, 40), (...time) => wrongGoods(book, ...time));
  if (isLarge) {
    plan(`${lastMonth}-19`, at(10, 15), (...time) => wrongQuantity(book, ...time));
    plan(`${lastMonth}-26`, at(9, 35), (...time) => wrongHousehold(book, ...time));
    plan(`${lastMonth}-12`, at(15, 20), (...time) => correctPublished(book, twoMonthsAgo, ...time));
    const yesterday = addDays(villageDay(book.now), -1);
    plan(yesterday, at(16), (...time) => soonToExpire(book, ...time));
  }
  return mistakes;
}

function wrongHousehold(book: VillageBook, day: string, minute: number): void {
  const rule = 'AD-FAM-05';
  const able = book.opened().filter((household) => book.mayEarn(household, book.rule(rule, day), day));
  const [wrong, right] = book.random.shuffled(able);
  if (!wrong || !right) return;
  const note = '帮邻居搬运粮食';
  const award = book.award(day, minute, { rule, occurredOn: day, households: [wrong], note });
  if (!award) return;
  book.takeBack(day, minute + 4, award, '记错了户，应记给另一户');
  book.award(day, minute + 6, { rule, occurredOn: day, households: [right], note });
}

function wrongGoods(book: VillageBook, day: string, minute: number): void {
  const household = book.random.pick(book.opened());
  const act = redeem(book, day, minute, household);
  if (!act) return;
  returnGoods(book, day, minute + 5, { act, household, reason: '规格拿错了，东西没拆封，当场退回' });
  redeem(book, day, minute + 8, household);
}

function wrongQuantity(book: VillageBook, day: string, minute: number): void {
  const act = receive(book, day, minute, 'purchase', [
    receiptLine(book, day, 'WA007', 60),
    receiptLine(book, day, 'DA009', 6),
  ]);
  if (act?.kind !== 'receipt') return;
  if (book.write(day, minute + 9, { kind: 'reversal', of: act.key, reason: '牙刷数量多写了一个零，重新入库' })) {
    for (const { code, quantity } of act.lines) count(book.onShelf, code, -quantity);
  }
  receive(book, day, minute + 12, 'purchase', [receiptLine(book, day, 'WA007', 6), receiptLine(book, day, 'DA009', 6)]);
}

/** One household on a list of many was not there; the month's record is out already, so it gets a second version. */
function correctPublished(book: VillageBook, month: string, day: string, minute: number): void {
  const act = book.acts.find(
    (candidate) =>
      candidate.kind === 'award' && candidate.rule === 'AD-LAB-01' && monthOf(candidate.occurredOn) === month,
  );
  if (act?.kind !== 'award') return;
  const households = act.cards.flatMap((card) => book.households.filter((household) => household.card === card));
  const points = book.rule(act.rule, act.occurredOn).pointsCentipoints;
  const line = households.findIndex(({ isOpen, balanceCentipoints }) => isOpen && balanceCentipoints >= points);
  if (line === -1) return;
  if (!book.takeBack(day, minute, { act, households }, '核对签到表，该户当天没有参加', line)) return;
  book.write(day, at(16, 30), { kind: 'publication', month });
}

/** Goods that must be handed out before long, so that the warning has something to show. */
function soonToExpire(book: VillageBook, day: string, minute: number): void {
  const lines = [
    { code: 'GR009', quantity: 24, useBy: addDays(day, 19) },
    { code: 'WA014', quantity: 8, useBy: addDays(day, 75) },
  ];
  receive(book, day, minute, 'donation', lines);
}
