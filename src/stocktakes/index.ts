/** 盘点: counting what is there while the counter goes on. */
export { STOCKTAKE_KINDS, type Stocktake, type StocktakeKind, stocktakes } from './stocktake.ts';
export { moveOn, nameCauses, openStocktake, postStocktake, saveCounts } from './take-stock.ts';
