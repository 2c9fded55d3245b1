/** Reads the codes of a drawn picture as a phone does that is held before them. */

import { BinaryBitmap, HybridBinarizer, QRCodeReader, RGBLuminanceSource } from '@zxing/library';
import sharp from 'sharp';

/** The left part of the picture, as far as the camera sees: from above, each look a little lower. */
const LOOK_EVERY = 60;

/** What the QR codes of this size say that begin at the left edge, from above. */
export async function codesIn(png: Buffer, codeWidth: number): Promise<string[]> {
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  const width = Math.min(info.width, codeWidth + 160);
  const height = codeWidth + 2 * LOOK_EVERY;
  const found = new Set<string>();
  for (let top = 0; top + codeWidth <= info.height; top += LOOK_EVERY) {
    const seen = new Uint8ClampedArray(width * height).fill(255);
    for (let y = 0; y < Math.min(height, info.height - top); y += 1) {
      const from = (top + y) * info.width * info.channels;
      for (let x = 0; x < width; x += 1) seen[y * width + x] = data[from + x * info.channels] ?? 255;
    }
    const text = read(seen, width, height);
    if (text !== null) found.add(text);
  }
  return [...found];
}

function read(brightness: Uint8ClampedArray, width: number, height: number): string | null {
  try {
    const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(brightness, width, height)));
    return new QRCodeReader().decode(picture).getText();
  } catch {
    return null;
  }
}
