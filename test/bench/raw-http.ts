/** As little client as can be, for it shares the processors with what it measures: one socket, one request at a time. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  /** Read as text only where somebody looks: reading a tile as text takes longer than serving it. */
  body(): string;
}

export interface RawClient {
  send(request: string): Promise<RawAnswer>;
  close(): void;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

export function openRawClient(address: string): RawClient {
  const { hostname, port } = new URL(address);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = Buffer.alloc(0);
  let waiting: { resolve(answer: RawAnswer): void; reject(error: Error): void } | null = null;
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the server hung up')));
  socket.on('data', (part) => {
    received = received.length === 0 ? part : Buffer.concat([received, part]);
    const end = received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const head = received.toString('latin1', 0, end);
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? [];
    if (length === undefined) {
      waiting?.reject(new Error(`an answer without a length:\n${head}`));
      return;
    }
    const whole = end + END_OF_HEAD.length + Number(length);
    if (received.length < whole) return;
    const content = received.subarray(end + END_OF_HEAD.length, whole);
    const answer = { status: Number(head.slice(9, 12)), body: () => content.toString('utf8') };
    received = received.subarray(whole);
    const settled = waiting;
    waiting = null;
    settled?.resolve(answer);
  });
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

export function get(path: string, headers: Record<string, string> = {}): string {
  return `GET ${path} HTTP/1.1\r\nhost: shop.example\r\n${lines(headers)}\r\n`;
}

export function post(path: string, body: unknown, headers: Record<string, string>): string {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  const head = `POST ${path} HTTP/1.1\r\nhost: shop.example\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n`;
  return `${head}${lines(headers)}\r\n${text}`;
}

function lines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}
