/**
 * PostgreSQL refuses to run as root. Started by root, it runs under another account: the one that owns the data already,
 * else `postgres`, else `nobody`, whichever reaches both the programs and the data; and where no account does
 * (a checkout in /root), as root without root's rights, in a user namespace or with a single capability.
 */
import { spawnSync } from 'node:child_process';
import { chownSync, lchownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { OperatorError } from '../operator-error.ts';
import {
  completeBinaries,
  copyBinariesForEverybody,
  copyBinariesInto,
  findBinaries,
  type PostgresBinaries,
} from './postgres-binaries.ts';

export interface PostgresAccount {
  /** Who owns the cluster's files; undefined where they belong to whoever runs the server. */
  owner?: { uid: number; gid: number } | undefined;
  /** Put before the command line. */
  prefix: string[];
  /** For `spawn`. */
  identity: { uid?: number; gid?: number };
}

export interface PostgresInstallation {
  binaries: PostgresBinaries;
  account: PostgresAccount;
}

export function choosePostgresAccount(dataDir: string, clusterDir: string): PostgresInstallation {
  const found = findBinaries();
  const isComplete = completeBinaries(found);
  if (process.getuid?.() !== 0) {
    refuseForeignCluster(clusterDir);
    const binaries = isComplete ? found : copyBinariesInto(dataDir, found);
    return { binaries, account: { prefix: hasName() ? [] : nameless, identity: {} } };
  }
  const accounts = candidates(dataDir, clusterDir);
  for (const binaries of [() => (isComplete ? found : null), () => copyBinariesForEverybody(found)]) {
    const programs = binaries();
    const account = programs && accounts.find((each) => reaches(each, programs, dataDir));
    if (programs && account) return { binaries: programs, account };
  }
  throw new OperatorError(
    `No account of this computer can run the database in ${dataDir}. Set DATA_DIR to a folder outside of private folders, ` +
      'for example /var/lib/love-supermarket, or start the server as a normal user.',
    `本机没有账户能在 ${dataDir} 中运行数据库。请把 DATA_DIR 设为公共位置，例如 /var/lib/love-supermarket，或用普通用户启动。`,
  );
}

/** Same rights, under a name that exists: initdb refuses a user without one, and root. */
const nameless = ['unshare', '--user', '--map-user=65534'];

/** Containers run under bare numbers. */
function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/** A normal user cannot take over what root or somebody else began. */
function refuseForeignCluster(clusterDir: string): void {
  const owner = ownerOf(clusterDir);
  if (process.platform === 'win32' || owner === null || owner.uid === process.getuid?.()) return;
  throw new OperatorError(
    `The database in ${clusterDir} belongs to another user. Start the server as that user or as root, or set another DATA_DIR.`,
    `${clusterDir} 中的数据库属于另一个用户。请用该用户或 root 启动，或另设 DATA_DIR。`,
  );
}

/** Gives the folder and all in it to the account, where it is not its own yet. */
export function giveTo(account: PostgresAccount, folder: string): void {
  const { owner } = account;
  if (!owner || statSync(folder).uid === owner.uid) return;
  // The folder itself comes last: if we are interrupted, the next start begins again.
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(folder, entry), owner.uid, owner.gid);
  }
  chownSync(folder, owner.uid, owner.gid);
}

function candidates(dataDir: string, clusterDir: string): PostgresAccount[] {
  const accounts: PostgresAccount[] = [];
  const add = (owner: { uid: number; gid: number } | null) => {
    if (owner && owner.uid !== 0) accounts.push({ owner, prefix: [], identity: owner });
  };
  const nobody = findUser('nobody') ?? { uid: 65_534, gid: 65_534 };
  add(ownerOf(clusterDir));
  add(findUser('postgres'));
  add(nobody);
  // The folder of a normal user, with root at the keyboard: that user reaches it.
  for (let folder = dataDir; folder !== dirname(folder); folder = dirname(folder)) add(ownerOf(folder));
  if (process.platform === 'linux') {
    const root = { uid: 0, gid: 0 };
    accounts.push({ owner: root, prefix: nameless, identity: {} });
    // Containers forbid user namespaces, but let root keep this one right.
    // The secure bit lets the right count in access(2) too, which initdb asks before it runs a program.
    const right = '+dac_override';
    const capabilities = [`--inh-caps=${right}`, `--ambient-caps=${right}`, '--securebits=+no_setuid_fixup'];
    const ids = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
    accounts.push({ owner: nobody, prefix: ['setpriv', ...ids, ...capabilities], identity: {} });
  }
  return accounts;
}

function ownerOf(path: string): { uid: number; gid: number } | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? { uid: found.uid, gid: found.gid } : null;
}

function findUser(name: string): { uid: number; gid: number } | null {
  let accounts: string;
  try {
    accounts = readFileSync('/etc/passwd', 'utf8');
  } catch {
    return null;
  }
  const fields = accounts
    .split('\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.split(':');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null;
}

/** Tried, not computed: access lists, mount options and security modules have their say too. */
function reaches(account: PostgresAccount, binaries: PostgresBinaries, dataDir: string): boolean {
  const shell = [
    '/bin/sh',
    '-c',
    'id -un && cd -- "$1" && test -x "$0" && exec "$0" --version',
    binaries.postgres,
    dataDir,
  ];
  const [program, ...args] = [...account.prefix, ...shell] as [string, ...string[]];
  return spawnSync(program, args, { ...account.identity, cwd: '/', stdio: 'ignore' }).status === 0;
}
