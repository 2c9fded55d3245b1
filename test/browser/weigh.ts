import type { Page } from 'playwright-core';

export interface Weight {
  html: number;
  css: number;
  js: number;
  /** Elements. */
  nodes: number;
}

/** What a page that was never here before brings over the line, without headers: they are no part of what the budgets are about. */
export async function weigh(page: Page, path: string): Promise<Weight> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    kinds.set(requestId, type);
    bytes[type] = (bytes[type] ?? 0) - response.encodedDataLength;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'Other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await session.detach();
  const nodes = await page.locator('*').count();
  const { Document: html = 0, Stylesheet: css = 0, Script: js = 0 } = bytes;
  console.log(
    `${path}: HTML ${html}, CSS ${css}, JS ${js}, all ${html + css + js} bytes on the line, ${nodes} elements`,
  );
  return { html, css, js, nodes };
}
