/** Where the embedded database listens, and who may speak to it there. */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findFreePort } from '../process/find-free-port.ts';
import { drawSecret, writeOnce } from '../secrets.ts';
import type { PostgresAccount } from './postgres-account.ts';

export interface DatabaseAddress {
  /** The folder of the socket, or 127.0.0.1. */
  host: string;
  port: number;
  socketFolder: string | null;
  /** Null where the file system guards the socket. */
  passwords: { owner: string; app: string } | null;
  /** What PostgreSQL must be told. */
  settings: Record<string, string>;
}

export async function openAddress(
  dataDir: string,
  transport: 'socket' | 'tcp',
  account: PostgresAccount,
): Promise<DatabaseAddress> {
  return transport === 'socket' ? openSocket(dataDir, account) : openLoopback(dataDir);
}

const SOCKET_PORT = 5432;

function openSocket(dataDir: string, account: PostgresAccount): DatabaseAddress {
  const host = makeSocketFolder(dataDir, account);
  const settings = {
    listen_addresses: '',
    unix_socket_directories: host,
    unix_socket_permissions: '0700',
    port: String(SOCKET_PORT),
  };
  return { host, port: SOCKET_PORT, socketFolder: host, passwords: null, settings };
}

/**
 * A socket's path has room for 107 bytes, so it lies in the temporary folder under a hash of the data folder.
 * Everybody can guess that name: a folder that is not ours and private is not used.
 */
function makeSocketFolder(dataDir: string, account: PostgresAccount): string {
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const name = `love-supermarket-${hash}`;
  const longest = `/${name}-XXXXXX/.s.PGSQL.${SOCKET_PORT}.lock`.length;
  const base = Buffer.byteLength(tmpdir()) + longest <= 107 ? tmpdir() : '/tmp';
  const uid = account.owner?.uid ?? process.getuid?.();
  const wanted = join(base, name);
  try {
    mkdirSync(wanted, { mode: 0o700 });
    chmodSync(wanted, 0o700);
    if (account.owner) chownSync(wanted, account.owner.uid, account.owner.gid);
    return wanted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(wanted);
  if (found.isDirectory() && found.uid === uid && (found.mode & 0o777) === 0o700) return wanted;
  const folder = mkdtempSync(`${wanted}-`);
  if (account.owner) chownSync(folder, account.owner.uid, account.owner.gid);
  return folder;
}

const passwordsFile = z.object({ owner: z.string().regex(/^[0-9a-f]{64}$/), app: z.string().regex(/^[0-9a-f]{64}$/) });

async function openLoopback(dataDir: string): Promise<DatabaseAddress> {
  const path = join(dataDir, 'database-passwords.json');
  writeOnce(path, JSON.stringify({ owner: drawSecret(), app: drawSecret() }));
  const passwords = passwordsFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  const port = await findFreePort('127.0.0.1', 0);
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port) };
  return { host: '127.0.0.1', port, socketFolder: null, passwords, settings };
}
