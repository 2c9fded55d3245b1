/** What an operator does at the terminal: backups, and bringing them back. */
export { type Restored, type RestoreInput, restoreBackup } from './restore-backup.ts';
export { serveMetrics } from './serve-metrics.ts';
export { type BackupInput, writeBackup } from './write-backup.ts';
