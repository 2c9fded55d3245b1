/**
 * 催改提醒, kept from the entries alone: where the village reminds first, no points are taken without a reminder of that account and
 * rule that stands and whose day has come; what is said to be a matter of safety waits for nobody, and says so. What waited for the
 * village's word names its reminder where it has one.
 */
import { Found } from './finding.ts';
import type { Leaf, LeafType } from './leaf.ts';

export interface ReminderBook {
  enter(leaf: Leaf, index: number): void;
}

interface Reminder {
  acct: string;
  rule: string;
  due: string;
  isClosed: boolean;
  /** The deduction that stands on it. */
  deduction: number | null;
}

export function openReminderBook(): ReminderBook {
  const reminders = new Map<number, Reminder>();
  const byDeduction = new Map<number, Reminder>();
  let days = 0;

  const wrong = (what: string, index: number) => new Found('books', what, index);

  const known = ({ reminder = -1, acct }: Leaf, index: number): Reminder => {
    const found = reminders.get(reminder);
    if (!found) throw wrong(`it names reminder ${reminder}, which nobody gave`, index);
    if (found.acct !== acct) throw wrong('it names a reminder of another account', index);
    if (found.isClosed) throw wrong('it names a reminder that was closed', index);
    if (found.deduction !== null) throw wrong('it names a reminder on which points were taken already', index);
    return found;
  };

  const give = ({ acct = '', rule = '', due = '', occurred }: Leaf, index: number) => {
    if (due <= occurred) throw wrong('it leaves no day to put things right', index);
    reminders.set(index, { acct, rule, due, isClosed: false, deduction: null });
  };

  const deduct = (leaf: Leaf, index: number) => {
    const { claim, reminder, urgent, rule, occurred, earned = occurred } = leaf;
    if (reminder === undefined) {
      if (days > 0 && claim === undefined && urgent !== true) throw wrong('it takes points without a reminder', index);
      return;
    }
    const found = known(leaf, index);
    if (found.rule !== rule) throw wrong('it names a reminder about another rule', index);
    if (earned < found.due) throw wrong(`it takes points before the reminder's day, ${found.due}`, index);
    found.deduction = index;
    byDeduction.set(index, found);
  };

  const handlers: Partial<Record<LeafType, (leaf: Leaf, index: number) => void>> = {
    'settings.change': ({ values }) => {
      const set = values?.['reminderDays'];
      if (typeof set === 'number') days = set;
    },
    'reminder.give': give,
    'reminder.close': (leaf, index) => {
      known(leaf, index).isClosed = true;
    },
    'points.deduct': deduct,
    'points.reverse': ({ reverses = -1 }) => {
      const found = byDeduction.get(reverses);
      if (found) found.deduction = null;
    },
  };

  return { enter: (leaf, index) => handlers[leaf.type]?.(leaf, index) };
}
