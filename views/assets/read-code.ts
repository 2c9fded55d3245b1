/**
 * What a code in a picture says: the QR of a card, the barcode of goods or of a card. Each reader is taken by itself, for all together
 * weigh four times as much.
 */
import BinaryBitmap from '@zxing/library/esm/core/BinaryBitmap.js';
import HybridBinarizer from '@zxing/library/esm/core/common/HybridBinarizer.js';
import DecodeHintType from '@zxing/library/esm/core/DecodeHintType.js';
import Code128Reader from '@zxing/library/esm/core/oned/Code128Reader.js';
import EAN8Reader from '@zxing/library/esm/core/oned/EAN8Reader.js';
import EAN13Reader from '@zxing/library/esm/core/oned/EAN13Reader.js';
import QRCodeReader from '@zxing/library/esm/core/qrcode/QRCodeReader.js';
import RGBLuminanceSource from '@zxing/library/esm/core/RGBLuminanceSource.js';

const READERS = [new QRCodeReader(), new EAN13Reader(), new EAN8Reader(), new Code128Reader()];
/** More lines of the picture, and turned by a quarter, too. */
const HINTS = new Map([[DecodeHintType.TRY_HARDER, true]]);

interface Picture {
  /** Red, green, blue and opacity of each point. */
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

export function readCode({ data, width, height }: Picture): string | null {
  const brightness = new Uint8ClampedArray(width * height);
  for (let at = 0; at < brightness.length; at += 1) {
    const point = at * 4;
    brightness[at] = ((data[point] ?? 0) + 2 * (data[point + 1] ?? 0) + (data[point + 2] ?? 0)) / 4;
  }
  const picture = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(brightness, width, height)));
  for (const reader of READERS) {
    try {
      return reader.decode(picture, HINTS).getText();
    } catch {
      // None of this kind.
    }
  }
  return null;
}
