/**
 * Copies of pages for when there is no network: each person's own, for as long as a sign-in may last, and gone with the first sign of
 * somebody else. Kept are only the pages named here; what holds a card's token, a code or a password is never among them.
 */
import { empty, read, write } from './store.ts';

const COPIES = 'copies-';
const COPIED_AT = 'x-copied-at';
/** Says on every answer to somebody who is signed in whose it is. */
export const READER = 'x-reader';
/** As long as a sign-in lasts. */
const LONGEST_MS = 12 * 3_600_000;
const FRESH_MS = 10 * 60_000;
const MOST_COPIES = 60;

const KEPT =
  /^\/villages\/\d{12}\/(desk|awards|awards\/new|awards\/book|cards|cards\/\d{10}|counter|goods|rules|shelf|claims|redemptions|acts|warnings|problems|inspections|publications)$/;

export function isKept(path: string): boolean {
  return KEPT.test(path);
}

/** Who was signed in when the server last said so; null for nobody. */
export async function knownReader(): Promise<string | null> {
  return (await read<string | null>('notes', 'reader')) ?? null;
}

/** Of two readers on one machine the second finds nothing of the first but the number of what still waits. */
export async function meet(reader: string | null): Promise<void> {
  if ((await knownReader()) === reader) return;
  await forgetCopies();
  await write('notes', 'reader', reader);
  // What was just being kept for the one before.
  await forgetCopies();
}

export async function forgetCopies(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(COPIES));
  await Promise.all([...names.map((name) => caches.delete(name)), empty('drafts')]);
}

export async function keepCopy(path: string, response: Response): Promise<void> {
  const reader = response.headers.get(READER);
  if (reader === null || !response.ok || response.redirected || !isKept(path)) return;
  const body = await response.blob();
  const type = response.headers.get('content-type') ?? '';
  // While it was being read somebody else may have signed in, or the reader out.
  if ((await knownReader()) !== reader) return;
  const cache = await caches.open(COPIES + reader);
  await cache.put(
    path,
    new Response(body, { headers: { 'content-type': type, [COPIED_AT]: new Date().toISOString(), [READER]: reader } }),
  );
  const [oldest, ...others] = await cache.keys();
  if (oldest && others.length >= MOST_COPIES) await cache.delete(oldest);
  if ((await knownReader()) !== reader) await caches.delete(COPIES + reader);
}

/** The reader's last copy of this page, if it is not too old. */
export async function findCopy(path: string): Promise<Response | null> {
  const reader = await knownReader();
  if (reader === null) return null;
  const copy = await (await caches.open(COPIES + reader)).match(path);
  const copiedAt = copy?.headers.get(COPIED_AT);
  if (!copy || !copiedAt || Date.now() - Date.parse(copiedAt) > LONGEST_MS) return null;
  return copy;
}

/** Not worth another request. */
export async function isFresh(path: string): Promise<boolean> {
  const copiedAt = (await findCopy(path))?.headers.get(COPIED_AT);
  return typeof copiedAt === 'string' && Date.now() - Date.parse(copiedAt) < FRESH_MS;
}

/** The copy with 截至 09:12 above it; the words stand hidden in every page. */
export async function stamped(copy: Response): Promise<Response> {
  const html = (await copy.text())
    .replace('<html ', '<html data-offline ')
    .replace(/(id="copy-strip"[^>]*?) hidden/, '$1')
    .replace('--:--', timeOf(new Date(copy.headers.get(COPIED_AT) ?? 0), new Date()));
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } });
}

/** By the clock of the village; with the day where it is not today's. */
function timeOf(at: Date, now: Date): string {
  const part = (options: Intl.DateTimeFormatOptions, moment: Date) =>
    new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', ...options }).format(moment);
  const time = part({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at);
  const [day, today] = [at, now].map((moment) => part({ month: 'numeric', day: 'numeric' }, moment));
  return day === today ? time : `${day} ${time}`;
}
