/**
 * Draws the strips of SVG from its input, parted by NUL, one under the other as one PNG to its output, and ends. A decoder of SVG goes
 * through the whole text again for each few rows of pixels, so a long picture as one text would take the square of its height.
 * JavaScript, so that it starts at once and alike in every Node.
 */
import { getPriority, setPriority } from 'node:os';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';

const NO_FONT = 3;
const BACK_SEAT = 5;

/** A letter for which there is no font becomes a box: its left and its upper edge are drawn from end to end. */
async function hasChineseLetters() {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#fff"/>' +
    '<text x="16" y="72" font-size="64" font-family="sans-serif">永</text></svg>';
  const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
  const isInk = (/** @type {number} */ x, /** @type {number} */ y) =>
    (data[(y * info.width + x) * info.channels] ?? 255) < 128;
  const places = Array.from({ length: info.width * info.height }, (_, at) => [
    at % info.width,
    Math.floor(at / info.width),
  ]);
  const ink = places.filter(([x = 0, y = 0]) => isInk(x, y));
  if (ink.length === 0) return false;
  const [left, top] = [Math.min(...ink.map(([x = 0]) => x)), Math.min(...ink.map(([, y = 0]) => y))];
  const [right, bottom] = [Math.max(...ink.map(([x = 0]) => x)), Math.max(...ink.map(([, y = 0]) => y))];
  const side = ink.filter(([x = 0]) => x <= left + 1).length / (bottom - top + 1);
  const edge = ink.filter(([, y = 0]) => y <= top + 1).length / (right - left + 1);
  return side < 0.8 || edge < 0.8;
}

async function draw(/** @type {string[]} */ strips) {
  const rows = [];
  let width = 0;
  let height = 0;
  for (const strip of strips) {
    const { data, info } = await sharp(Buffer.from(strip)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    rows.push(data);
    width = info.width;
    height += info.height;
  }
  return await sharp(Buffer.concat(rows), { raw: { width, height, channels: 3 } })
    .png({ palette: true, colours: 16, dither: 0, effort: 1 })
    .toBuffer();
}

// Who stands further back already may not step forward.
setPriority(Math.max(getPriority(), BACK_SEAT));
sharp.concurrency(1);
const strips = (await buffer(process.stdin)).toString().split('\0');
if (await hasChineseLetters()) {
  process.stdout.write(await draw(strips));
} else {
  process.exitCode = NO_FONT;
}
