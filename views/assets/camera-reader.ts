/**
 * The camera where the browser reads no codes itself, as on iPhones, in Firefox and in Chrome on Windows: with the readers of the four
 * kinds of codes that the shop meets, 26 kB that are loaded at the first press and not before.
 */
import { readCode } from './read-code.ts';
import { scanByCamera } from './scan-by-camera.ts';

/** Enough for a code that fills a third of the picture, and read in a few hundredths of a second by an old phone. */
const LONGEST_SIDE = 800;

const canvas = document.createElement('canvas');
let looks = 0;

/**
 * Of the QR codes one in sixteen is not found in a clear picture of one size and is found in most others: every other look is at a
 * smaller one, so that a card that lies still is read, too.
 */
function nextSize(): number {
  looks += 1;
  return looks % 2 === 1 ? 1 : 0.5 + Math.random() / 2;
}

scanByCamera({
  detect: async (video) => {
    const scale = Math.min(1, LONGEST_SIDE / Math.max(video.videoWidth, video.videoHeight)) * nextSize();
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context || canvas.width === 0 || canvas.height === 0) return [];
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const found = readCode(context.getImageData(0, 0, canvas.width, canvas.height));
    return found === null ? [] : [{ rawValue: found }];
  },
});
