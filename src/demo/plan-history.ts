/**
 * Three whole months and the current one up to now, planned for one village as plain data. The same village, rules, goods and
 * instant give the same history; every act in it is one that the commands accept when carried out in this order.
 */
import { addDays, addMonths, monthOf, villageDay } from '../platform/clock.ts';
import type { Occasion } from './occasion.ts';
import { planAwards } from './plan-awards.ts';
import { planChanges } from './plan-changes.ts';
import { ADAO_CODE, type VillagePlan } from './plan-county.ts';
import { planMistakes } from './plan-mistakes.ts';
import { withProxies } from './plan-proxies.ts';
import { planRules } from './plan-rules.ts';
import { firstReceipts, planShop } from './plan-shop.ts';
import type { HistoryBasis, PlannedAct } from './planned-act.ts';
import { createRandom } from './random.ts';
import { type BookHousehold, VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

const MOST_MONTHS = 3;
const LARGE = 100;

export function planHistory(village: VillagePlan, basis: HistoryBasis): PlannedAct[] {
  const random = createRandom(`history of ${village.code}`);
  const book = new VillageBook(village, basis, random);
  const isAdao = village.code === ADAO_CODE;
  const isLarge = book.households.length >= LARGE;
  const thisMonth = monthOf(villageDay(basis.now));
  const foundedOn = foundingDay(village, basis.now);

  const occasions: Occasion[] = [];
  const openFrom = addDays(foundedOn, 3);
  const wholeMonths = monthsOpen(village);
  for (let monthsAgo = wholeMonths; monthsAgo >= 0; monthsAgo -= 1) {
    const month = addMonths(thisMonth, -monthsAgo);
    occasions.push(...planAwards(book, month, monthsAgo, isLarge), ...planShop(book, month, isLarge));
    const isLate = !isAdao && wholeMonths === MOST_MONTHS && monthsAgo === 1 && random.chance(0.4);
    const publishes = monthsAgo > 0 && !isLate;
    if (publishes) occasions.push(publication(book, month, isAdao ? 3 : random.whole(2, 6)));
  }
  const daily = occasions.filter(({ day }) => day > openFrom);
  daily.push(...planOpenings(book, foundedOn, isLarge), ...planMistakes(book, thisMonth, isLarge));

  if (isLarge) daily.push(...planChanges(book, thisMonth));
  if (isAdao) daily.push(...planRules(book, thisMonth));

  firstReceipts(book, foundedOn, isLarge);
  daily.sort((one, other) => compare(one.day, other.day) || one.minute - other.minute);
  for (const { happen } of daily) happen();
  return isLarge ? withProxies(book.acts) : book.acts;
}

/** The first days of a month; 啊道村 came first. */
export function foundingDay(village: VillagePlan, now: Date): string {
  const firstDay = `${addMonths(monthOf(villageDay(now)), -monthsOpen(village))}-01`;
  if (village.code === ADAO_CODE) return firstDay;
  return addDays(firstDay, createRandom(`founding of ${village.code}`).whole(0, 8));
}

/** How many whole months lie behind a shop: the county opened a first few together with 啊道村, and the others a month later. */
function monthsOpen({ code }: VillagePlan): number {
  const isFirst = code === ADAO_CODE || createRandom(`opening of ${code}`).chance(0.3);
  return isFirst ? MOST_MONTHS : MOST_MONTHS - 1;
}

/** A household's card is opened when its home has passed the visit: most at once, some a fortnight later, a few not yet. */
function planOpenings(book: VillageBook, foundedOn: string, isLarge: boolean): Occasion[] {
  const { random } = book;
  const groups = isLarge ? [...new Set(book.households.map(({ group }) => group))] : [null];
  return groups.flatMap((group, index) => {
    const visited = random.shuffled(book.households.filter((household) => group === null || household.group === group));
    const notYet = isLarge || random.chance(0.4) ? 1 : 0;
    const lateCount = isLarge ? Math.floor(visited.length / 16) : Number(random.chance(0.3));
    const late = new Set(visited.slice(notYet, notYet + lateCount));
    const first = new Set(visited.slice(notYet + late.size));
    const inOrder = (wanted: ReadonlySet<BookHousehold>) =>
      book.households.filter((household) => wanted.has(household));
    const day = addDays(foundedOn, 1 + index);
    return [opening(book, day, at(10, 20), inOrder(first)), opening(book, addDays(day, 14), at(11), inOrder(late))];
  });
}

function opening(book: VillageBook, day: string, minute: number, households: readonly BookHousehold[]): Occasion {
  const happen = () => {
    if (households.length === 0) return;
    const act = book.write(day, minute, {
      kind: 'opening',
      occurredOn: day,
      cards: households.map(({ card }) => card),
    });
    if (!act) return;
    for (const household of households) {
      household.isOpen = true;
      household.balanceCentipoints = OPENING_CENTIPOINTS;
    }
  };
  return { day, minute, happen };
}

export const OPENING_CENTIPOINTS = 10_000;

/** The supervisor looks through the month that has ended and publishes its record. */
function publication(book: VillageBook, month: string, date: number): Occasion {
  const day = `${addMonths(month, 1)}-0${date}`;
  const minute = book.random.whole(at(15), at(17, 20));
  return { day, minute, happen: () => void book.write(day, minute, { kind: 'publication', month }) };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
