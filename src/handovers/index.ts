/** 移交: the shop from one hand into another, on a count that both sign. */
export type { CountedLine, CountOutcome } from './counted-goods.ts';
export type { HandoverState, ShopRole } from './decide-handover.ts';
export { listOpenItems, openHandover, signHandover } from './hand-over.ts';
export type { Handover } from './handovers.ts';
export type { OpenItem } from './open-items.ts';
export { type DueHandover, dueHandovers, mustHandOver, type ShopPost } from './shop-posts.ts';
export { verifyHandovers } from './verify-handovers.ts';
export { waiveHandover } from './waive-handover.ts';
