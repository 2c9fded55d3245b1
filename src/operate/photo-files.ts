/**
 * The pictures of a data folder, by their paths alone: there can be more of them than fit into memory. Each has the hash of its
 * content as its name, so a picture of that name that is there already is the same one.
 */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = 'photos';
const PICTURE = /^photos\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.jpg$/;

export function photoPaths(dataDir: string): string[] {
  if (!existsSync(join(dataDir, FOLDER))) return [];
  return readdirSync(join(dataDir, FOLDER), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${FOLDER}/${entry.name.slice(0, 2)}/${entry.name}`)
    .filter(isPhotoPath)
    .sort();
}

/** Only such a path is ever written from a backup. */
export function isPhotoPath(path: string): boolean {
  return PICTURE.test(path);
}

export function placePhotos(staged: string, dataDir: string): void {
  for (const path of photoPaths(staged)) {
    const here = join(dataDir, path);
    if (existsSync(here)) continue;
    mkdirSync(dirname(here), { recursive: true, mode: 0o700 });
    renameSync(join(staged, path), here);
  }
}
