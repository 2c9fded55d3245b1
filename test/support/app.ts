/**
 * The whole server without a socket, on a database of its own: requests go through every hook, as they do in use.
 * The cast is there unless another template is asked for.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { createDb, type Db } from '../../src/platform/database/db.ts';
import { PASSWORD } from './cast.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { type FormFile, multipart } from './pictures.ts';
import type { TemplateName } from './templates.ts';

export interface TestApp {
  app: FastifyInstance;
  db: Db;
  config: Config;
  database: TestDatabase;
  /** With the guards of the public logs. */
  dataDir: string;
  /** A bearer token for the API. */
  apiToken(username: string): Promise<string>;
  /** A browser with its cookies, signed in or not. */
  browser(username?: string): Promise<TestBrowser>;
  close(): Promise<void>;
}

/** Follows no redirect; keeps cookies; sends forms with the token of the page that was looked at last. */
export interface TestBrowser {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  submit(
    url: string,
    fields: Record<string, string | string[]>,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** A form with files. */
  upload(
    url: string,
    fields: Record<string, string | string[]>,
    files: readonly FormFile[],
  ): Promise<LightMyRequestResponse>;
}

/** As a browser names it: without the port that goes without saying. */
const ORIGIN = 'http://localhost';

export async function createTestApp({
  template = 'cast',
  env = {},
}: {
  template?: TemplateName;
  env?: Record<string, string>;
} = {}): Promise<TestApp> {
  const database = await createTestDatabase({ template });
  const dataDir = await mkdtemp(join(tmpdir(), 'love-supermarket-app-'));
  const config = readConfig({ LOG_LEVEL: 'silent', DEMO: 'off', DATA_DIR: dataDir, ...env });
  if ('refused' in config) throw new Error(config.message);
  const db = createDb(database.sql);
  const secrets = { sessionSecret: 'a'.repeat(64), cookieSecret: 'b'.repeat(64) };
  const app = await buildApp({ config, secrets, db });
  const browser = (username?: string) => openBrowser(app, username);
  return {
    app,
    db,
    config,
    database,
    dataDir,
    browser,
    apiToken: async (username) => {
      const payload = { username, password: PASSWORD };
      const answer = await app.inject({ method: 'POST', url: '/api/v1/sessions', payload });
      return answer.json<{ token: string }>().token;
    },
    close: async () => {
      await app.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openBrowser(app: FastifyInstance, username?: string): Promise<TestBrowser> {
  const cookies = new Map<string, string>();
  let csrfToken = '';
  const keep = (answer: LightMyRequestResponse) => {
    for (const { name, value } of answer.cookies) cookies.set(name, value);
    csrfToken = /name="_csrf" value="([^"]+)"/.exec(answer.body)?.[1] ?? csrfToken;
    return answer;
  };
  const browser: TestBrowser = {
    get: async (url, headers = {}) =>
      keep(await app.inject({ method: 'GET', url, headers, cookies: Object.fromEntries(cookies) })),
    submit: async (url, fields, headers = {}) => {
      const form = new URLSearchParams();
      for (const [name, values] of Object.entries({ _csrf: csrfToken, ...fields })) {
        for (const value of [values].flat()) form.append(name, value);
      }
      return keep(
        await app.inject({
          method: 'POST',
          url,
          payload: form.toString(),
          headers: {
            'content-type': 'application/x-www-form-urlencoded',
            host: 'localhost',
            origin: ORIGIN,
            ...headers,
          },
          cookies: Object.fromEntries(cookies),
        }),
      );
    },
    upload: async (url, fields, files) => {
      const { payload, headers } = multipart({ _csrf: csrfToken, ...fields }, files);
      const sent = {
        method: 'POST',
        url,
        payload,
        headers: { ...headers, host: 'localhost', origin: ORIGIN },
      } as const;
      return keep(await app.inject({ ...sent, cookies: Object.fromEntries(cookies) }));
    },
  };
  if (username) {
    await browser.get('/sign-in');
    await browser.submit('/sign-in', { username, password: PASSWORD });
  }
  return browser;
}
