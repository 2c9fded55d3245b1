import { type DemoAccount, demoAccounts } from './demo/index.ts';
import { hasAdministrator, provideSetUpCode } from './people/index.ts';
import { villageDay } from './platform/clock.ts';
import { type Config, isLoopback } from './platform/config.ts';
import { connect, type PostgresOptions } from './platform/database/connect.ts';

/** The first thing an operator reads: the address, and who can sign in there or how the first one comes to be. */
export async function printWelcome(address: string, owner: PostgresOptions, config: Config): Promise<void> {
  const sql = connect(owner, { max: 1, applicationName: 'love-supermarket welcome' });
  const lines = [`爱心超市 Love supermarket: ${config.publicOrigin ?? address}`];
  try {
    if (config.demo) lines.push(...describeAccounts(await demoAccounts(sql, villageDay(new Date()))));
    else if (!(await hasAdministrator(sql))) lines.push(...describeSetUp(address, provideSetUpCode(config.dataDir)));
    lines.push(...adviseHttps(config));
  } finally {
    await sql.end({ timeout: 1 });
  }
  console.log(`\n${lines.map((line) => `  ${line}`).join('\n')}\n`);
}

/** Where others than this machine get in without encryption, passwords can be read on the way. */
export function adviseHttps({ host, publicOrigin }: Pick<Config, 'host' | 'publicOrigin'>): string[] {
  const isEncrypted = publicOrigin?.startsWith('https:') ?? false;
  const isOpen = publicOrigin === undefined ? !isLoopback(host) : !isLoopback(new URL(publicOrigin).hostname);
  if (isEncrypted || !isOpen) return [];
  return [
    '',
    '没有用 HTTPS：密码在路上会被人看到。请在前面放一个代理，并设 PUBLIC_ORIGIN=https://…，见 README.zh-CN.md。',
    'No HTTPS: passwords can be read on the way. Put a proxy in front and set PUBLIC_ORIGIN=https://…, see README.md.',
  ];
}

const SHOWN_ACCOUNTS = 4;

const roleNames: Partial<Record<DemoAccount['role'], string>> = {
  manager: '管理员 · manager',
  supervisor: '监督员 · first secretary',
  township_officer: '乡镇 · township office',
  county_officer: '县 · county office',
};

function describeAccounts(accounts: DemoAccount[]): string[] {
  const [first] = accounts;
  if (!first) return [];
  return [
    '',
    `演示账号，密码都是 ${first.password} · sign-ins of the demonstration, all with the password ${first.password}`,
    ...accounts
      .slice(0, SHOWN_ACCOUNTS)
      .map(({ username, role, region }) => `  ${username.padEnd(20)} ${region.name} ${roleNames[role] ?? role}`),
  ];
}

function describeSetUp(address: string, code: string): string[] {
  return [
    '',
    `还没有管理员。请打开 ${address}/set-up 并输入一次性代码 ${code}`,
    `Nobody administers the shop yet. Open ${address}/set-up and enter the one-time code ${code}`,
  ];
}
