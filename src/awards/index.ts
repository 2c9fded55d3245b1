/** Acts that earn or cost points: 加分 and 扣分. */
export { awardPoints, draftAwards, previewAwards } from './award-points.ts';
export type { AwardPreviewDecided, AwardRefusal, CardRefusal } from './decide-awards.ts';
