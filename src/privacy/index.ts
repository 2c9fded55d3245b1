/** 个人资料: what a household may ask for about itself: a copy of everything, and to be forgotten. */
export { type ErasureInput, eraseHousehold } from './erase-household.ts';
export type { CopiedAct, CopiedCard, HouseholdCopy } from './household-copy.ts';
export { PERSONAL_TABLES } from './personal-tables.ts';
