/** 问题台账: what was found wrong, who sees to it until when, and who saw that it is done. */
export { changeProblem } from './change-problem.ts';
export type { ProblemCounts } from './count-problems.ts';
export type { ProblemFilter } from './list-problems.ts';
export { type Finding, openProblem, type ProblemOrigin, photoFacts } from './open-problem.ts';
export { type Problem, problems } from './problems.ts';
export { recordFinding } from './record-finding.ts';
export { countProblemsBelow, type VillageProblems } from './region-problems.ts';
export { type ShownPhoto, shownPhotos } from './shown-photos.ts';
