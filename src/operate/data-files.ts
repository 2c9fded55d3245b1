/**
 * The files of DATA_DIR without which a restored database would be worth little: the secrets, the keys of what is sealed in it, the seeds
 * from which the keys of the logs follow, and what was signed last. The database itself, locks and one-time codes are not among them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['secrets.json', 'storage-keys', 'log-seed', 'witness-seed', 'witness-logs'];
const FOLDERS = ['log', 'witness'];
/** What is only half written when it is read. */
const DRAFT = /\.\d+\.[0-9a-f]{8}$/;

export interface DataFile {
  /** With slashes, below DATA_DIR. */
  path: string;
  content: Buffer;
}

export function readDataFiles(dataDir: string): DataFile[] {
  const inFolders = FOLDERS.filter((folder) => existsSync(join(dataDir, folder))).flatMap((folder) =>
    readdirSync(join(dataDir, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !DRAFT.test(entry.name))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(dataDir.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  return [...FILES.filter((file) => existsSync(join(dataDir, file))), ...inFolders.sort()].map((path) => ({
    path,
    content: readFileSync(join(dataDir, path)),
  }));
}

/** Only such a path is ever written from a backup: nothing in an archive can lead anywhere else. */
export function isDataFile(path: string): boolean {
  return FILES.includes(path) || /^(log|witness)(\/[\w][\w.+=-]*){1,3}$/.test(path);
}
