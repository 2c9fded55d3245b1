/** The camera where the browser reads codes itself; loaded at the first press and not before. */
import { type CodeReader, scanByCamera } from './scan-by-camera.ts';

declare const BarcodeDetector: new (options: { formats: string[] }) => CodeReader;

scanByCamera(new BarcodeDetector({ formats: ['qr_code', 'ean_13', 'ean_8', 'code_128'] }));
