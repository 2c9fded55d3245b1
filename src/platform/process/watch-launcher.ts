/**
 * Killed hard, npm leaves the server behind where no Ctrl-C reaches it, and the next start is refused. So a server that
 * npm started stops when npm is gone. Started in any other way, it minds nobody's death.
 */
import { readFileSync } from 'node:fs';

const LOOK_EVERY_MS = 500;

export function watchLauncher(stop: () => void): void {
  if (process.platform === 'win32' || process.env.npm_lifecycle_event === undefined) return;
  const launchers = launchersNow();
  const watch = setInterval(() => {
    if (launchersNow() === launchers) return;
    clearInterval(watch);
    stop();
  }, LOOK_EVERY_MS);
  watch.unref();
}

/** Between npm and us stands a shell, which may outlive npm; only Linux tells whose child it is. */
function launchersNow(): string {
  const parent = process.ppid;
  if (process.platform !== 'linux') return `${parent}`;
  try {
    const status = readFileSync(`/proc/${parent}/stat`, 'utf8');
    const grandparent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
    return `${parent} ${grandparent}`;
  } catch {
    return `${parent}`;
  }
}
