/**
 * Somebody at a browser of their own: what the pages do wrong on the way is gathered in `faults`, so that each journey also
 * proves that no script failed, nothing broke the content policy and nobody else's server was asked.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PASSWORD } from './cast.ts';

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Must be empty at the end. */
  faults: string[];
  close(): Promise<void>;
}

export interface VisitorOptions {
  javaScriptEnabled?: boolean;
  width?: number;
  height?: number;
  /** With the service worker, which most journeys do without so that each page is the server's own answer. */
  keepsPages?: boolean;
  /** The step of the letters, as if it had been chosen before. */
  textSize?: 'standard' | 'large' | 'largest';
}

/** For `describe.each`: every journey is made twice. */
export const SCRIPTING = [
  ['with JavaScript', true],
  ['without JavaScript', false],
] as const;

export async function openVisitor(
  browser: Browser,
  baseUrl: string,
  { javaScriptEnabled = true, width = 1280, height = 800, textSize, keepsPages = false }: VisitorOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: baseUrl,
    javaScriptEnabled,
    locale: 'zh-CN',
    viewport: { width, height },
    reducedMotion: 'reduce',
    serviceWorkers: keepsPages ? 'allow' : 'block',
  });
  context.setDefaultTimeout(30_000);
  if (textSize) await context.addCookies([{ name: 'size', value: textSize, url: baseUrl }]);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // Chromium reports every page that is not 200 this way; refusals are pages like any other.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseUrl}/`) && !url.startsWith('data:')) faults.push(`asked somebody else: ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()}: ${response.url()}`);
  });
  return { page, context, faults, close: () => context.close() };
}

export async function signIn(page: Page, username: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
  await page.getByRole('button', { name: '退出' }).waitFor();
  // What is read next may stand further down.
  await page.waitForLoadState();
}

/** Types into a field that answers while one types: only once the script that listens is there. */
export async function typeInto(page: Page, label: string, words: string): Promise<void> {
  const field = page.getByLabel(label);
  await field.waitFor();
  await page.waitForLoadState();
  await field.fill(words);
}

/** How far the page can be pushed sideways, in pixels; must be nothing. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
