/** Looks at processes as an operator with `ps` does; Linux alone tells enough without a program of its own. */
import { readdirSync, readFileSync } from 'node:fs';

/** The living children of a process whose command line holds these words. */
export function childrenOf(parent: number, words: string): number[] {
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, ppid] = status.slice(status.lastIndexOf(')') + 2).split(' ');
      if (Number(ppid) !== parent || state === 'Z') continue;
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(words)) found.push(Number(name));
    } catch {
      // It has just ended.
    }
  }
  return found;
}

/** Whether there was somebody to signal. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
