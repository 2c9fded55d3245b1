/** 分值: what a point is worth in a village, and how it becomes another. */
export { changeRate, type RateInput } from './change-rate.ts';
export { verifyRates } from './verify-rates.ts';
