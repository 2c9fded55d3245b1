/** What is on the shelf: 物品, their prices in points, and how many are left. */
export { adoptCatalogue } from './adopt-catalogue.ts';
export { priceForValue } from './decide-price.ts';
export type { ReceiptLine, ReceiptRefusal, ReceiptRequest } from './decide-receipt.ts';
export { type ReceiptInput, receiveGoods } from './receive-goods.ts';
export { goodsByCode, type ShelfGoods, shelf, type Zone, ZONES } from './shelf.ts';
