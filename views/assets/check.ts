/**
 * The check of one record by the reader's own phone: the record's bytes lead to the signed root, the signature is the log's,
 * and the log continues what this phone saw last. It keeps the last checkpoint, so every visitor watches the log.
 */

import { fromBase64, parseReceipt, type TreeHead, verifySeal } from './check-receipt.ts';
import { consistent, includes, leafHash, type ReadTile } from './check-tree.ts';

type Kept = { vkey: string; size: number; root: string };

const page = document.getElementById('record-check');
if (page) {
  check(page).catch(() => remark(page, page.dataset['unreachable']));
}

async function check(root: HTMLElement): Promise<void> {
  const { log = '', seq = '', id = '', vkey = '', unable, unsealed } = root.dataset;
  // Without https a browser hides its cryptography, and this page says so instead of pretending.
  if (!('crypto' in window) || !window.crypto.subtle) {
    remark(root, unable);
    return;
  }
  const receipt = parseReceipt(await fetchText(`${log}/receipt/${seq}`));
  const { head, origin } = receipt;
  const kept = recall(origin);

  const isThis = receipt.index === Number(seq) && namesAct(receipt.entry, id);
  const isIncluded = isThis && (await includes(await leafHash(receipt.entry), receipt.index, head, receipt.proof));
  show(root, 'included', isIncluded ? 'good' : 'bad');

  // The key that this phone saw first counts; a page could show any other.
  const trusted = kept?.vkey ?? vkey;
  const isSealed = await verifySeal(receipt, trusted);
  if (isSealed !== null) show(root, 'seal', isSealed ? 'good' : kept && kept.vkey !== vkey ? 'new-key' : 'bad');

  const earlier = kept && { size: kept.size, root: fromBase64(kept.root) };
  const continues = !earlier || (await continuesFrom(earlier, head, log));
  const isGood = isIncluded && isSealed !== false && continues;
  if (earlier) show(root, 'history', continues ? 'good' : 'bad');
  else if (isGood) show(root, 'history', 'first');
  if (isGood && (!kept || kept.size <= head.size))
    keep(origin, { vkey: trusted, size: head.size, root: receipt.rootText });
  conclude(root, isGood, isSealed === null ? unsealed : '');
}

/** Another server may still answer with a checkpoint of a second ago, so the smaller tree is proved to begin the larger. */
async function continuesFrom(earlier: TreeHead, head: TreeHead, log: string): Promise<boolean> {
  const [smaller, larger] = earlier.size <= head.size ? [earlier, head] : [head, earlier];
  const read: ReadTile = async (path) => {
    const response = await fetch(`${log}/tile/${path}`);
    // A tile that the kept checkpoint covers has to be there; a network that fails is not the log's fault.
    if (response.status === 404) return new Uint8Array();
    if (!response.ok) throw new Error(String(response.status));
    return new Uint8Array(await response.arrayBuffer());
  };
  return consistent(smaller, larger, read);
}

function namesAct(entry: Uint8Array<ArrayBuffer>, id: string): boolean {
  try {
    return (JSON.parse(new TextDecoder().decode(entry)) as { id?: unknown }).id === id;
  } catch {
    return false;
  }
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

function show(root: HTMLElement, name: string, state: string): void {
  const line = root.querySelector<HTMLElement>(`[data-line="${name}"]`);
  const text = line?.querySelector('.proof-text');
  if (!line || !text) return;
  // Shorter words leave the place as it was: what stands below is being read.
  line.style.minHeight = `${line.offsetHeight}px`;
  text.textContent = line.getAttribute(`data-${state}`);
  line.dataset['state'] = state;
  line.querySelector('.proof-by')?.remove();
  const by = document.createElement('span');
  by.className = 'proof-by soft small';
  by.textContent = root.dataset['by'] ?? '';
  line.append(by);
}

function conclude(root: HTMLElement, isGood: boolean, remarkText: string | undefined): void {
  const verdict = root.querySelector<HTMLElement>('[data-verdict]');
  if (verdict) {
    verdict.textContent = (isGood ? root.dataset['good'] : root.dataset['bad']) ?? '';
    verdict.dataset['state'] = isGood ? 'good' : 'bad';
  }
  const whatNow = root.querySelector<HTMLElement>('[data-what-now]');
  if (whatNow) whatNow.hidden = isGood;
  remark(root, remarkText);
}

function remark(root: HTMLElement, text: string | undefined): void {
  const place = root.querySelector<HTMLElement>('[data-remark]');
  if (!place) return;
  place.textContent = text ?? '';
  place.hidden = !text;
}

/** A browser that keeps nothing is always on its first visit. */
function recall(origin: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(`log ${origin}`) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}

function keep(origin: string, kept: Kept): void {
  try {
    localStorage.setItem(`log ${origin}`, JSON.stringify(kept));
  } catch {
    // Storage that is full or forbidden takes away the comparison, not the check.
  }
}
