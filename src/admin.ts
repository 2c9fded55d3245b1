/**
 * `npm run admin` says who can administer, or gives the code of the set-up page when nobody ever could.
 * `npm run admin -- reset <user name> [--without-second-step]` gives an administrator a code for a new password, printed once.
 * `npm run admin -- add <user name> <name> --county <county code>` makes a further one.
 * Works while the server runs or not. Ends with 0 when it is done, with 1 when it may not be, with 2 when nothing could be tried.
 */
import { parseArgs } from 'node:util';
import {
  type AdditionRefusal,
  addAdministrator,
  administrators,
  type RescueRefusal,
  rescueAdministrator,
} from './operate/index.ts';
import { hasAdministrator, type IssuedCode, provideSetUpCode } from './people/index.ts';
import type { Config } from './platform/config.ts';
import { connect, type Sql } from './platform/database/connect.ts';
import { OperatorError } from './platform/operator-error.ts';
import { runCommand } from './platform/process/run-command.ts';
import { useDatabase } from './platform/process/use-database.ts';

type Command =
  | { name: 'list' }
  | { name: 'reset'; username: string; withoutSecondStep: boolean }
  | { name: 'add'; username: string; displayName: string; countyCode: string };

async function run(config: Config): Promise<number> {
  const command = readCommand();
  return await useDatabase(config, 'app', async (database) => {
    const sql = connect(database, { max: 1, applicationName: 'love-supermarket admin' });
    try {
      return command.name === 'list' ? await list(sql, config.dataDir) : show(await carryOut(sql, command));
    } finally {
      await sql.end({ timeout: 1 });
    }
  });
}

async function list(sql: Sql, dataDir: string): Promise<number> {
  if (!(await hasAdministrator(sql))) {
    const code = provideSetUpCode(dataDir);
    console.log(`Nobody administers the shop yet. Open /set-up and enter the one-time code ${code}`);
    console.log(`还没有管理员。请打开 /set-up 并输入一次性代码 ${code}`);
    return 0;
  }
  const found = await administrators(sql);
  for (const { username, displayName, countyName, countyCode } of found) {
    console.log(`  ${username.padEnd(20)} ${displayName}, ${countyName} (${countyCode})`);
  }
  if (found.length > 0) return 0;
  console.log('Nobody can administer any more: npm run admin -- add <user name> <name> --county <county code>');
  console.log('已经没有能用的管理员：npm run admin -- add <用户名> <姓名> --county <县代码>');
  return 1;
}

function carryOut(sql: Sql, command: Exclude<Command, { name: 'list' }>) {
  return command.name === 'reset' ? rescueAdministrator(sql, command) : addAdministrator(sql, command);
}

const WHY_NOT: Record<(RescueRefusal | AdditionRefusal)['refused'], [english: string, chinese: string]> = {
  no_such_administrator: ['Nobody of that user name can administer a county today.', '没有这个用户名的现任管理员。'],
  not_a_username: ['A user name has 2 to 40 letters or digits, without spaces.', '用户名要 2 到 40 个字，不带空格。'],
  username_taken: ['That user name is taken.', '这个用户名已经有人用了。'],
  no_such_county: ['There is no county of that code.', '没有这个代码的县。'],
};

function show(outcome: IssuedCode | RescueRefusal | AdditionRefusal): number {
  if ('refused' in outcome) {
    for (const line of WHY_NOT[outcome.refused]) console.error(`✗ ${line}`);
    return 1;
  }
  const { code, until } = outcome;
  console.log(`✓ Open /reset and enter the user name and the one-time code ${code}, until ${until.day} ${until.time}.`);
  console.log(`✓ 请打开 /reset，填用户名和一次性代码 ${code}，${until.day} ${until.time} 前有效。`);
  return 0;
}

function readCommand(): Command {
  const usage = new OperatorError(
    'npm run admin\nnpm run admin -- reset <user name> [--without-second-step]\n' +
      'npm run admin -- add <user name> <name> --county <county code>',
    '用法见上。',
  );
  try {
    const options = { county: { type: 'string' }, 'without-second-step': { type: 'boolean' } } as const;
    const { positionals, values } = parseArgs({ allowPositionals: true, options });
    const [name, username, displayName, ...rest] = positionals;
    const withoutSecondStep = values['without-second-step'] ?? false;
    if (name === undefined) return { name: 'list' };
    if (name === 'reset' && username !== undefined && displayName === undefined) {
      return { name, username, withoutSecondStep };
    }
    if (name === 'add' && username !== undefined && displayName && rest.length === 0 && values.county !== undefined) {
      return { name, username, displayName, countyCode: values.county };
    }
  } catch {
    throw usage;
  }
  throw usage;
}

// Last, for what stands above must be there when it runs.
await runCommand(run);
