/** The bodies of the database functions: one file each in the folder that owns it, copied into migrations as they change. */
import { readFileSync } from 'node:fs';
import { glob } from './files.ts';

export type FunctionFile = { path: string; name: string; text: string; statement: string; body: string };
export type Migration = { name: string; text: string };

const STATEMENT = /^create or replace function (\w+)\s*\(/m;
const BODY = /\bas\s+(\$\w*\$)([\s\S]*)\1/;

export function readFunctionFiles(): FunctionFile[] {
  return glob('src', '.sql').map((path) => parseFunctionFile(path, readFileSync(path, 'utf8')));
}

export function parseFunctionFile(path: string, text: string): FunctionFile {
  const normalized = text.replaceAll('\r\n', '\n');
  const start = STATEMENT.exec(normalized);
  const fileName = path
    .split('/')
    .at(-1)
    ?.replace(/\.sql$/, '');
  if (start?.[1] === undefined || start[1] !== fileName) {
    throw new Error(`${path} must hold one statement that begins "create or replace function ${fileName}("`);
  }
  const statement = normalized.slice(start.index).trim();
  const body = BODY.exec(statement)?.[2];
  if (body === undefined || !statement.endsWith(';')) {
    throw new Error(`${path} must quote its body with dollars and end in a semicolon`);
  }
  return { path, name: start[1], text: normalized.trim(), statement, body };
}

/** The function files whose newest copy in the migrations is missing or says something else. */
export function changedFunctions(files: readonly FunctionFile[], migrations: readonly Migration[]): FunctionFile[] {
  return files.filter((file) => !newestCopy(file.name, migrations)?.startsWith(file.statement));
}

/** Called functions come before their callers, because bodies in plain SQL are checked when they are created. */
export function inCallOrder(files: readonly FunctionFile[]): FunctionFile[] {
  const ordered = new Set<FunctionFile>();
  const visiting = new Set<FunctionFile>();
  const visit = (file: FunctionFile) => {
    if (ordered.has(file) || visiting.has(file)) {
      return;
    }
    visiting.add(file);
    files.filter(({ name }) => new RegExp(`\\b${name}\\s*\\(`).test(file.body)).forEach(visit);
    ordered.add(file);
  };
  files.forEach(visit);
  return [...ordered];
}

function newestCopy(name: string, migrations: readonly Migration[]): string | undefined {
  const start = new RegExp(`^create (?:or replace )?function ${name}\\s*\\(`, 'gm');
  for (const { text } of [...migrations].reverse()) {
    const last = [...text.matchAll(start)].at(-1);
    if (last !== undefined) {
      return text.slice(last.index);
    }
  }
  return undefined;
}
