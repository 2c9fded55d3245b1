/**
 * A walk through all components in a real browser, for the eye and for axe:
 * `npx tsx test/browser/gallery.tsx <folder> [page …]` writes screenshots and fails on any accessibility violation.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { type Browser, chromium, type Page } from 'playwright-core';
import { buildAssets, registerAssets } from '../../src/platform/http/assets.ts';
import { renderPage } from '../../src/platform/http/page.tsx';
import { LOCALES, type Locale } from '../../src/platform/i18n/locale.ts';
import { translate } from '../../views/shared/dictionary.ts';
import type { PageContext, TextSize } from '../../views/shared/page-context.ts';
import { galleryPages } from './gallery-pages.tsx';

const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What is looked at: a phone, a tablet, a desk; in the sizes of letters that people use there. */
const VIEWS: readonly { width: number; height: number; textSize: TextSize }[] = [
  { width: 360, height: 720, textSize: 'standard' },
  { width: 360, height: 720, textSize: 'large' },
  { width: 360, height: 720, textSize: 'largest' },
  { width: 320, height: 640, textSize: 'largest' },
  { width: 768, height: 1024, textSize: 'standard' },
  { width: 768, height: 1024, textSize: 'largest' },
  { width: 1440, height: 900, textSize: 'standard' },
  { width: 1440, height: 900, textSize: 'large' },
];

/** In the page: the innermost elements that stand out of it. */
const FIND_WIDE = `[...document.querySelectorAll('main *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter((element) => !element.closest('.table-box') && element.children.length === 0)
  .map((element) => element.outerHTML.slice(0, 90)).join(' | ')`;

type AxeResult = { violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] };

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [folder = 'gallery', ...chosen] = process.argv.slice(2);
const names = chosen.length > 0 ? chosen : Object.keys(galleryPages);
mkdirSync(folder, { recursive: true });

const assets = await buildAssets();
const app = fastify();
registerAssets(app, assets);
app.addHook('onRequest', async (_, reply) => {
  reply.header('content-security-policy', CSP);
});
app.get<{ Params: { name: string }; Querystring: { size?: TextSize; locale?: Locale } }>(
  '/gallery/:name',
  (request, reply) => {
    const draw = galleryPages[request.params.name];
    if (!draw) return reply.callNotFound();
    return renderPage(reply, contextOf(request.query.size ?? 'standard', request.query.locale ?? 'zh-CN'), draw());
  },
);
await app.listen({ host: '127.0.0.1', port: 0 });
const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
let faults = 0;
try {
  for (const name of names) await visit(browser, name);
} finally {
  await browser.close();
  await app.close();
}
process.exitCode = faults === 0 ? 0 : 1;

async function visit(running: Browser, name: string): Promise<void> {
  for (const { width, height, textSize } of VIEWS) {
    const page = await running.newPage({ viewport: { width, height } });
    page.on('console', (message) => {
      if (message.type() === 'error') report(`${name}: ${message.text()}`);
    });
    await page.goto(`${origin}/gallery/${name}?size=${textSize}`);
    await page.screenshot({ path: `${folder}/${name}-${width}-${textSize}.png`, fullPage: true });
    await inspect(page, `${name} ${width} ${textSize}`, textSize === 'standard' ? 44 : 59);
    await page.close();
  }
  const page = await running.newPage({ viewport: { width: 1000, height: 900 } });
  await page.goto(`${origin}/gallery/${name}`);
  await page.pdf({ path: `${folder}/${name}.pdf`, preferCSSPageSize: true });
  for (const locale of LOCALES.filter((other) => other !== 'zh-CN')) {
    await page.goto(`${origin}/gallery/${name}?locale=${locale}`);
    await page.screenshot({ path: `${folder}/${name}-${locale}.png`, fullPage: true });
  }
  await page.close();
}

async function inspect(page: Page, view: string, leastTarget: number): Promise<void> {
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  if (typeof overflow === 'number' && overflow > 0) {
    report(`${view}: ${overflow} px wider than the window: ${String(await page.evaluate(FIND_WIDE))}`);
  }
  const small = await page.evaluate(findSmallTargets(leastTarget));
  for (const target of small as string[]) report(`${view}: target too small: ${target}`);
  await page.evaluate(axeSource);
  const result = (await page.evaluate(
    `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as AxeResult;
  for (const violation of result.violations) {
    for (const node of violation.nodes) {
      report(`${view}: ${violation.id}: ${node.html.slice(0, 140)}\n    ${node.failureSummary.split('\n')[1] ?? ''}`);
    }
  }
}

/** In the page: controls lower than a finger. A box or circle inside a label counts as the label. */
function findSmallTargets(least: number): string {
  return `[...document.querySelectorAll('a, button, input:not([type=hidden]), select, textarea, summary, label')]
    .filter((element) => !element.closest('label') || element.matches('label'))
    .filter((element) => !element.matches('label.field-label, .skip-link') && element.checkVisibility())
    .filter((element) => element.getBoundingClientRect().height < ${least})
    .map((element) => element.outerHTML.slice(0, 120) + ' ' + Math.round(element.getBoundingClientRect().height))`;
}

function report(fault: string): void {
  faults += 1;
  console.error(fault);
}

function contextOf(textSize: TextSize, locale: Locale): PageContext {
  return {
    locale,
    t: translate(locale),
    textSize,
    csrfToken: 'token',
    path: '/awards/new',
    viewer: { displayName: '李某', roleName: '管理员', homeHref: '/home', reader: '1', mayAward: true },
    village: { code: '610630102205', name: '啊道村', townshipName: '英旺乡' },
    nav: [
      { href: '/home', label: '工作台' },
      { href: '/awards', label: '加分' },
      { href: '/counter', label: '兑换' },
      { href: '/goods', label: '进货' },
      { href: '/publications', label: '公示' },
    ],
    isDemo: true,
    assets: assets.urls,
    today: '2026-11-21',
  };
}
