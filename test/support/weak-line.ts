/** A line between browser and server that breaks when a test says so: at once, or in the middle of an answer. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface WeakLine {
  baseUrl: string;
  cut(): void;
  mend(): void;
  /** How many came while it was cut. */
  turnedAway(): number;
  /** The next request to this address reaches the server; its answer is lost, and the line with it. */
  loseAnswerTo(method: string, path: string): void;
}

export async function openWeakLine(serverUrl: string): Promise<WeakLine & { close(): Promise<void> }> {
  const { hostname, port } = new URL(serverUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  let turnedAway = 0;
  let fatal: string | null = null;

  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const line = createServer((near) => {
    if (isCut) {
      turnedAway += 1;
      return near.destroy();
    }
    const far = connect(Number(port), hostname);
    let isFatal = false;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.on('data', (part: Buffer) => {
      if (fatal !== null && part.toString('latin1').startsWith(fatal)) isFatal = true;
      far.write(part);
    });
    far.on('data', (part: Buffer) => {
      if (isFatal) {
        fatal = null;
        cut();
      } else {
        near.write(part);
      }
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    turnedAway: () => turnedAway,
    loseAnswerTo: (method, path) => {
      fatal = `${method} ${path} `;
    },
    close: () => {
      cut();
      return new Promise((resolve) => line.close(() => resolve()));
    },
  };
}
