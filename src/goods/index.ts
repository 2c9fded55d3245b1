/** What is on the shelf: 物品, their prices in points, and how many are left. */
export { addGoods } from './add-goods.ts';
export { adoptCatalogue } from './adopt-catalogue.ts';
export { CAUSES, type Cause } from './causes.ts';
export { approveProposal } from './close-proposals.ts';
export { priceForValue } from './decide-price.ts';
export type { StockWarning } from './decide-warning.ts';
export { findGoods } from './find-goods.ts';
export { type QuotaUse, quotaUse } from './goods-item.ts';
export { nameGoods } from './name-goods.ts';
export { noteWant, wantedGoods } from './note-want.ts';
export { offerApprovedGoods } from './offer-approved-goods.ts';
export { proposeChange } from './propose-change.ts';
export type { FaultyField, ReadRow } from './receipt-form.ts';
export { type ReceiptInput, receiveGoods } from './receive-goods.ts';
export { priceByRate, setTerms } from './set-terms.ts';
export { receivableGoods, type ShelfGoods, shelf, ZONES } from './shelf.ts';
export { slipList, slipNumbers, withGaps } from './slip-numbers.ts';
export { verifyGoods } from './verify-goods.ts';
