/** 预警 of the shop's change of hands: a successor is there, and nobody has handed over yet. */
import type { DueHandover } from '../handovers/index.ts';
import type { Role } from '../people/index.ts';
import { addDays, daysBetween } from '../platform/clock.ts';
import type { WarningLevel } from './decide-warnings.ts';

export interface HandoverWarningCause {
  code: 'handoverDue';
  level: WarningLevel;
  post: 'manager' | 'storekeeper';
  from: string;
  to: string;
  days: number;
}

export type HandoverWarning = HandoverWarningCause & { owner: Role; dueOn: string };

const WITHIN_DAYS = 14;

export function decideHandoverWarnings(due: readonly DueHandover[], today: string): HandoverWarning[] {
  return due.map(({ role, fromName, toName, since }) => {
    const days = Math.max(0, daysBetween(since, today));
    return {
      code: 'handoverDue',
      level: days > WITHIN_DAYS ? 'red' : 'yellow',
      post: role,
      from: fromName,
      to: toName,
      days,
      owner: role,
      dueOn: addDays(since, WITHIN_DAYS),
    };
  });
}
