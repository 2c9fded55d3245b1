/**
 * The log of a county, whose entries are signed checkpoints of villages: each is signed by the key under which its log stood
 * there first, and each log only grows from one to the next. What it says of a log is held against that log itself.
 */
import { Found } from './finding.ts';
import type { Leaf } from './leaf.ts';
import { type Checkpoint, openNote, parseCheckpoint, parseVkey, type TrustedKey } from './note.ts';

/** A village's log as the county saw it. */
export interface RegisteredLog {
  /** The last part of its address. */
  code: string;
  vkey: string;
  /** Each with the number of the county's entry. */
  heads: (Checkpoint & { entry: number })[];
}

export interface Register {
  enter(leaf: Leaf, index: number): void;
  logs(): RegisteredLog[];
}

export function openRegister(): Register {
  const logs = new Map<string, RegisteredLog & { key: TrustedKey }>();

  const known = (leaf: Leaf, index: number) => {
    const key = parseVkey(leaf.vkey ?? '');
    if (key?.kind !== 'log') throw new Found('books', 'its vkey is not the verifier key of a log', index);
    const code = key.name.split('/').at(-1) ?? '';
    if (code.replace(/-\d+$/, '') !== leaf.village) {
      throw new Found('books', `it speaks of village ${leaf.village}, but its checkpoint is of ${key.name}`, index);
    }
    const log = logs.get(key.name) ?? { code, vkey: leaf.vkey ?? '', heads: [], key };
    logs.set(key.name, log);
    if (log.vkey !== leaf.vkey) throw new Found('books', `${key.name} stands there with another key`, index);
    return log;
  };

  return {
    enter: (leaf, index) => {
      if (leaf.type !== 'log.checkpoint') throw new Found('books', 'it is no checkpoint, as all before it are', index);
      const { key, heads } = known(leaf, index);
      const opened = openNote(leaf.checkpoint ?? '', [key]);
      if (!opened?.signers.includes(key)) throw new Found('books', `it is not signed by ${key.name}`, index);
      const checkpoint = parseCheckpoint(opened.text);
      if (checkpoint?.origin !== key.name) throw new Found('books', `it is no checkpoint of ${key.name}`, index);
      const last = heads.at(-1);
      if (last && last.size >= checkpoint.size) {
        throw new Found('books', `${key.name} has ${checkpoint.size} entries there after it had ${last.size}`, index);
      }
      heads.push({ ...checkpoint, entry: index });
    },
    logs: () => [...logs.values()].map(({ code, vkey, heads }) => ({ code, vkey, heads })),
  };
}
