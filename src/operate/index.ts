/** What an operator does at the terminal: backups and bringing them back, helping administrators, watching. */
export {
  type AdditionRefusal,
  addAdministrator,
  administrators,
  type RescueRefusal,
  rescueAdministrator,
} from './administrators.ts';
export { noteAfterwards, noteAtTerminal, noteTerminal } from './note-terminal.ts';
export { type RestoreInput, restoreBackup } from './restore-backup.ts';
export { serveMetrics } from './serve-metrics.ts';
export { whyNotImportable } from './why-not-importable.ts';
export { writeBackup } from './write-backup.ts';
