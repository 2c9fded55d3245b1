/** What an uploaded file must be before anything decodes it. Its first bytes say what it is; its name and its type do not count. */

export type ImageKind = 'jpeg' | 'png' | 'webp';

export type ImageRefusal = { refused: 'photo_not_an_image' } | { refused: 'photo_too_many_pixels'; most: number };

/** 50 megapixels, which the largest cameras of phones make; a decoder takes three to four bytes for each. */
export const MOST_PIXELS = 50_000_000;

export function imageKind(content: Uint8Array): ImageKind | null {
  if (startsWith(content, [0xff, 0xd8, 0xff])) return 'jpeg';
  if (startsWith(content, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png';
  if (startsWith(content, [0x52, 0x49, 0x46, 0x46]) && startsWith(content.subarray(8), [0x57, 0x45, 0x42, 0x50])) {
    return 'webp';
  }
  return null;
}

/** Held against what the file's header declares. */
export function decideMeasures({ width, height }: { width: number; height: number }): ImageRefusal | null {
  if (width < 1 || height < 1) return { refused: 'photo_not_an_image' };
  return width * height > MOST_PIXELS ? { refused: 'photo_too_many_pixels', most: MOST_PIXELS } : null;
}

function startsWith(content: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, place) => content[place] === byte);
}
