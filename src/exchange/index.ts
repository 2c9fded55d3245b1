/** Points for goods at the counter: 兑换. */
export type { RedemptionDraft, RedemptionRefusal, RedemptionRequest } from './decide-redemption.ts';
export { previewRedemption, type RedemptionInput, redeemGoods } from './redeem-goods.ts';
