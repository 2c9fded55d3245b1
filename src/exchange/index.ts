/** Points for goods at the counter: 兑换. */
export { redeemGoods } from './redeem-goods.ts';
export { redeemOnPaper } from './redeem-on-paper.ts';
