/**
 * Answers that stay open and tell something now and then, as server-sent events. They are plain streams of the server: a package for
 * them would bring a route's options and leave limits, the end of the process and the counting to us all the same. There are only so
 * many of them, they end when the server does, and they say something often enough that nobody on the way believes them dead.
 */
import { PassThrough } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Its answer lasts for hours, so its time is not counted among the others'. */
    isStream?: boolean;
  }
}

export interface EventStream {
  send(name: string, data: string): void;
  end(): void;
}

export interface StreamLimits {
  /** In this process. */
  most: number;
  /** Of one owner, such as a sign-in. */
  mostPerOwner: number;
}

const BEAT_EVERY_MS = 15_000;
/** Whoever does not read is let go before it costs memory; the browser asks again. */
const MOST_BUFFERED = 256 * 1024;

let openCount = 0;

/** Of all kinds, for the metrics. */
export function openStreamCount(): number {
  return openCount;
}

export interface EventStreams {
  /** Null when there are too many already. `onEnd` is told once, whichever side ended it. */
  open(reply: FastifyReply, owner: string, onEnd: () => void): EventStream | null;
}

export function openEventStreams(app: FastifyInstance, limits: StreamLimits): EventStreams {
  const bodies = new Map<PassThrough, string>();
  const beat = setInterval(() => {
    for (const body of bodies.keys()) write(body, ': still here\n\n');
  }, BEAT_EVERY_MS);
  beat.unref();
  // Before the server waits for its requests, for these never finish by themselves.
  app.addHook('preClose', async () => {
    clearInterval(beat);
    for (const body of bodies.keys()) body.end();
  });
  return {
    open: (reply, owner, onEnd) => {
      const ofOwner = [...bodies.values()].filter((one) => one === owner).length;
      if (bodies.size >= limits.most || ofOwner >= limits.mostPerOwner) return null;
      const body = new PassThrough();
      bodies.set(body, owner);
      openCount += 1;
      body.once('close', () => {
        bodies.delete(body);
        openCount -= 1;
        onEnd();
      });
      body.write('retry: 2000\n\n');
      reply.type('text/event-stream').header('cache-control', 'no-store').header('x-accel-buffering', 'no').send(body);
      return {
        send: (name, data) => {
          const lines = data.split('\n').map((line) => `data: ${line}\n`);
          write(body, `event: ${name}\n${lines.join('')}\n`);
        },
        end: () => body.end(),
      };
    },
  };
}

function write(body: PassThrough, text: string): void {
  if (body.writableEnded || body.destroyed) return;
  if (body.readableLength > MOST_BUFFERED) body.destroy();
  else body.write(text);
}
