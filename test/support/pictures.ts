/** Pictures that tests make up, good ones and bad ones. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A colourful photo as a phone makes it, with the place where it was taken. */
export async function phonePhoto({ width = 2_400, height = 1_800, hue = 0 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = (at * 7 + hue + (at >> 9)) & 0xff;
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .withExif({ IFD0: { Make: 'SecretCamera' }, IFD3: { GPSLatitude: '36/1 3/1 0/1', GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();
}

/** A few bytes that declare a picture of any size. */
export function declaredPng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(content.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export interface FormFile {
  field?: string;
  name?: string;
  type?: string;
  content: Buffer;
}

/** A form with files as a browser sends it. */
export function multipart(fields: Record<string, string | string[]>, files: readonly FormFile[]) {
  const boundary = 'village-form-boundary';
  const part = (head: string, content: Buffer) =>
    Buffer.concat([Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`), content, Buffer.from('\r\n')]);
  const texts = Object.entries(fields).flatMap(([name, values]) =>
    [values].flat().map((value) => part(`content-disposition: form-data; name="${name}"`, Buffer.from(value))),
  );
  const contents = files.map(({ field = 'photos', name = 'photo.jpg', type = 'image/jpeg', content }) =>
    part(`content-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: ${type}`, content),
  );
  return {
    payload: Buffer.concat([...texts, ...contents, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
