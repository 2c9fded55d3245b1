/** Points for goods at the counter: 兑换. */

export type { CountedDay } from './count-day.ts';
export type { Shown } from './decide-display.ts';
export type { NumberEvent } from './decide-number.ts';
export { decideRedemption, type RedemptionRefusal } from './decide-redemption.ts';
export { keptPhoto, photoAtCounter } from './photo-at-counter.ts';
export { namedPhotos, presenceFields } from './presence-body.ts';
export { readPresence, typedPresence } from './presence-form.ts';
export { type AtCounter, type AtCounterRefusal, keptPresence, refusePin, whoIsThere } from './present-at-counter.ts';
export type { CountedNumbers, CounterQueue, OwnNumber, PublicQueue, Queue, QueueNumber } from './queue.ts';
export { redeemGoods } from './redeem-goods.ts';
export { redeemOnPaper } from './redeem-on-paper.ts';
export { redemptionBasis } from './redemption-basis.ts';
