/** 催改提醒: what a household is told in writing before points are taken, and when it has put things right. */
export { closeReminder } from './close-reminder.ts';
export type { DeductionGround, DeductionRefusal } from './decide-reminder.ts';
export { giveReminder } from './give-reminder.ts';
export { reminderLines } from './reminder-lines.ts';
export { dueReminders, type Reminder, type ReminderView } from './reminders.ts';
export { remindersBefore } from './reminders-before.ts';
export { verifyReminders } from './verify-reminders.ts';
