import { addMonths } from '../platform/clock.ts';
import { type Occasion, occasionAt } from './occasion.ts';
import type { BookHousehold, VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

/** What happens to cards in a large village: one is lost and replaced, one rests while its household is away. */
export function planChanges(book: VillageBook, thisMonth: string): Occasion[] {
  const lastMonth = addMonths(thisMonth, -1);
  let away: BookHousehold | undefined;
  return [
    occasionAt(`${lastMonth}-05`, at(9, 15), (day, minute) => {
      [away] = book.random.shuffled(book.opened());
      if (away) rest(book, day, minute, away);
    }),
    occasionAt(`${lastMonth}-16`, at(15, 5), (day, minute) => replace(book, day, minute)),
    occasionAt(`${lastMonth}-24`, at(10, 40), (day, minute) => {
      if (away) comeBack(book, day, minute, away);
    }),
  ];
}

function rest(book: VillageBook, day: string, minute: number, household: BookHousehold): void {
  const change = { kind: 'freezing', card: household.card, reason: '全家外出务工，请村里先停用' } as const;
  if (book.write(day, minute, { kind: 'change', change })) household.isOpen = false;
}

function comeBack(book: VillageBook, day: string, minute: number, household: BookHousehold): void {
  const change = { kind: 'unfreezing', card: household.card, reason: '已经回村，恢复使用' } as const;
  if (book.write(day, minute, { kind: 'change', change })) household.isOpen = true;
}

/** The new card has the number after the village's last. */
function replace(book: VillageBook, day: string, minute: number): void {
  const [household] = book.random.shuffled(book.opened());
  if (!household) return;
  const newCard = household.card.slice(0, 6) + String(book.households.length + 1).padStart(4, '0');
  const change = { kind: 'replacement', card: household.card, reason: '赶集时积分卡丢了', newCard } as const;
  if (book.write(day, minute, { kind: 'change', change })) household.card = newCard;
}
