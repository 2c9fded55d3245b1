/**
 * The passbook worked out again by the reader's own phone, from what the page shows and nothing else: the entries follow each
 * other without a gap and add up to the balance. On request each of them is looked up in the public log, whose signature counts.
 */

import { parseReceipt, verifySeal } from './check-receipt.ts';
import { includes, leafHash } from './check-tree.ts';

type Line = { n: number; amount: number; after: number; day: string; seq: number };

type Leaf = { acct?: unknown; n?: unknown; delta?: unknown; occurred?: unknown };

/** What one entry's record says of it; `null` where this browser cannot check the signature. */
type Verdict = { isRight: boolean; isSealed: boolean | null; account: unknown };

/** Enough to hide the way there and back, few enough for a small server. */
const AT_ONCE = 4;

const panel = document.getElementById('passbook-check');
// Not what waits or is kept, which looks alike and comes before.
const list = document.querySelector('ol.passbook');
if (panel && list) start(panel, list);

function start(root: HTMLElement, shown: Element): void {
  const lines = [...shown.children].map(readLine).reverse();
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last) return;
  const values = { first: first.n, last: last.n, count: lines.length };

  const gap = lines.find((line, index) => line.n !== first.n + index);
  say(root, 'gap', gap ? 'bad' : 'good', gap ? { n: gap.n } : values);
  const wrong = lines.find((line, index) => line.after !== (lines[index - 1]?.after ?? before(first)) + line.amount);
  const balance = centipoints(document.querySelector('.balance-number'));
  const isNewest = root.dataset['newest'] !== undefined;
  const points = balance / 100;
  if (wrong || (first.n === 1 && first.after !== first.amount)) say(root, 'sum', 'bad', { n: (wrong ?? first).n });
  else if (!isNewest) say(root, 'sum', 'part', values);
  else say(root, 'sum', last.after === balance ? 'good' : 'balance', { points: last.after / 100, shown: points });
  root.hidden = false;

  const button = root.querySelector('button');
  button?.addEventListener('click', () => {
    button.disabled = true;
    checkLog(root, lines)
      .catch(() => say(root, 'log', 'unreachable', {}))
      .finally(() => {
        button.disabled = false;
      });
  });
}

/** The page shows what stood there before only by the first line itself. */
function before(first: Line): number {
  return first.after - first.amount;
}

async function checkLog(root: HTMLElement, lines: readonly Line[]): Promise<void> {
  // Without https a browser hides its cryptography, and this page says so instead of pretending.
  if (!('crypto' in window) || !window.crypto.subtle) {
    say(root, 'log', 'unable', {});
    return;
  }
  const log = root.dataset['log'] ?? '';
  const key = (await fetchText(`${log}/vkey`)).trim();
  const verdicts: Verdict[] = [];
  const open = lines.map((line, index) => ({ line, index }));
  const work = async () => {
    for (let next = open.shift(); next; next = open.shift()) {
      verdicts[next.index] = await lookUp(next.line, log, key);
      say(root, 'log', 'running', { count: lines.length - open.length, all: lines.length });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  const account = verdicts[0]?.account;
  const wrong = verdicts.findIndex((verdict) => !verdict.isRight || verdict.account !== account);
  const isUnknown = verdicts.some(({ isSealed }) => isSealed === null);
  if (wrong >= 0) say(root, 'log', 'bad', { n: lines[wrong]?.n ?? 0 });
  else if (verdicts.some(({ isSealed }) => isSealed === false)) say(root, 'log', 'seal', {});
  else say(root, 'log', isUnknown ? 'unsealed' : 'good', { count: lines.length });
}

/** The record has this number, leads to the root that was signed, and says the same as the line. */
async function lookUp(line: Line, log: string, key: string): Promise<Verdict> {
  const response = await fetch(`${log}/receipt/${line.seq}`);
  if (response.status === 404) return { isRight: false, isSealed: true, account: null };
  if (!response.ok) throw new Error(String(response.status));
  const receipt = parseReceipt(await response.text());
  const leaf = JSON.parse(new TextDecoder().decode(receipt.entry)) as Leaf;
  const isSame = leaf.n === line.n && leaf.delta === line.amount && leaf.occurred === line.day;
  const isIncluded =
    receipt.index === line.seq &&
    (await includes(await leafHash(receipt.entry), receipt.index, receipt.head, receipt.proof));
  // The key that this phone saw first counts; a page could show any other.
  const isSealed = await verifySeal(receipt, knownKey(receipt.origin) ?? key);
  return { isRight: isSame && isIncluded, isSealed, account: leaf.acct };
}

function readLine(item: Element): Line {
  const after = item.querySelector('.passbook-after')?.textContent ?? '';
  return {
    n: (item as HTMLLIElement).value,
    amount: centipoints(item.querySelector('.passbook-change')),
    after: hundredths(/-?[\d.]+\s*$/.exec(after)?.[0] ?? ''),
    day: item.querySelector('time')?.dateTime ?? '',
    seq: Number(/\d+$/.exec(item.querySelector('a')?.getAttribute('href') ?? '')?.[0]),
  };
}

function centipoints(place: Element | null): number {
  return hundredths(place?.textContent ?? '');
}

/** A page writes a true minus sign. */
function hundredths(text: string): number {
  return Math.round(Number(text.trim().replace('−', '-')) * 100);
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(String(response.status));
  return response.text();
}

/** Kept by the page that checks one record. */
function knownKey(origin: string): string | null {
  try {
    return (JSON.parse(localStorage.getItem(`log ${origin}`) ?? 'null') as { vkey: string } | null)?.vkey ?? null;
  } catch {
    return null;
  }
}

/** The words of every state stand on the page; here only the numbers are put in. */
function say(root: HTMLElement, name: string, state: string, values: Record<string, number>): void {
  const line = root.querySelector<HTMLElement>(`[data-line="${name}"]`);
  const words = line?.getAttribute(`data-${state}`);
  if (!line || !words) return;
  line.textContent = words.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
  const isBad = ['bad', 'balance', 'seal'].includes(state);
  line.dataset['state'] = isBad ? 'bad' : ['good', 'part'].includes(state) ? 'good' : 'open';
  const whatNow = root.querySelector<HTMLElement>('[data-what-now]');
  if (whatNow && isBad) whatNow.hidden = false;
}
