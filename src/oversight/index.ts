/** Township and county offices: founding villages, appointing people, comparing villages; and each village's own desk. */
export type { StaffedPlace } from './administration.ts';
export { type ComparedVillage, compareVillages, type VillageFigures } from './comparison.ts';
export type { Risk, RiskLevel, RiskReason } from './decide-risk.ts';
export type { Warning, WarningLevel } from './decide-warnings.ts';
export type { DeskOperation, DeskState } from './desk.ts';
export type { NamedFinding } from './finding-names.ts';
export { type FirstStep, firstSteps } from './first-steps.ts';
export { type FoundingRefusal, foundVillage, type VillageDraft } from './found-village.ts';
export type { LedgerChecks, MonthReview } from './month-review.ts';
export type { MonthFigures } from './month-series.ts';
export type { SecondLooks } from './second-looks.ts';
export { verifyVillage } from './verify-village.ts';
export type { VillageCheck } from './village-check.ts';
export type { ListedVillage, VillageProfile } from './village-directory.ts';
export type { OwnedWarning, VillageWarnings } from './village-warnings.ts';
export type { VillageWork } from './village-work.ts';
export type { YearFigures } from './year-report.ts';
