/** `npm run bench` measures every claim, one after another, each in a process of its own: `npm run bench -- redemptions pages` some. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ALL = ['redemptions', 'pages', 'long-ledger', 'verify-million', 'demo-load'];
const chosen = process.argv.slice(2);

for (const name of chosen.length > 0 ? chosen : ALL) {
  console.log(`\n${name}`);
  const path = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
