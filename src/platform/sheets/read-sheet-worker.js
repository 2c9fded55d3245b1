/** Reads one workbook in a thread of its own, which may be ended at any time. JavaScript, because Node 20 reads no TypeScript in a thread. */
import { parentPort, workerData } from 'node:worker_threads';
import { read } from 'hucre';

// From here on the time counts: loading the reader is not the file's fault.
parentPort?.postMessage('ready');
/** @typedef {{ bytes: Uint8Array, mostRows: number, mostColumns: number, mostLetters: number }} Task */
const { bytes, mostRows, mostColumns, mostLetters } = /** @type {Task} */ (workerData);
const workbook = await read(bytes);
// The first sheet in which anything stands: offices like to keep empty ones.
const sheet = workbook.sheets.find(({ rows }) => rows.some((row) => row.some((cell) => textOf(cell) !== '')));
const written = sheet?.rows ?? [];
// A sheet that was formatted to its end has tens of thousands of empty rows.
const last = written.findLastIndex((row) => row.some((cell) => textOf(cell) !== ''));
const rows = written
  .slice(0, Math.min(last + 1, mostRows))
  .map((row) => Array.from(row.slice(0, mostColumns), (cell) => textOf(cell).slice(0, mostLetters)));
parentPort?.postMessage(rows);

/** @param {unknown} cell */
function textOf(cell) {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell).trim() : '';
}
