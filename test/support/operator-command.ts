import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A command of the operator as `npm run` starts it, with its output and how it ended. */
export function runCommand(
  script: string,
  words: readonly string[],
  env: Record<string, string>,
): Promise<{ exitCode: number | null; output: string }> {
  const path = fileURLToPath(new URL(`../../src/${script}`, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path, ...words], {
      env: { ...process.env, DATABASE_URL: '', DEMO: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (part) => (output += part));
    child.stderr.on('data', (part) => (output += part));
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
