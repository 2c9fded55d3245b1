import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { glob } from './files.ts';

export type SourceFile = { path: string; text: string };

/** `path` is where a relative import leads, from the top of the repository; a package has none. */
export type Import = { specifier: string; path: string | undefined; typeOnly: boolean; index: number };

const STATIC = /^(?:import|export)\s+(type\s)?([^'"`;]*?)\s*from\s*['"]([^'"]+)['"]/gm;
const BARE = /^import\s*['"]([^'"]+)['"]/gm;
const DYNAMIC = /(\btypeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g;

export function readSourceFiles(folder: string, ...endings: string[]): SourceFile[] {
  return glob(folder, ...endings).map((path) => ({ path, text: readFileSync(path, 'utf8').replaceAll('\r\n', '\n') }));
}

/** Sound for files in our format: a static import begins its line, and nothing else there does. */
export function parseImports({ path, text }: SourceFile): Import[] {
  const found = (specifier: string, typeOnly: boolean, index: number): Import => ({
    specifier,
    path: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined,
    typeOnly,
    index,
  });
  return [
    ...[...text.matchAll(STATIC)].map(({ 1: type, 2: names = '', 3: specifier = '', index }) =>
      found(specifier, type !== undefined || onlyTypes(names), index),
    ),
    ...[...text.matchAll(BARE)].map((match) => found(match[1] ?? '', false, match.index)),
    ...[...text.matchAll(DYNAMIC)].map((match) => found(match[2] ?? '', match[1] !== undefined, match.index)),
  ];
}

/** `{ type A, type B }`, without a default or a value among them. */
function onlyTypes(names: string): boolean {
  const listed =
    /^\{([\s\S]*)\}$/
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean) ?? [];
  return listed.length > 0 && listed.every((name) => name.startsWith('type '));
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** Blanks comments of TypeScript and SQL, so that every index stays where it was. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)(?:\/\/|--\s).*$/gm, (comment) => comment.replace(/[^\n]/g, ' '));
}
