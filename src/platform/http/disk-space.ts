/**
 * PostgreSQL stops altogether when it cannot write its log, and then nothing can be read either. So while there is still room for what
 * is under way, nothing new is written: a sentence says why, and reading goes on. With the space the writing comes back by itself.
 */
import { statfs } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

/** Three files of PostgreSQL's log and something for what the database does by itself. */
const NEEDED_BYTES = 64 * 1_048_576;
const LOOK_EVERY_MS = 1_000;

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** For the disk under the embedded database; of another one's disk we know nothing. */
export function registerDiskSpace(app: FastifyInstance, dataDir: string): void {
  let isFull = false;
  const look = async () => {
    const { bavail, bsize } = await statfs(dataDir);
    const wasFull = isFull;
    isFull = bavail * bsize < NEEDED_BYTES;
    if (isFull !== wasFull) app.log.warn(isFull ? 'the disk is full: nothing is written' : 'there is space again');
  };
  let timer: NodeJS.Timeout | undefined;
  const watch = () => {
    // Where it cannot be told, the database will say.
    look().catch(() => {
      isFull = false;
    });
  };
  app.addHook('onListen', async () => {
    watch();
    timer = setInterval(watch, LOOK_EVERY_MS);
    timer.unref();
  });
  app.addHook('onClose', async () => clearInterval(timer));
  app.addHook('onRequest', (request, reply, done) => {
    if (isFull && WRITES.has(request.method)) reply.refuse({ refused: 'disk_full' });
    else done();
  });
}
