/**
 * Pictures of every page, for the eye: `npm run screens -- http://127.0.0.1:3000 [folder] [part of an address …]` walks through a
 * running demonstration as each of its people, along every link and to every address that a village's routes name, and takes each
 * kind of page once: on a phone, a tablet, a desk, and what is made for paper as it is printed. Only looks; nothing is posted but the
 * sign-in.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openChromium } from '../support/chromium.ts';
import { readQr } from '../support/read-qr.ts';
import { invalidHtml } from '../support/valid-html.ts';

const WIDTHS = [360, 768, 1440];

interface Account {
  username: string;
  password: string;
  role: string;
  village: string | null;
}

const [address = 'http://127.0.0.1:3000', folder = '.data/screens', ...wanted] = process.argv.slice(2);
const baseURL = address.replace(/\/$/, '');
const { accounts } = (await (await fetch(`${baseURL}/api/v1/demo`)).json()) as { accounts: Account[] };
/** The first of each role, the manager first: what only others see is taken as they see it. */
const people = accounts.filter(({ role }, place) => accounts.findIndex((account) => account.role === role) === place);

await mkdir(folder, { recursive: true });
const { browser, close } = await openChromium();
const taken = new Set<string>();
let faults = 0;
try {
  for (const person of [...people, null]) await walkAs(person);
} finally {
  await close();
}
console.log(`${taken.size} kinds of pages in ${folder}, ${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;

async function walkAs(person: Account | null): Promise<void> {
  const context = await openContext(browser);
  const page = await context.newPage();
  if (person) await signIn(page, person);
  const village = person?.village ?? people.find(({ village }) => village)?.village;
  const seeds = ['/', '/help', '/offline', '/uploads', '/uploads/award', '/C/BROKEN', '/no-such-page'];
  if (village) seeds.push(`/villages/${village}`, `/villages/${village}/desk`);
  const named = village ? await namedAddresses(village) : [];
  if (person?.role === 'manager') seeds.push(await scanCard(page, `/villages/${village}`));
  const role = person?.role ?? 'anybody';
  for (const path of await findPages(context, role, seeds, named)) {
    if (wanted.length === 0 || wanted.some((part) => path.includes(part))) await take(page, role, path);
  }
  await context.close();
}

/** One address of each kind of page that no one before has taken, as this person comes to them by links. */
async function findPages(
  context: BrowserContext,
  role: string,
  seeds: readonly string[],
  named: readonly string[],
): Promise<string[]> {
  const found: string[] = [];
  const seen = new Set<string>();
  const queue = [...seeds];
  const rest = [...named];
  // A link says more than a bare address: by links first.
  const next = () => queue.shift() ?? rest.shift();
  for (let path = next(); path !== undefined; path = next()) {
    const kind = kindOf(path);
    if (seen.has(kind)) continue;
    seen.add(kind);
    const answer = await patiently(() => context.request.get(path, { maxRedirects: 0 }));
    const location = answer.headers()['location'];
    if (location) queue.unshift(location);
    if (!answer.headers()['content-type']?.startsWith('text/html') || location) continue;
    const html = await answer.text();
    for (const [, href = ''] of html.matchAll(/<a\b[^>]*\shref="([^"#]+)/g)) {
      const link = href.replaceAll('&amp;', '&');
      if (link.startsWith('/') && !/\.\w+$|^\/api\//.test(link)) queue.push(link);
    }
    const isForbidden = answer.status() === 401 || answer.status() === 403;
    // What only takes a form has no page of its own.
    if (answer.status() >= 400 && named.includes(path)) continue;
    // The desk is another one for each of them.
    const once = kind.endsWith('/desk') ? `${role} ${kind}` : kind;
    if (isForbidden || taken.has(once)) continue;
    taken.add(once);
    found.push(path);
    for (const fault of await invalidHtml(html)) {
      faults += 1;
      console.error(`${path} ${fault}`);
    }
  }
  return found;
}

/** The addresses of a village that its routes name in full: not every page is linked from another one. */
async function namedAddresses(village: string): Promise<string[]> {
  const found = new Set<string>();
  for (const file of await readdir('src', { recursive: true })) {
    if (!/routes\.tsx?$/.test(file)) continue;
    const text = await readFile(join('src', file), 'utf8');
    for (const [, path = ''] of text.matchAll(/'(\/villages\/:village\/[a-z/-]+)'/g)) {
      // A stream of events never comes to its end.
      if (!path.endsWith('/events')) found.add(path.replace(':village', village));
    }
  }
  return [...found];
}

/** Pages of one kind differ in numbers, codes and days alone; where a question leads to another form, it is another kind. */
function kindOf(path: string): string {
  const { pathname, searchParams } = new URL(path, baseURL);
  const parts = pathname.split('/').map((part) => {
    if (/^[a-z-]*$/.test(part) || part === 'BROKEN') return part;
    return /^[\d-]+$/.test(part) ? 'n' : 'x';
  });
  const asksMore = /\/(new|counter|cards)$/.test(pathname);
  return `${parts.join('/')}${
    asksMore
      ? [...searchParams.keys()]
          .sort()
          .map((name) => `.${name}`)
          .join('')
      : ''
  }`;
}

async function take(page: Page, role: string, path: string): Promise<void> {
  const name = `${role}${kindOf(path).replaceAll('/', '~')}`;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 400 ? 740 : 900 });
    await patiently(() => page.goto(path));
    // A bar at the window's edge stands in the middle of a long picture; pictures that wait for the eye come at once.
    await page.addStyleTag({ content: '.action-bar { position: static !important }' });
    await page.evaluate(`Promise.all([...document.images].map((image) => {
      image.loading = 'eager';
      return image.decode().catch(() => null);
    }))`);
    await patiently(() => page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true }));
    const beyond = Number(
      await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
    );
    if (beyond > 0) {
      faults += 1;
      console.error(`${path} can be pushed ${beyond} px sideways at ${width}`);
    }
  }
  if ((await page.locator('[data-print], .desk').count()) > 0) {
    await writeFile(`${folder}/${name}.pdf`, await page.pdf({ preferCSSPageSize: true, printBackground: false }));
  }
  console.log(`${name} ${path}`);
}

/** A busy machine may miss a beat; the walk is too long to begin anew. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let again = 0; again < 5; again += 1) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  }
  return ask();
}

async function openContext(from: Browser): Promise<BrowserContext> {
  return from.newContext({
    baseURL,
    bypassCSP: true,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
}

async function signIn(page: Page, { username, password }: Account): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('main').getByRole('button', { name: '登录', exact: true }).click();
  await page.getByRole('button', { name: '退出' }).waitFor();
}

/** As a phone comes to it: from the picture on the printed card. */
async function scanCard(page: Page, village: string): Promise<string> {
  await page.goto(`${village}/cards`);
  const card = await page.locator('#households .household').first().getAttribute('href');
  await page.goto(`${card}/print`);
  const ink = await page.locator('.qr-ink').first().getAttribute('d');
  return new URL(readQr(ink ?? '')).pathname;
}
