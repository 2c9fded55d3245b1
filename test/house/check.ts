/** `npm run check`: the rules of the house, none of which needs the whole suite. A failure names the rule and the remedy. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readMigrations } from '../../src/platform/database/migrate.ts';
import { findArrowFaults } from './arrows.ts';
import { changedFunctions, readFunctionFiles } from './function-files.ts';
import { findViewFaults } from './page-rules.ts';
import { findSchemaChanges } from './schema-changes.ts';
import { readSourceFiles } from './source-file.ts';
import { findStrays } from './top-level.ts';

type Check = { name: string; remedy: string; run: () => Promise<Outcome> };
type Outcome = { passed: boolean; output: string };

const checks: readonly Check[] = [
  {
    name: 'promises and unsafe types (oxlint)',
    remedy: 'correct the code; the rules are in .oxlintrc.json',
    run: () => program('oxlint/bin/oxlint', '--type-aware', '--deny-warnings'),
  },
  {
    name: 'format, imports, style (biome)',
    remedy: 'npm run format puts most of it right, npm run lint shows the rest; the rules are in .biome.json',
    run: () => program('@biomejs/biome/bin/biome', 'check', '.', '--error-on-warnings', '--reporter=summary'),
  },
  {
    name: 'types (tsc)',
    remedy: 'correct the types',
    run: () => program('typescript/bin/tsc', '--noEmit'),
  },
  {
    name: 'types of the browser scripts (tsc)',
    remedy: 'correct the types',
    run: () => program('typescript/bin/tsc', '--noEmit', '--project', 'views/assets'),
  },
  {
    name: 'types of the service worker (tsc)',
    remedy: 'correct the types',
    run: () => program('typescript/bin/tsc', '--noEmit', '--project', 'views/worker'),
  },
  {
    name: 'dead code (knip)',
    remedy: 'remove what nobody uses, or use it; the entries are in .knip.json',
    run: () => program('knip/bin/knip.js', '--no-progress', '--no-config-hints'),
  },
  {
    name: 'arrows between the folders',
    remedy: 'the arrows are drawn in src/README.md and listed in test/house/arrows.ts',
    run: async () =>
      faults(
        findArrowFaults([...readSourceFiles('src', '.ts', '.tsx', '.sql'), ...readSourceFiles('views', '.ts', '.tsx')]),
      ),
  },
  {
    name: 'rules for pages and htmx',
    remedy: 'the rules are in test/house/page-rules.ts',
    run: async () => faults(findViewFaults(readSourceFiles('views', '.tsx'))),
  },
  {
    name: 'nothing strange at the top of the repository',
    remedy: 'git rm -r --cached what a tool left behind; what belongs there is listed in test/house/top-level.ts',
    run: async () => faults(existsSync('.git') ? findStrays() : []),
  },
  {
    name: 'words in three languages',
    remedy: 'npm run words',
    run: () => program('tsx/dist/cli.mjs', 'test/house/convert-words.ts', '--check'),
  },
  {
    name: 'migrations tell the whole schema',
    remedy: 'npm run migration -- <name> for tables, npm run migration:functions -- <name> for functions',
    run: async () => faults(await findMigrationFaults()),
  },
  {
    name: 'the migrated database is the one in test/schema.sql',
    remedy: 'look at what changed; npm run schema:dump takes it over',
    run: () => program('vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', 'test/house/schema.test.ts'),
  },
];

async function findMigrationFaults(): Promise<string[]> {
  const found: string[] = [];
  if (existsSync('drizzle/meta')) {
    found.push('drizzle/meta: drizzle-kit was run by itself; remove the folder and use npm run migration');
  }
  const migrations = await readMigrations();
  for (const { path } of changedFunctions(readFunctionFiles(), migrations)) {
    found.push(`${path}: its newest copy in drizzle/ is missing or says something else`);
  }
  const changes = await findSchemaChanges();
  if (changes !== undefined) {
    found.push(`src/<folder>/schema.ts declares what no migration makes:\n${changes.sql.trim()}`);
  }
  return found;
}

function faults(found: readonly string[]): Outcome {
  return { passed: found.length === 0, output: found.join('\n') };
}

function program(file: string, ...words: string[]): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`node_modules/${file}`, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString();
    });
    child.stderr.on('data', (part: Buffer) => {
      output += part.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ passed: code === 0, output: output.trim() }));
  });
}

const failed: Check[] = [];
const waiting = [...checks];

async function work(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    const started = performance.now();
    const { passed, output } = await check.run().catch((error: unknown) => ({ passed: false, output: String(error) }));
    console.log(`${passed ? '✓' : '✗'} ${check.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    if (!passed) {
      failed.push(check);
      console.log(`${output.replace(/^/gm, '  ')}\n  → ${check.remedy}\n`);
    }
  }
}

// Two at a time: they are as many as the slowest machine has cores.
await Promise.all([work(), work()]);
if (failed.length > 0) {
  console.error(`${failed.length} of ${checks.length} checks failed: ${failed.map(({ name }) => name).join('; ')}`);
  process.exitCode = 1;
}
