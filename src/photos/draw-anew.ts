/**
 * A photo is never kept as it came: it is decoded and drawn anew as a JPEG of at most 1,600 pixels, so nothing remains of where and
 * with what it was taken, nor of anything that was hidden in or behind it. Only the three decoders of photos are switched on, and
 * one photo is decoded at a time, so that a flood of uploads waits for itself and for nobody else.
 */
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { decideMeasures, type ImageRefusal, imageKind, MOST_PIXELS } from './decide-image.ts';

export interface DrawnPhoto {
  content: Buffer;
  sha256: Buffer;
  width: number;
  height: number;
}

const LONGEST_SIDE = 1_600;
const DECODE_SECONDS = 10;
const SETTINGS = { limitInputPixels: MOST_PIXELS, failOn: 'error', pages: 1, sequentialRead: true } as const;

sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

let turn: Promise<unknown> = Promise.resolve();

export function drawAnew(content: Buffer): Promise<DrawnPhoto | ImageRefusal> {
  const drawn = turn.then(() => draw(content));
  turn = drawn.catch(() => {});
  return drawn;
}

async function draw(content: Buffer): Promise<DrawnPhoto | ImageRefusal> {
  const kind = imageKind(content);
  if (kind === null) return { refused: 'photo_not_an_image' };
  try {
    // The header alone: nothing is decoded yet.
    const { format, width, height } = await sharp(content, { ...SETTINGS, limitInputPixels: false }).metadata();
    if (format !== kind) return { refused: 'photo_not_an_image' };
    const refusal = decideMeasures({ width, height });
    if (refusal) return refusal;
    const { data, info } = await sharp(content, SETTINGS)
      .timeout({ seconds: DECODE_SECONDS })
      .autoOrient()
      .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80 })
      .toBuffer({ resolveWithObject: true });
    return {
      content: data,
      sha256: createHash('sha256').update(data).digest(),
      width: info.width,
      height: info.height,
    };
  } catch {
    // Whatever a decoder cannot read is no photo to us; its messages can hold parts of the file.
    return { refused: 'photo_not_an_image' };
  }
}
