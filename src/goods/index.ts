/** What is on the shelf: 物品, their prices in points, and how many are left. */
export { adoptCatalogue } from './adopt-catalogue.ts';
export type { StockWarning } from './decide-warning.ts';
export { findGoods } from './find-goods.ts';
export { nameGoods } from './name-goods.ts';
export type { FaultyField, ReadRow } from './receipt-form.ts';
export { receiveGoods } from './receive-goods.ts';
export { type ShelfGoods, shelf, ZONES } from './shelf.ts';
