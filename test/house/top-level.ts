/** What may stand at the top of the repository beside dotfiles: whatever else git keeps there was left behind by some tool. */
import { execFileSync } from 'node:child_process';

const AGREED: ReadonlySet<string> = new Set([
  'src',
  'views',
  'drizzle',
  'test',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'drizzle.config.ts',
  'README.md',
  'README.zh-CN.md',
  'LICENSE',
]);

export function findStrays(): string[] {
  const kept = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' }).split('\0');
  const names = new Set(kept.map((path) => path.split('/', 1)[0] ?? ''));
  return [...names].filter((name) => !name.startsWith('.') && name !== '' && !AGREED.has(name));
}
