/** 导入: how far an import is and what came of it. What is imported, the folders to the right know. */
export { type ImportRun, runningImport } from './import-run.ts';
export { type ImportSteps, type Imports, openImports } from './run-imports.ts';
export { AT_ONCE, type Turns, takeTurns } from './take-turns.ts';
