/**
 * 柳树湾村 remembers who helped before it kept points for it: honour for what was entered too late, once for the wrong household. Each by
 * the command that a form would call.
 */
import { backfillHonour, withdrawHonour } from '../honours/index.ts';
import type { Db } from '../platform/database/db.ts';
import { must } from './must.ts';

const VOLUNTEERS = 'AD-PUB-01';

interface Hand {
  villageId: number;
  recordedBy: number;
  today: string;
}

/** Answers the act. */
export async function honourLate(db: Db, hand: Hand, number: string, occurredOn: string): Promise<number> {
  const late = { number, rule: VOLUNTEERS, occurredOn, times: 1, meeting: '村民代表会议第7号' };
  const { acts } = await must(backfillHonour(db, { ...hand, ...late, idempotencyKey: `demo-late-${number}` }));
  return acts[0]?.seq ?? 0;
}

/** Somebody who did not enter it takes it back. */
export async function withdrawMistaken(db: Db, hand: Hand, honour: number): Promise<void> {
  const why = { reason: '核对会议记录，去的是另一户', mayHandOut: false };
  await must(withdrawHonour(db, { ...hand, ...why, honour, idempotencyKey: 'demo-late-withdrawn' }));
}
