/** Acts that earn or cost points: 加分 and 扣分. */
export { type AwardInput, awardPoints, MOST_CARDS, previewAwards } from './award-points.ts';
export type { AwardLine, AwardRefusal, AwardRequest } from './decide-awards.ts';
