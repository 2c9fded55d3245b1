/**
 * The little of tar (POSIX ustar) that a backup needs, so that every computer can look into one without this program. Reading is
 * strict: whatever this file did not write is damage.
 */

export interface TarEntry {
  name: string;
  content: Buffer;
  /** Header, content and padding as they stand in the archive. */
  raw: Buffer;
}

/** What cannot be read any further. */
export class DamagedTar extends Error {
  override name = 'DamagedTar';
}

const BLOCK = 512;
/** No part of a backup is as large; a length beyond it is damage. */
const LARGEST_ENTRY_BYTES = 256 * 1024 * 1024;

/** Two empty blocks end an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK);

export function tarEntry(name: string, content: Buffer): Buffer {
  return Buffer.concat([header(name, content.length), content, Buffer.alloc(paddingAfter(content.length))]);
}

/** Every entry in order; throws where the archive is not whole to its last byte. */
export async function* readTar(archive: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const source = bytesOf(archive);
  for (;;) {
    const head = await source.take(BLOCK);
    if (head.equals(TAR_END.subarray(BLOCK))) break;
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8);
    // Made again from what it says, a header must be the same to the last byte.
    if (!(size <= LARGEST_ENTRY_BYTES) || !header(name, size).equals(head)) throw new DamagedTar('a header is damaged');
    const rest = await source.take(size + paddingAfter(size));
    if (rest.subarray(size).some((byte) => byte !== 0)) throw new DamagedTar('a padding is damaged');
    yield { name, content: rest.subarray(0, size), raw: Buffer.concat([head, rest]) };
  }
  if (!(await source.take(BLOCK)).equals(TAR_END.subarray(BLOCK)) || !(await source.isAtEnd())) {
    throw new DamagedTar('the end is damaged');
  }
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 99) throw new Error(`the name ${name} is too long for an archive`);
  block.write(name, 0);
  const numbers = [
    [100, 0o600, 7],
    [108, 0, 7],
    [116, 0, 7],
    [124, size, 11],
    [136, 0, 11],
  ] as const;
  for (const [at, value, digits] of numbers) block.write(value.toString(8).padStart(digits, '0'), at, 'latin1');
  block.write('0', 156);
  block.write('ustar\u000000', 257, 'latin1');
  // The sum counts its own field as spaces.
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function paddingAfter(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function bytesOf(archive: AsyncIterable<Buffer>) {
  const chunks = archive[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let length = 0;
  /** False when there is nothing more. */
  const more = async (): Promise<boolean> => {
    const next = await chunks.next();
    if (next.done) return false;
    held.push(next.value);
    length += next.value.length;
    return true;
  };
  return {
    take: async (count: number): Promise<Buffer> => {
      while (length < count) if (!(await more())) throw new DamagedTar('it ends too early');
      const all = Buffer.concat(held);
      held = [all.subarray(count)];
      length -= count;
      return all.subarray(0, count);
    },
    isAtEnd: async (): Promise<boolean> => length === 0 && !(await more()),
  };
}
