import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PhotoStore } from './photo-store.ts';

/** Pictures in a folder of this machine. Names are hashes alone, so no name that anybody sends ever becomes a path. */
export function diskStore(folder: string): PhotoStore {
  const pathOf = (sha256: Buffer) => {
    const name = sha256.toString('hex');
    return join(folder, name.slice(0, 2), `${name}.jpg`);
  };
  return {
    put: async (sha256, content) => {
      const path = pathOf(sha256);
      const known = await stat(path).catch(() => null);
      if (known?.size === content.length) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
      try {
        const file = await open(draft, 'wx', 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, path);
        await syncFolder(dirname(path));
      } finally {
        await rm(draft, { force: true });
      }
    },
    get: async (sha256) => {
      const content = await readFile(pathOf(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      return content && createHash('sha256').update(content).digest().equals(sha256) ? content : null;
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  };
}

/** The name is as durable as the content. Windows knows no such thing. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  if (folder === null) return;
  await folder.sync().catch(() => {});
  await folder.close();
}
