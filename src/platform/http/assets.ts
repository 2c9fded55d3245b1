/**
 * Styles and scripts are built when they are first served, and again when one has changed: no build step to forget and no
 * stale file. Each has its content's hash in its name, so browsers keep it for ever and a changed file is a new address.
 */
import { hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import type { AssetUrls } from '../../../views/shared/page-context.ts';

const ENCODINGS = ['br', 'gzip', 'identity'] as const;

type Encoding = (typeof ENCODINGS)[number];

export type Asset = { url: string; type: string; bodies: Record<Encoding, Buffer> };

/** Its address never changes, so browsers ask each time whether it has. */
const WORKER_URL = '/sw.js';

export type Assets = { urls: AssetUrls; files: readonly Asset[] };

const sources = fileURLToPath(new URL('../../../views/assets/', import.meta.url));
const workerSources = fileURLToPath(new URL('../../../views/worker/', import.meta.url));
const builder = fileURLToPath(import.meta.url);
const lockFile = fileURLToPath(new URL('../../../package-lock.json', import.meta.url));
const builds = fileURLToPath(new URL('../../../node_modules/.cache/love-supermarket-assets/', import.meta.url));
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** The oldest browsers that the pages are tried in; scripts go down to the old webviews of cheap phones. */
const TARGETS = { css: ['chrome99', 'safari15.4'], js: ['chrome80'] };

const TYPES = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
};

/** Kept beside the bundled sources; where that folder cannot be written, each process builds for itself. */
export async function buildAssets(): Promise<Assets> {
  const kept = join(builds, `${await fingerprint()}.json`);
  const known = await readFile(kept, 'utf8').catch(() => null);
  if (known !== null) return fromText(known);
  const assets = await build();
  await keep(kept, assets).catch(() => {});
  return assets;
}

/** Changes with any source and with what builds them. */
async function fingerprint(): Promise<string> {
  const folders = await Promise.all(
    [sources, workerSources].map(async (folder) => (await readdir(folder)).sort().map((name) => folder + name)),
  );
  const files = folders.flat();
  const contents = await Promise.all([lockFile, builder, ...files].map((file) => readFile(file)));
  return hash('sha256', Buffer.concat([Buffer.from(files.join()), ...contents])).slice(0, 24);
}

async function keep(path: string, assets: Assets): Promise<void> {
  const draft = `${path}.${process.pid}`;
  await mkdir(builds, { recursive: true });
  const others = (await readdir(builds)).filter((name) => !path.endsWith(name));
  await writeFile(draft, toText(assets));
  await rename(draft, path);
  await Promise.all(others.map((name) => rm(join(builds, name), { force: true })));
}

/** The same in text: bodies as base64. */
type KeptAssets = { urls: AssetUrls; files: { url: string; type: string; bodies: [Encoding, string][] }[] };

function toText({ urls, files }: Assets): string {
  const bodiesOf = ({ bodies }: Asset) => ENCODINGS.map((name) => [name, bodies[name].toString('base64')] as const);
  return JSON.stringify({ urls, files: files.map((file) => ({ ...file, bodies: bodiesOf(file) })) });
}

function fromText(text: string): Assets {
  const { urls, files } = JSON.parse(text) as KeptAssets;
  const bodiesOf = (bodies: [Encoding, string][]) =>
    Object.fromEntries(bodies.map(([name, body]) => [name, Buffer.from(body, 'base64')])) as Asset['bodies'];
  return { urls, files: files.map((file) => ({ ...file, bodies: bodiesOf(file.bodies) })) };
}

/** `app` goes with nearly every page; each of the others is asked for by the pages that need it. */
const STYLES = { css: 'app', displayCss: 'display', sheetCss: 'sheet' } as const;
const SCRIPTS = {
  js: 'app',
  live: 'live',
  tools: 'tools',
  check: 'check',
  passbook: 'passbook',
  award: 'award',
  awardLeft: 'award-left',
  camera: 'camera',
  cameraReader: 'camera-reader',
  display: 'display',
  uploads: 'uploads',
} as const;
const PICTURES = { iconSmall: 'icon-small', iconLarge: 'icon-large', iconMaskable: 'icon-maskable' } as const;
/** Real pages, as `npm run pictures` took them. */
const SCREENS = {
  screenRoster: 'screen-roster',
  screenCards: 'screen-cards',
  screenGoods: 'screen-goods',
  screenPeople: 'screen-people',
  screenAward: 'screen-award',
  screenNotice: 'screen-notice',
  screenCounter: 'screen-counter',
  screenCard: 'screen-card',
  screenClaims: 'screen-claims',
  screenOffice: 'screen-office',
} as const;
/** What the worker keeps at its installation, so that a page opens without network. */
const SHELL = ['css', 'js', 'live', 'tools', 'award', 'awardLeft', 'uploads', 'icon'] as const;

