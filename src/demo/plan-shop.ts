import type { Fund } from '../ledger/index.ts';
import { addDays, addMonths, monthBounds, monthOf } from '../platform/clock.ts';
import type { Occasion } from './occasion.ts';
import { dayIn } from './plan-awards.ts';
import type { PlannedAct, PlannedReceiptLine } from './planned-act.ts';
import { type BookHousehold, count, type VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

/** What every household needs: asked for most, bought most, first to run out. */
const ESSENTIALS = new Set([
  'GR001',
  'GR003',
  'GR005',
  'GR007',
  'GR009',
  'GR010',
  'GR011',
  'GR012',
  'GR014',
  'DA001',
  'DA002',
  'DA009',
  'WA001',
  'WA002',
  'WA003',
  'WA004',
  'WA006',
  'WA007',
  'WA011',
  'CL001',
  'CL003',
  'AP013',
]);

/** Came once and was never bought again, so the shelf has gaps. */
const NEVER_RESTOCKED = new Set(['GR005', 'WA002', 'DA004', 'AP001', 'GR008', 'CL007', 'DA015']);

const DONORS = [
  '爱心企业：麦香粮油公司',
  '爱心企业：丰禾农资公司',
  '爱心人士联合捐赠',
  '帮扶单位捐赠',
  '县民政部门补贴',
] as const;
const SELLERS = ['县城惠民批发部', '利民日杂批发部', '便民粮油批发部'] as const;

const BUDGETS = [900, 1_500, 2_200, 3_000, 4_500, 7_000] as const;

/** The shelf is filled twice before the doors open: with gifts, then with what the subsidy pays for. */
export function firstReceipts(book: VillageBook, day: string, isLarge: boolean): void {
  const { random } = book;
  const kinds = random.shuffled([...book.goods.keys()]).slice(0, isLarge ? 70 : 34);
  const chosen = [...new Set([...ESSENTIALS, ...kinds])].sort();
  const lines = chosen.map((code) => receiptLine(book, day, code, firstQuantity(book, code, isLarge)));
  const gifts = new Set(random.shuffled(chosen).slice(0, Math.round(chosen.length * 0.4)));
  receive(
    book,
    day,
    at(9, 40),
    'donation',
    lines.filter(({ code }) => gifts.has(code)),
  );
  receive(
    book,
    day,
    at(15, 10),
    'purchase',
    lines.filter(({ code }) => !gifts.has(code)),
  );
}

/** One month at the counter: days on which the shop is open, and one on which it is restocked. */
export function planShop(book: VillageBook, month: string, isLarge: boolean): Occasion[] {
  const { random } = book;
  const occasions: Occasion[] = [];
  for (const day of shopDays(book, month, isLarge)) {
    const isMorning = random.chance(0.6);
    const minute = isMorning ? random.whole(at(8, 40), at(10, 30)) : random.whole(at(14, 30), at(16, 20));
    const customers = isLarge ? random.whole(3, 6) : 1;
    occasions.push({ day, minute, happen: () => serve(book, day, minute, customers) });
  }
  const day = dayIn(random, month, 10, 16);
  const minute = random.whole(at(10, 30), at(12));
  occasions.push({ day, minute, happen: () => restock(book, day, minute, isLarge) });
  return occasions;
}

function shopDays(book: VillageBook, month: string, isLarge: boolean): string[] {
  const { random } = book;
  if (!isLarge) return [8, 22].map((date) => `${month}-${String(date + random.whole(-1, 1)).padStart(2, '0')}`);
  const days: string[] = [];
  const { firstDay, lastDay } = monthBounds(month);
  for (let day = firstDay; day <= lastDay; day = addDays(day, random.whole(2, 3))) days.push(day);
  return days;
}

function serve(book: VillageBook, day: string, minute: number, customers: number): void {
  const { random } = book;
  const able = book.opened().filter(({ balanceCentipoints }) => balanceCentipoints >= 600);
  for (const [place, household] of random.shuffled(able).slice(0, customers).entries()) {
    redeem(book, day, minute + place * random.whole(4, 12), household);
  }
}

export function redeem(book: VillageBook, day: string, minute: number, household: BookHousehold): PlannedAct | null {
  const lines = basket(book, household, monthOf(day));
  if (lines.length === 0) return null;
  const act = book.write(day, minute, { kind: 'redemption', card: household.card, lines });
  if (act) move(book, household, day, lines, 1);
  return act;
}

/** The goods go back onto the shelf and the points onto the card. */
export function returnGoods(
  book: VillageBook,
  day: string,
  minute: number,
  { act, household, reason }: { act: PlannedAct; household: BookHousehold; reason: string },
): void {
  if (act.kind !== 'redemption') return;
  if (book.write(day, minute, { kind: 'reversal', of: act.key, reason })) move(book, household, day, act.lines, -1);
}

function move(
  book: VillageBook,
  household: BookHousehold,
  day: string,
  lines: readonly { code: string; quantity: number }[],
  direction: 1 | -1,
): void {
  for (const { code, quantity } of lines) {
    household.balanceCentipoints -= direction * quantity * price(book, code);
    count(book.onShelf, code, -direction * quantity);
    count(household.counts, `${monthOf(day)} ${code}`, direction * quantity);
  }
}

function basket(book: VillageBook, household: BookHousehold, month: string): { code: string; quantity: number }[] {
  const { random } = book;
  let left = Math.min(household.balanceCentipoints, random.pick(BUDGETS));
  const lines: { code: string; quantity: number }[] = [];
  const wishes = random.whole(2, 5);
  for (let wish = 1; wish <= wishes; wish += 1) {
    const affordable = [...book.onShelf]
      .filter(
        ([code, quantity]) => quantity > 0 && price(book, code) <= left && !lines.some((line) => line.code === code),
      )
      .filter(([code]) => withinQuota(book, household, month, code, 1))
      .map(([code]) => [code, ESSENTIALS.has(code) ? 6 : 1] as const);
    if (affordable.length === 0) break;
    const code = random.weighted(affordable);
    const isTwo =
      random.chance(0.3) &&
      2 * price(book, code) <= left &&
      (book.onShelf.get(code) ?? 0) >= 2 &&
      withinQuota(book, household, month, code, 2);
    const quantity = isTwo ? 2 : 1;
    lines.push({ code, quantity });
    left -= quantity * price(book, code);
  }
  return lines;
}

function withinQuota(book: VillageBook, household: BookHousehold, month: string, code: string, more: number): boolean {
  const quota = book.goods.get(code)?.monthlyQuota ?? null;
  return quota === null || (household.counts.get(`${month} ${code}`) ?? 0) + more <= quota;
}

function restock(book: VillageBook, day: string, minute: number, isLarge: boolean): void {
  const { random } = book;
  const enough = isLarge ? 12 : 4;
  const short = [...ESSENTIALS]
    .filter((code) => !NEVER_RESTOCKED.has(code) && (book.onShelf.get(code) ?? 0) < enough)
    .slice(0, isLarge ? 12 : 6);
  const lines = short.map((code) => receiptLine(book, day, code, isLarge ? random.whole(15, 30) : random.whole(4, 8)));
  receive(book, day, minute, random.chance(0.3) ? 'donation' : 'purchase', lines);
}

export function receive(
  book: VillageBook,
  day: string,
  minute: number,
  kind: 'donation' | 'purchase',
  lines: PlannedReceiptLine[],
): PlannedAct | null {
  if (lines.length === 0) return null;
  const name = book.random.pick(kind === 'donation' ? DONORS : SELLERS);
  const act = book.write(day, minute, {
    kind: 'receipt',
    occurredOn: day,
    source: { kind, name },
    fund: fundOf(name),
    lines,
  });
  if (act) for (const { code, quantity } of lines) count(book.onShelf, code, quantity);
  return act;
}

/** Out of which pocket a donor or a shop was paid. */
function fundOf(name: string): Fund {
  if (name.includes('民政')) return 'civil_affairs';
  if (name.includes('帮扶单位')) return 'partner_unit';
  return name.endsWith('批发部') ? 'village_collective' : 'donation';
}

export function receiptLine(book: VillageBook, day: string, code: string, quantity: number): PlannedReceiptLine {
  const months = book.goods.get(code)?.shelfLifeMonths ?? null;
  if (months === null) return { code, quantity };
  // Nothing comes fresh from the factory, and what keeps least still outlives this history.
  const useBy = monthBounds(addMonths(monthOf(day), months - book.random.whole(1, Math.min(5, months - 7)))).lastDay;
  return { code, quantity, useBy };
}

function firstQuantity(book: VillageBook, code: string, isLarge: boolean): number {
  const { random } = book;
  if (NEVER_RESTOCKED.has(code)) return random.whole(2, isLarge ? 6 : 3);
  if (price(book, code) > 2_500) return random.whole(1, isLarge ? 4 : 2);
  if (ESSENTIALS.has(code)) return isLarge ? random.whole(25, 45) : random.whole(6, 12);
  return isLarge ? random.whole(5, 15) : random.whole(2, 6);
}

function price(book: VillageBook, code: string): number {
  const goods = book.goods.get(code);
  if (!goods) throw new Error(`the list of goods has no ${code}`);
  return goods.priceCentipoints;
}
