import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openGuard } from './guard.ts';
import { openLogName } from './log-names.ts';
import { readLogSeed } from './log-seed.ts';
import { readGuard } from './sign-checkpoint.ts';
import type { LogToVerify } from './verify-log.ts';

/** What the guard's file says of a village's log, for whoever verifies; draws no seed where there is none. */
export function guardedHead(dataDir: string, villageCode: string): LogToVerify['guarded'] {
  const hasSeed = existsSync(join(dataDir, 'log-seed'));
  const signer = { guard: openGuard(dataDir), logSeed: hasSeed ? readLogSeed(dataDir) : '', newOrigin: () => '' };
  const held = readGuard(openLogName(dataDir, villageCode), signer);
  return held === null || held === 'unreadable' ? held : { ...held.checkpoint, isOurs: held.isOurs };
}
