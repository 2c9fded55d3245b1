import { addDays, addMonths, monthBounds } from '../platform/clock.ts';
import { type Occasion, occasionAt } from './occasion.ts';
import type { VillageBook } from './village-book.ts';
import { at } from './village-time.ts';

/** The first rule of the village's own has this code. */
const OWN_RULE = 'OWN-01';
const CARE = 'AD-FAM-04';

/** Before the last month a meeting gives more for the care of old neighbours, and makes a rule of the village's own. */
export function planRules(book: VillageBook, thisMonth: string): Occasion[] {
  const { random } = book;
  const effectiveFrom = `${addMonths(thisMonth, -1)}-01`;
  const metOn = addDays(monthBounds(addMonths(thisMonth, -2)).lastDay, -3);
  const decided = { effectiveFrom, meeting: `${metOn} 村民代表会议第6号` };
  let isMade = false;

  const decide = (day: string, minute: number) => {
    const { code, category, name, unit, capPeriod, capMaxCount, capMaxCentipoints, evidence } = book.rule(CARE, day);
    const care = { code, category, name, unit, capPeriod, capMaxCount, capMaxCentipoints, evidence };
    book.changeRule(day, minute, { kind: 'change', ...care, pointsCentipoints: 300, ...decided });
    isMade = book.changeRule(day, minute + 6, {
      kind: 'new',
      code: OWN_RULE,
      category: 'PUB',
      name: '接送老人看病取药',
      pointsCentipoints: 200,
      unit: '次',
      capPeriod: 'month',
      capMaxCount: 2,
      capMaxCentipoints: null,
      evidence: '双方确认',
      ...decided,
    });
  };

  const help = (day: string, minute: number) => {
    if (!isMade) return;
    const able = random.shuffled(book.opened().filter(({ diligence }) => diligence > 0.3));
    const households = able.slice(0, random.whole(1, 3));
    book.award(day, minute, { rule: OWN_RULE, occurredOn: day, households, note: '陪老人去卫生院取药' });
  };

  return [
    occasionAt(metOn, at(16, 20), decide),
    ...[6, 14, 23].map((days) => occasionAt(addDays(effectiveFrom, days), at(17, 40), help)),
  ];
}
