/**
 * Pictures of our own words, drawn from SVG by a process of its own: there alone the decoder for SVG is switched on, which must never
 * meet what people upload, and a picture as high as a house costs this process nothing. One is drawn at a time and kept under its name:
 * many who want the same one wait for one drawing, and where too many different ones are wanted, some are asked to come again. So is
 * whoever waited long on a busy machine; the drawing goes on, and the next press finds it.
 */
import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { keepNewest } from './keep-newest.ts';

export type PictureRefusal =
  /** The machine has no font with Chinese letters: it would draw empty boxes. */
  | { refused: 'picture_needs_font' }
  /** The drawer failed: too little memory, for example. */
  | { refused: 'picture_not_drawn' }
  | { refused: 'picture_being_drawn'; retryAfterSeconds: number }
  | { refused: 'too_many_pictures'; retryAfterSeconds: number };

const drawer = fileURLToPath(new URL('./draw-picture-process.js', import.meta.url));
const NO_FONT = 3;
/** Less than the minute for which a reader's connection is kept. */
const READER_WAITS_MS = 50_000;
/** A drawer that took longer than this is stuck. */
const MOST_MS = 240_000;
const MOST_WANTED = 2;
const RETRY_AFTER_SECONDS = 20;
const BEING_DRAWN: PictureRefusal = { refused: 'picture_being_drawn', retryAfterSeconds: RETRY_AFTER_SECONDS };
const KEPT_BYTES = 16 * 1024 * 1024;

const kept = keepNewest<Buffer>(KEPT_BYTES, (png) => png.length);
const wanted = new Map<string, Promise<Buffer>>();
let last: Promise<unknown> = Promise.resolve();

class NotDrawn extends Error {
  constructor(readonly refusal: PictureRefusal) {
    super(refusal.refused);
  }
}

/** As PNG, from strips of SVG that stand one under the other. */
export async function drawPicture(
  name: string,
  strips: () => string[],
  waitMs = READER_WAITS_MS,
): Promise<Buffer | PictureRefusal> {
  const answered = new AbortController();
  try {
    return await Promise.race([
      kept.provide(name, () => wanted.get(name) ?? drawInTurn(name, strips)),
      sleep(waitMs, BEING_DRAWN, { signal: answered.signal }),
    ]);
  } catch (error) {
    if (error instanceof NotDrawn) return error.refusal;
    throw error;
  } finally {
    answered.abort();
  }
}

function drawInTurn(name: string, strips: () => string[]): Promise<Buffer> {
  if (wanted.size >= MOST_WANTED) {
    throw new NotDrawn({ refused: 'too_many_pictures', retryAfterSeconds: RETRY_AFTER_SECONDS });
  }
  const drawn = last.then(() => draw(strips())).finally(() => wanted.delete(name));
  wanted.set(name, drawn);
  last = drawn.catch(() => {});
  return drawn;
}

async function draw(strips: string[]): Promise<Buffer> {
  const child = spawn(process.execPath, [drawer], { stdio: ['pipe', 'pipe', 'inherit'], timeout: MOST_MS });
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  // A drawer that ends early reads no further: what it says counts, not the pipe.
  child.stdin.on('error', () => {});
  child.stdin.end(strips.join('\0'));
  const [png, code] = await Promise.all([buffer(child.stdout), ended]);
  if (code === 0) return png;
  throw new NotDrawn({ refused: code === NO_FONT ? 'picture_needs_font' : 'picture_not_drawn' });
}
