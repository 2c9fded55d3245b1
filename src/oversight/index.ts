/** Township and county offices: founding villages, appointing people, comparing villages; and each village's own desk. */
export { type StaffedPlace, staffedPlaces } from './administration.ts';
export { type ComparedVillage, compareVillages, type VillageFigures } from './comparison.ts';
export type { Risk, RiskLevel, RiskReason } from './decide-risk.ts';
export { type DeskOperation, type DeskState, deskState, lastOperations } from './desk.ts';
export { type FoundingRefusal, foundVillage, type VillageDraft } from './found-village.ts';
export { type LedgerChecks, type MonthReview, reviewMonth } from './month-review.ts';
export { type ListedVillage, type VillageProfile, villageDirectory, villageProfile } from './village-directory.ts';
