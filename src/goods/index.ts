/** What is on the shelf: 物品, their prices in points, and how many are left. */
export { adoptCatalogue } from './adopt-catalogue.ts';
export { priceForValue } from './decide-price.ts';
export type { ReceiptLine, ReceiptRefusal, ReceiptRequest } from './decide-receipt.ts';
export type { StockWarning } from './decide-warning.ts';
export { type FindableGoods, findGoods } from './find-goods.ts';
export type { FaultyField, ReadRow } from './receipt-form.ts';
export { type ReceiptInput, receiveGoods } from './receive-goods.ts';
export { goodsByCode, type ShelfGoods, shelf, ZONES, type Zone } from './shelf.ts';
