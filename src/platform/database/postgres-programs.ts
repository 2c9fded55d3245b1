import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { PostgresAccount } from './postgres-account.ts';

export interface ProgramSettings {
  cwd: string;
  stdio: StdioOptions;
  /** Its own process group, so that Ctrl-C in the terminal reaches us alone and the database outlives our last requests. */
  detached?: boolean | undefined;
}

/** Starts a PostgreSQL program under its account, deaf to PG* variables meant for other databases. */
export function spawnProgram(
  account: PostgresAccount,
  program: string,
  args: string[],
  settings: ProgramSettings,
): ChildProcess {
  const [file, ...rest] = [...account.prefix, program, ...args] as [string, ...string[]];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('PG')));
  return spawn(file, rest, { ...settings, ...account.identity, env, windowsHide: true });
}

export interface ProgramResult {
  /** Null when the program could not be started or was ended by a signal. */
  exitCode: number | null;
  output: string;
}

export function runProgram(
  account: PostgresAccount,
  program: string,
  args: string[],
  cwd: string,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawnProgram(account, program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.once('error', (error) => resolve({ exitCode: null, output: `${output}${error.message}` }));
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
