/**
 * Keeps the wanted number of workers serving. A worker that ends is replaced at once, after a growing pause when it
 * ended soon after its birth. A village hardly notices: idempotency keys make a repeated request harmless.
 */
import cluster, { type Worker } from 'node:cluster';
import { OperatorError } from '../operator-error.ts';
import { type DatabaseView, decideWorkerFate, isSuspect, type WorkerHealth } from './decide-worker-fate.ts';
import type { ToPrimary, ToWorker, WorkerStart } from './messages.ts';

const WATCH_EVERY_MS = 1_000;
const EARLY_DEATH_MS = 5_000;
const LONGEST_PAUSE_MS = 5_000;
/** Workers stop by themselves within 10 s. */
const STOP_PATIENCE_MS = 12_000;
/** Before the first worker has ever listened, as many early deaths mean that none ever will. */
const VAIN_STARTS = 3;

export interface WorkerCrew {
  /** Lets all workers serve; resolves when the first one listens, rejects when none will. */
  serve(start: WorkerStart): Promise<void>;
  /** Resolves when all have finished their requests and are gone. */
  stop(): Promise<void>;
  kill(): void;
}

interface Member {
  worker: Worker;
  bornAt: number;
  heardAt: number;
  isListening: boolean;
  poolSilentMs: number;
  applicationName: string;
}

export interface WorkerCrewInput {
  /** Forked before anything else, so that it loads its code while the database starts. */
  firstWorker: Worker;
  size: number;
  viewDatabase(applicationName: string): Promise<DatabaseView>;
  log(line: string): void;
}

export function createWorkerCrew({ firstWorker, size, viewDatabase, log }: WorkerCrewInput): WorkerCrew {
  const members = new Map<number, Member>();
  let orders: ToWorker | null = null;
  let isStopping = false;
  let hasListened = false;
  let earlyDeaths = 0;
  let settle: { resolve(): void; reject(error: Error): void } | null = null;
  let watch: NodeJS.Timeout | undefined;

  const fork = () => {
    if (!isStopping) enlist(cluster.fork());
  };

  const enlist = (worker: Worker) => {
    const now = performance.now();
    const member = { worker, bornAt: now, heardAt: now, isListening: false, poolSilentMs: 0, applicationName: '' };
    members.set(worker.id, member);
    worker.on('message', (message: ToPrimary) => hear(member, message));
    worker.on('exit', (code, signal) => replace(member, code, signal));
    // A message to a worker that has just died is lost; its exit follows.
    worker.on('error', () => {});
  };

  const hear = (member: Member, message: ToPrimary) => {
    member.heardAt = performance.now();
    switch (message.type) {
      case 'loaded':
        // Orders sent before it could hear were lost. It obeys the first it hears.
        if (orders) member.worker.send(orders);
        break;
      case 'listening':
        member.isListening = true;
        hasListened = true;
        settle?.resolve();
        // Not before: the others would take their share of the processors from the one that is awaited.
        for (let missing = size - members.size; missing > 0; missing -= 1) fork();
        break;
      case 'cannot_listen':
        if (!hasListened) settle?.reject(cannotListen(message.code));
        break;
      case 'alive':
        member.poolSilentMs = message.poolSilentMs;
        member.applicationName = message.applicationName;
        break;
    }
  };

  const replace = (member: Member, code: number | null, signal: string | null) => {
    members.delete(member.worker.id);
    if (isStopping) return;
    const ageMs = performance.now() - member.bornAt;
    earlyDeaths = ageMs < EARLY_DEATH_MS ? earlyDeaths + 1 : 0;
    log(`worker ${member.worker.process.pid} ended (${signal ?? `code ${code}`}); starting another`);
    if (!hasListened && earlyDeaths >= VAIN_STARTS) {
      settle?.reject(new Error('the workers end before they listen; the reason stands above'));
      return;
    }
    // The first early death may be somebody's kill; only a series of them is a fault that a pause may mend.
    const pauseMs = earlyDeaths <= 2 ? 0 : Math.min(100 * 2 ** (earlyDeaths - 2), LONGEST_PAUSE_MS);
    setTimeout(fork, pauseMs);
  };

  const judge = async (member: Member) => {
    const health: WorkerHealth = {
      ageMs: performance.now() - member.bornAt,
      isListening: member.isListening,
      silentMs: performance.now() - member.heardAt,
      poolSilentMs: member.poolSilentMs,
    };
    const database = isSuspect(health) ? await viewDatabase(member.applicationName) : 'idle';
    if (orders === null || decideWorkerFate(health, database) === 'keep' || isStopping) return;
    log(`worker ${member.worker.process.pid} does not answer`);
    member.worker.process.kill('SIGKILL');
  };

  const watchAll = async () => {
    await Promise.allSettled([...members.values()].map(judge));
    if (!isStopping) watch = setTimeout(watchAll, WATCH_EVERY_MS);
  };

  enlist(firstWorker);
  return {
    serve: (start) => {
      orders = { type: 'start', ...start };
      for (const { worker } of members.values()) worker.send(orders);
      watch = setTimeout(watchAll, WATCH_EVERY_MS);
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
      });
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(watch);
      const gone = [...members.values()].map(
        ({ worker }) =>
          new Promise<void>((resolve) => (worker.isDead() ? resolve() : worker.once('exit', () => resolve()))),
      );
      const farewell: ToWorker = { type: 'stop' };
      for (const { worker, isListening } of members.values()) {
        // One that does not listen yet has nothing to finish, and might not hear.
        if (isListening && worker.isConnected()) worker.send(farewell);
        else worker.process.kill('SIGKILL');
      }
      const lastResort = setTimeout(() => killAll(members), STOP_PATIENCE_MS);
      await Promise.all(gone);
      clearTimeout(lastResort);
    },
    kill: () => {
      isStopping = true;
      killAll(members);
    },
  };
}

function killAll(members: Map<number, Member>): void {
  for (const { worker } of members.values()) worker.process.kill('SIGKILL');
}

export function cannotListen(code: string): OperatorError {
  const reasons: Record<string, [string, string]> = {
    EADDRINUSE: ['another program uses this port; set another PORT', '该端口已被其他程序占用，请换一个 PORT'],
    EACCES: [
      'this account may not use this port; set a PORT above 1023',
      '当前账户无权使用该端口，请把 PORT 设为 1023 以上',
    ],
    EADDRNOTAVAIL: ['this computer has no such address; set another HOST', '本机没有这个地址，请换一个 HOST'],
    ENOTFOUND: ['this computer has no such address; set another HOST', '本机没有这个地址，请换一个 HOST'],
  };
  const [english, chinese] = reasons[code] ?? [code, code];
  return new OperatorError(`The server cannot listen: ${english}.`, `服务器无法启动监听：${chinese}。`);
}