async function build(): Promise<Assets> {
  const made = Object.fromEntries(
    await Promise.all([
      ...entriesOf(STYLES).map(async ([key, name]) => [key, await bundled(name, 'css')] as const),
      ...entriesOf(SCRIPTS).map(async ([key, name]) => [key, await bundled(name, 'js')] as const),
      ...entriesOf(PICTURES).map(async ([key, name]) => [key, await picture(name, 'png')] as const),
      ...entriesOf(SCREENS).map(async ([key, name]) => [key, await picture(name, 'webp')] as const),
      picture('icon', 'svg').then((file) => ['icon', file] as const),
    ]),
  ) as Record<keyof AssetUrls, Asset>;
  const urls = Object.fromEntries(entriesOf(made).map(([key, { url }]) => [key, url])) as AssetUrls;
  return { urls, files: [...Object.values(made), await workerFor(SHELL.map((key) => urls[key]))] };
}

function entriesOf<Key extends string, Value>(record: Readonly<Record<Key, Value>>): [Key, Value][] {
  return Object.entries(record) as [Key, Value][];
}

async function bundled(name: string, kind: 'css' | 'js'): Promise<Asset> {
  const content = await bundle(`${sources}${name}.${kind === 'js' ? 'ts' : 'css'}`, kind);
  return makeAsset(name, kind, content);
}

async function picture(name: string, kind: 'png' | 'svg' | 'webp'): Promise<Asset> {
  return makeAsset(name, kind, await readFile(`${sources}${name}.${kind}`));
}

/** The addresses of the shell stand in it, so a change of any of them is a new worker. */
async function workerFor(shell: readonly string[]): Promise<Asset> {
  const shellName = `shell-${hash('sha256', shell.join()).slice(0, 10)}`;
  const known = { ASSET_URLS: JSON.stringify(shell), SHELL_NAME: JSON.stringify(shellName) };
  return { ...(await makeAsset('sw', 'js', await bundle(`${workerSources}worker.ts`, 'js', known))), url: WORKER_URL };
}

/** Serves the built files; nothing else lives under /assets/. The worker lies at the root, for it may serve only what lies beside it. */
export function registerAssets(app: FastifyInstance, assets: Assets): void {
  for (const asset of assets.files) {
    app.get(asset.url, { config: { access: 'everybody' } }, (request, reply) => {
      const encoding = chooseEncoding(request.headers['accept-encoding']);
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      return reply
        .header('cache-control', asset.url === WORKER_URL ? 'no-cache' : 'public, max-age=31536000, immutable')
        .header('vary', 'Accept-Encoding')
        .type(asset.type)
        .send(asset.bodies[encoding]);
    });
  }
}

function chooseEncoding(accepted = ''): Encoding {
  if (/\bbr\b(?!;q=0(\.0*)?(,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!;q=0(\.0*)?(,|$))/.test(accepted) ? 'gzip' : 'identity';
}

async function bundle(entry: string, kind: 'css' | 'js', known: Record<string, string> = {}): Promise<Buffer> {
  // Loaded only when there is something to build.
  const esbuild = await import('esbuild');
  const result = await esbuild.build({
    entryPoints: [entry],
    define: known,
    bundle: true,
    minify: true,
    write: false,
    target: TARGETS[kind],
    legalComments: 'none',
    logLevel: 'silent',
    ...(kind === 'js' && { format: 'iife' as const }),
  });
  const [output] = result.outputFiles;
  if (!output) throw new Error(`esbuild made nothing of ${entry}`);
  return Buffer.from(output.contents);
}

async function makeAsset(name: string, kind: keyof typeof TYPES, content: Buffer): Promise<Asset> {
  const contentHash = hash('sha256', content).slice(0, 10);
  const [br, gz] = await Promise.all([
    brotli(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
    gzipped(content, { level: 9 }),
  ]);
  return {
    url: `/assets/${name}.${contentHash}.${kind}`,
    type: TYPES[kind],
    bodies: { br, gzip: gz, identity: content },
  };
}
