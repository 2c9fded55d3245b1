/** Rule 6 as far as text can tell: drizzle's insert, update and delete, and the same in SQL, `copy` and `truncate` included. */
import { type SourceFile, withoutComments } from './source-file.ts';

type Table = { name: string; constant: string; area: string };

const DECLARATION = /export const (\w+)\s*=\s*pgTable\(\s*['"](\w+)['"]/g;
const SQL_WRITES = [
  /\binsert\s+into\s+"?(\w+)"?/gi,
  /\bupdate\s+(?:only\s+)?"?(\w+)"?(?:\s+(?:as\s+)?\w+)?\s+set\b/gi,
  /\bdelete\s+from\s+(?:only\s+)?"?(\w+)"?/gi,
  /\bmerge\s+into\s+(?:only\s+)?"?(\w+)"?/gi,
  /\btruncate\s+(?:table\s+)?(?:only\s+)?"?(\w+)"?/gi,
  /\bcopy\s+"?(\w+)"?[^;`]*?\bfrom\b/gi,
];
const DRIZZLE_WRITE = /\.(?:insert|update|delete)\(\s*(\w+)\s*\)/g;

export function findTableFaults(
  files: readonly SourceFile[],
  areaOf: (path: string) => string,
  report: (file: SourceFile, index: number, what: string) => void,
): void {
  const tables: Table[] = files
    .filter(({ path }) => /^src\/[a-z-]+\/schema\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(DECLARATION)].map(([, constant = '', name = '']) => ({ name, constant, area: areaOf(path) })),
    );
  for (const file of files.filter(({ path }) => path.startsWith('src/'))) {
    const area = areaOf(file.path);
    const text = withoutComments(file.text);
    const check = (index: number, table: Table | undefined) => {
      if (table !== undefined && table.area !== area) {
        report(file, index, `writes the table ${table.name} of ${table.area}`);
      }
    };
    for (const match of SQL_WRITES.flatMap((pattern) => [...text.matchAll(pattern)])) {
      check(
        match.index,
        tables.find(({ name }) => name === match[1]?.toLowerCase()),
      );
    }
    for (const match of text.matchAll(DRIZZLE_WRITE)) {
      const imported = new RegExp(`^import [^;]*\\b${match[1]}\\b[^;]* from`, 'm').test(text);
      check(match.index, imported ? tables.find(({ constant }) => constant === match[1]) : undefined);
    }
  }
}
