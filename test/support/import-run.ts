import type { LightMyRequestResponse } from 'fastify';
import { until } from '../platform/server-process.ts';
import type { TestBrowser } from './app.ts';

/** The page of an import when it is over: small ones are by the first look, on a busy machine a little later. */
export function endOf(browser: TestBrowser, { headers }: LightMyRequestResponse): Promise<string> {
  return until(async () => {
    const { body, statusCode } = await browser.get(String(headers.location));
    // A process that is busy with it may ask to wait.
    return statusCode !== 200 || body.includes('hx-trigger') ? null : body;
  });
}

/** Work waits here until somebody lets it go on. */
export function openGate() {
  let release = () => {};
  const promise = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { promise, release };
}
