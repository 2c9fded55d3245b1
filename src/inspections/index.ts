/** 五净一规范: visits to households, and what comes of them. */
export type { VisitState } from './decide-inspection.ts';
export type { VisitFilter } from './list-visits.ts';
export { planVisits } from './plan-visits.ts';
export type { Rating, RatingGrade } from './ratings.ts';
export { recordInspection } from './record-inspection.ts';
export { type Visited, type VisitPlan, type VisitResult, visits } from './visits.ts';
