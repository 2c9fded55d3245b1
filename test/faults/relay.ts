/**
 * A wire between two that can be cut: bytes pass both ways until a cut is asked for. Cut before the answer, the far side has done
 * what it was told and the near side never hears of it; cut before the question, nothing was done.
 */
import { createServer, connect as dial, type Socket } from 'node:net';

export interface Relay {
  port: number;
  /** The next so many answers to what `isMeant` sees going out are cut before or after they pass. */
  cut(plan: CutPlan): void;
  /** Cuts that happened. */
  done(): number;
  close(): Promise<void>;
}

export interface CutPlan {
  times: number;
  /** `question`: what was meant never arrives. `answer`: it arrives, its answer does not. `late`: both arrive, then the wire is cut. */
  where: 'question' | 'answer' | 'late';
  isMeant(sent: Buffer): boolean;
}

export interface FarSide {
  host?: string;
  port?: number;
  path?: string;
}

export async function openRelay(far: FarSide): Promise<Relay> {
  let plan: CutPlan | null = null;
  let left = 0;
  let done = 0;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const other = far.path === undefined ? dial({ host: far.host, port: far.port ?? 0 }) : dial(far.path);
    let waitsFor: CutPlan['where'] | null = null;
    const cutBoth = () => {
      done += 1;
      near.destroy();
      other.destroy();
    };
    for (const socket of [near, other]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        other.destroy();
      });
    }
    near.on('data', (sent) => {
      if (left > 0 && waitsFor === null && plan?.isMeant(sent)) {
        left -= 1;
        if (plan.where === 'question') return cutBoth();
        waitsFor = plan.where;
      }
      other.write(sent);
    });
    other.on('data', (answer) => {
      if (waitsFor === 'answer') return cutBoth();
      near.write(answer);
      if (waitsFor === 'late') setImmediate(cutBoth);
      waitsFor = null;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut: (next) => {
      plan = next;
      left = next.times;
    },
    done: () => done,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
