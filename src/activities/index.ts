/** 集体活动: what the village did together, who came, and points by that list. */
export { type Activity, type Attendance, activities } from './activities.ts';
export type { ActivityKind } from './activity-kinds.ts';
export { awardActivity } from './award-activity.ts';
export type { NameRefusal } from './decide-activity.ts';
export { recordActivity } from './record-activity.ts';
export { verifyActivities } from './verify-activities.ts';
export { waitingActivities } from './waiting-activities.ts';
