import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

const SWEEP_EVERY_MS = 100;

/**
 * A server that stops waits for its connections, and most of them have nothing to wait for. Browsers open some in advance, and one that
 * never said a word counts as busy to Node; others stay open after their answer, in case something more is asked. Both are closed.
 */
export function releaseUnusedConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('preClose', async () => {
    if (!app.server.listening) return;
    const sweep = setInterval(() => {
      for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
      app.server.closeIdleConnections();
    }, SWEEP_EVERY_MS);
    app.server.once('close', () => clearInterval(sweep));
  });
}
