import { readdirSync } from 'node:fs';

/** Paths from the top of the repository, with forward slashes on every system, in order. */
export function glob(folder: string, ...endings: string[]): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => endings.some((ending) => path.endsWith(ending)) && !path.includes('/node_modules/'))
    .sort();
}
