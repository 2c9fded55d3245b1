/** 盘点: counting what is there while the counter goes on. */

export { moveOn, nameCauses, type OpenRefusal, openStocktake, postStocktake, saveCounts } from './take-stock.ts';
export { verifyShopLists } from './verify-shop-lists.ts';
