/** What opens without network whoever is signed in: styles, scripts, and three pages that hold nothing of anybody. */
import { read, write } from './store.ts';

/** Put in when the worker is built; a change of any asset is a change of the worker, which fetches them anew. */
declare const ASSET_URLS: readonly string[];
declare const SHELL_NAME: string;

const PAGES = ['/offline', '/uploads', '/uploads/award'] as const;

export function isAsset(path: string): boolean {
  return ASSET_URLS.includes(path);
}

export async function fetchShell(): Promise<void> {
  const cache = await caches.open(SHELL_NAME);
  await Promise.all([cache.addAll([...ASSET_URLS]), ...PAGES.map((path) => fetchPage(cache, path))]);
}

/** The pages speak the language and have the letters that the reader chose last. */
export async function followReader(look: string): Promise<void> {
  if ((await read<string>('notes', 'look')) === look) return;
  const cache = await caches.open(SHELL_NAME);
  await Promise.all(PAGES.map((path) => fetchPage(cache, path)));
  await write('notes', 'look', look);
}

async function fetchPage(cache: Cache, path: string): Promise<void> {
  const response = await fetch(`${path}?shell`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  await cache.put(path, response);
}

export async function forgetOldShells(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith('shell-') && name !== SHELL_NAME).map((name) => caches.delete(name)),
  );
}

export async function findInShell(path: string): Promise<Response | undefined> {
  return (await caches.open(SHELL_NAME)).match(path);
}

/** Says that there is no network: what was asked for, or that what was sent is not saved. */
export async function offlinePage(what: 'page' | 'form' | 'left'): Promise<Response> {
  const page = await findInShell('/offline');
  const html = ((await page?.text()) ?? '').replace(new RegExp(`(data-when="${what}"[^>]*?) hidden`), '$1');
  return new Response(html, {
    status: 503,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
