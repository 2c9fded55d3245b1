/** 评先: rounds, nominations, results, and honour points on accounts of their own. */
export { backfillHonour } from './backfill-honour.ts';
export type { Backfill } from './backfills.ts';
export { type HonourBoard, type HonouredHousehold, householdHonours } from './board.ts';
export { closeRound } from './close-round.ts';
export type { HonourKind } from './honour-kinds.ts';
export type { Nomination, Round } from './rounds.ts';
export { nominate, openRound } from './run-round.ts';
export { verifyHonours } from './verify-honours.ts';
export { waitingRounds } from './waiting-rounds.ts';
export { withdrawHonour } from './withdraw-honour.ts';
