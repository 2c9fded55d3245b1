import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A server as an operator starts it: its own process, its terminal, its end. */
export interface ServerProcess {
  pid: number;
  output(): string;
  /** Rejects with the output when the process ends first. */
  address(): Promise<string>;
  ended: Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>;
  signal(signal: NodeJS.Signals): void;
}

const started: ChildProcess[] = [];

export function startServer(
  env: Record<string, string>,
  script = './tiny-server.ts',
  { nodeArgs = ['--import', 'tsx'], ownGroup = false } = {},
): ServerProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [...nodeArgs, path], {
    detached: ownGroup,
    env: {
      ...process.env,
      PORT: '0',
      WORKERS: '2',
      DATABASE_URL: '',
      HOST: '127.0.0.1',
      DEMO: 'on',
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let text = '';
  child.stdout?.on('data', (part) => (text += part));
  child.stderr?.on('data', (part) => (text += part));
  const ended = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  return {
    pid: child.pid ?? 0,
    output: () => text,
    address: async () => {
      for (;;) {
        const found = /(?:ready|supermarket:) (http:\S+)/.exec(text);
        if (found?.[1]) return found[1];
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended:\n${text}`);
        await sleep(10);
      }
    },
    ended,
    signal: (signal) => child.kill(signal),
  };
}

/** For the end of a test file: nothing that was started stays. */
export async function stopServers(): Promise<void> {
  await Promise.all(
    started.map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('close', resolve));
    }),
  );
}

/** No machine is so busy: only what hangs takes longer. How long a thing really took is printed, not asserted. */
export const STUCK_MS = 120_000;

export async function until<Found>(
  look: () => Promise<Found | null> | Found | null,
  patienceMs = STUCK_MS,
): Promise<Found> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited for ${patienceMs} ms in vain`);
    await sleep(20);
  }
}
