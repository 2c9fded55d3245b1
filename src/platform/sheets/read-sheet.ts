/**
 * Tables as offices keep them: .xlsx, .xls, .ods, and text with commas or tabs in UTF-8 or GB 18030. What kind it is the bytes say
 * and not the name. A workbook is read in a thread of its own with little memory and little time, one at a time, and what a packed
 * one unpacks to is asked of it before anything is unpacked.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { parseCsv } from 'hucre';

export type SheetRefusal = { refused: 'sheet_unreadable' } | { refused: 'sheet_too_large'; mostRows: number };

/** Rows of trimmed texts; short rows are short. */
export type Sheet = string[][];

export const MOST_ROWS = 5_000;
const MOST_COLUMNS = 40;
const MOST_LETTERS = 200;
const MOST_UNPACKED_BYTES = 64 * 1024 * 1024;
const MOST_MS = 15_000;
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

const worker = fileURLToPath(new URL('./read-sheet-worker.js', import.meta.url));

/** One row more than is allowed is read, so that too many are noticed. */
const SIZES = { mostRows: MOST_ROWS + 1, mostColumns: MOST_COLUMNS, mostLetters: MOST_LETTERS };

export const SHEET_TOO_LARGE = { refused: 'sheet_too_large', mostRows: MOST_ROWS } as const;

let queue: Promise<unknown> = Promise.resolve();

export async function readSheet(bytes: Buffer): Promise<Sheet | SheetRefusal> {
  const rows = await readRows(bytes);
  if ('refused' in rows) return rows;
  const written = rows.slice(0, rows.findLastIndex((row) => row.some((cell) => cell !== '')) + 1);
  return written.length > MOST_ROWS ? SHEET_TOO_LARGE : written;
}

async function readRows(bytes: Buffer): Promise<Sheet | SheetRefusal> {
  if (isPacked(bytes)) {
    const unpacked = unpackedBytes(bytes);
    if (unpacked === null) return { refused: 'sheet_unreadable' };
    return unpacked > MOST_UNPACKED_BYTES ? SHEET_TOO_LARGE : inTurn(() => readWorkbook(bytes));
  }
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') return inTurn(() => readWorkbook(bytes));
  return readText(bytes);
}

function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const turn = queue.then(work);
  queue = turn.catch(() => {});
  return turn;
}

function readWorkbook(bytes: Buffer): Promise<Sheet | SheetRefusal> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, { workerData: { bytes, ...SIZES }, resourceLimits: MEMORY, execArgv: [] });
    const answer = (found: Sheet | SheetRefusal) => {
      clearTimeout(timer);
      resolve(found);
      thread.terminate().catch(() => {});
    };
    let timer: NodeJS.Timeout | undefined;
    thread.on('message', (message: 'ready' | Sheet) => {
      if (message === 'ready') timer = setTimeout(() => answer(SHEET_TOO_LARGE), MOST_MS);
      else answer(message);
    });
    thread.once('error', (error: NodeJS.ErrnoException) => {
      answer(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? SHEET_TOO_LARGE : { refused: 'sheet_unreadable' });
    });
    thread.once('exit', () => answer({ refused: 'sheet_unreadable' }));
  });
}

/** Text that is not UTF-8 is what Excel writes in China; its “Unicode text” says by its first two bytes what it is. */
function readText(bytes: Buffer): Sheet | SheetRefusal {
  const isUnicodeText = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (!isUnicodeText && bytes.includes(0)) return { refused: 'sheet_unreadable' };
  const text = isUnicodeText ? decode(bytes, 'utf-16le') : (decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030'));
  if (text === null) return { refused: 'sheet_unreadable' };
  const rows = parseCsv(text, { maxRows: SIZES.mostRows }) as string[][];
  return rows.map((row) => row.slice(0, MOST_COLUMNS).map((cell) => cell.trim().slice(0, MOST_LETTERS)));
}

function decode(bytes: Buffer, encoding: 'utf-8' | 'utf-16le' | 'gb18030'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function isPacked(bytes: Buffer): boolean {
  return bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** What the archive's own directory says that it unpacks to; null where it has no readable one. */
function unpackedBytes(bytes: Buffer): number | null {
  let end = bytes.length - 22;
  while (end >= 0 && bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  if (end < 0) return null;
  const count = bytes.readUInt16LE(end + 10);
  let place = bytes.readUInt32LE(end + 16);
  let sum = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (place + 46 > bytes.length || bytes.readUInt32LE(place) !== DIRECTORY_ENTRY) return null;
    sum += bytes.readUInt32LE(place + 24);
    place += 46 + bytes.readUInt16LE(place + 28) + bytes.readUInt16LE(place + 30) + bytes.readUInt16LE(place + 32);
  }
  return sum;
}
