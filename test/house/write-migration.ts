/**
 * `npm run migration -- <name>` writes the next numbered file from the changes in `src/<folder>/schema.ts`;
 * with `--custom` an empty one to fill by hand (triggers, grants, data);
 * with `--functions` one that holds every function file whose body differs from its newest copy in `drizzle/`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { changedFunctions, inCallOrder, readFunctionFiles } from './function-files.ts';
import { findSchemaChanges, SNAPSHOT } from './schema-changes.ts';

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [name] = words;
if (words.length !== 1 || name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Give the migration one name in lower case, such as: npm run migration -- add_wish');
  process.exit(1);
}

const migrations = readdirSync('drizzle')
  .filter((file) => file.endsWith('.sql'))
  .sort()
  .map((file) => ({ name: file, text: readFileSync(`drizzle/${file}`, 'utf8').replaceAll('\r\n', '\n') }));

if (process.argv.includes('--functions')) {
  const changed = inCallOrder(changedFunctions(readFunctionFiles(), migrations));
  if (changed.length === 0) {
    console.log('Every function file is already in a migration as it stands.');
  } else {
    write(changed.map(({ text }) => text).join('\n--> statement-breakpoint\n'));
  }
} else if (process.argv.includes('--custom')) {
  write(`-- ${name.replaceAll('_', ' ')}`);
} else {
  const changes = await findSchemaChanges();
  if (changes === undefined) {
    console.log('The tables are as the newest migration left them.');
  } else {
    write(changes.sql.trim());
    writeFileSync(SNAPSHOT, `${changes.snapshot.trim()}\n`);
  }
}

function write(text: string): void {
  const taken = new Set(migrations.map((file) => Number(file.name.slice(0, 4))));
  let number = 0;
  while (taken.has(number)) {
    number += 1;
  }
  const path = `drizzle/${String(number).padStart(4, '0')}_${name}.sql`;
  writeFileSync(path, `${text}\n`);
  console.log(`${path} is written. Read it, then: npm run schema:dump`);
}
