/** Acts that earn or cost points: 加分 and 扣分. */
export { awardPoints } from './award-points.ts';
