import { addDays, monthBounds } from '../platform/clock.ts';
import { CLEANING, CLEANING_NOTES, CUSTOMS, type Custom, INSPECTION_MARKS } from './customs.ts';
import { type Occasion, occasionAt } from './occasion.ts';
import type { Random } from './random.ts';
import type { BookHousehold, VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

/** One month of acts that earn or cost points. */
export function planAwards(book: VillageBook, month: string, monthsAgo: number, isLarge: boolean): Occasion[] {
  const { random } = book;
  const occasions: Occasion[] = [];
  for (const custom of CUSTOMS) {
    if (custom.months && !custom.months.includes(month.slice(5))) continue;
    if (custom.monthsAgo !== undefined && custom.monthsAgo !== monthsAgo) continue;
    const times = custom.times[isLarge ? 0 : 1];
    const count = Math.floor(times) + (random.chance(times % 1) ? 1 : 0);
    for (let time = 1; time <= count; time += 1) occasions.push(customOccasion(book, month, custom));
  }
  for (const group of isLarge ? new Set(book.households.map((household) => household.group)) : [null]) {
    for (let time = 1; time <= (isLarge ? 2 : 1); time += 1) occasions.push(cleaning(book, month, group, isLarge));
  }
  const marks = isLarge ? INSPECTION_MARKS : INSPECTION_MARKS.slice(0, 1);
  occasions.push(inspection(book, dayIn(random, month, 20, 25), marks));
  return occasions;
}

/** A group sweeps its own streets; a small village does it together. */
function cleaning(book: VillageBook, month: string, group: string | null, isLarge: boolean): Occasion {
  const { random } = book;
  const day = dayIn(random, month, 2, 27);
  const note = random.pick(CLEANING_NOTES);
  return occasion(book, day, (recordedOn, minute) => {
    const able = book.households.filter((household) => group === null || household.group === group);
    const households = comers(random, able, isLarge ? 0.5 : 0.4);
    book.award(recordedOn, minute, { rule: CLEANING, occurredOn: day, households, note });
  });
}

function customOccasion(book: VillageBook, month: string, { rule, who, days = [2, 27], notes }: Custom): Occasion {
  const { random } = book;
  const day = dayIn(random, month, ...days);
  const note = random.pick(notes);
  return occasion(book, day, (recordedOn, minute) => {
    const isPenalty = book.rule(rule, day).pointsCentipoints < 0;
    const able = book.opened().filter((household) => book.mayEarn(household, book.rule(rule, day), day));
    const households = 'share' in who ? comers(random, able, who.share) : few(random, able, who, isPenalty);
    book.award(recordedOn, minute, { rule, occurredOn: day, households, note });
  });
}

/** Three assessors visit every household on one day; the marks are entered that evening or the next morning. */
function inspection(
  book: VillageBook,
  day: string,
  inspectionMarks: readonly (readonly [rule: string, fewest: number])[],
): Occasion {
  return occasion(book, day, (recordedOn, minute) => {
    const left = new Set(book.opened());
    const mark = (household: BookHousehold) => 0.25 + household.diligence * 0.5 + book.random.next() * 0.35;
    const marks = new Map([...left].map((household) => [household, mark(household)]));
    for (const [rule, fewest] of inspectionMarks) {
      const households = [...left].filter((household) => (marks.get(household) ?? 0) >= fewest);
      for (const household of households) left.delete(household);
      book.award(recordedOn, minute, { rule, occurredOn: day, households });
    }
  });
}

/** Most acts are entered before supper, the others on the next morning. */
function occasion(book: VillageBook, day: string, happen: (recordedOn: string, minute: number) => void): Occasion {
  const isSameDay = book.random.chance(0.65);
  const recordedOn = isSameDay ? day : addDays(day, 1);
  const minute = isSameDay ? book.random.whole(at(16, 40), at(18, 20)) : book.random.whole(at(8, 20), at(10));
  return occasionAt(recordedOn, minute, happen);
}

/** The diligent come more often, and a few never. */
function comers(random: Random, households: readonly BookHousehold[], share: number): BookHousehold[] {
  return households.filter(({ isOpen, diligence }) => isOpen && random.chance(share * (0.15 + 1.35 * diligence)));
}

function few(
  random: Random,
  households: readonly BookHousehold[],
  { fewest, most }: { fewest: number; most: number },
  isPenalty: boolean,
): BookHousehold[] {
  const suited = households.filter(({ diligence }) => (isPenalty ? diligence < 0.6 : diligence > 0.3));
  return random.shuffled(suited).slice(0, random.whole(fewest, most));
}

export function dayIn(random: Random, month: string, first: number, last: number): string {
  const lastOfMonth = Number(monthBounds(month).lastDay.slice(8));
  return `${month}-${String(random.whole(first, Math.min(last, lastOfMonth))).padStart(2, '0')}`;
}
