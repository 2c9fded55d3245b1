/**
 * Styles and scripts are built once, when the process starts: no build step to forget and no stale file.
 * Each has its content's hash in its name, so browsers keep it for ever and a changed file is a new address.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import type { FastifyInstance } from 'fastify';
import type { AssetUrls } from '../../../views/shared/page-context.ts';

type Encoding = 'br' | 'gzip' | 'identity';

export type Asset = { url: string; type: string; bodies: Record<Encoding, Buffer> };

export type Assets = { urls: AssetUrls; files: readonly Asset[] };

const sources = fileURLToPath(new URL('../../../views/assets/', import.meta.url));
const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** The oldest browsers that the pages are tried in; scripts go down to the old webviews of cheap phones. */
const TARGETS = { css: ['chrome99', 'safari15.4'], js: ['chrome80'] };

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', svg: 'image/svg+xml' };

export async function buildAssets(): Promise<Assets> {
  const [css, js, tools, check, icon] = await Promise.all([
    bundle('app.css', 'css'),
    bundle('app.ts', 'js'),
    bundle('tools.ts', 'js'),
    bundle('check.ts', 'js'),
    readFile(`${sources}icon.svg`),
  ]);
  const files = await Promise.all([
    makeAsset('app', 'css', css),
    makeAsset('app', 'js', js),
    makeAsset('tools', 'js', tools),
    makeAsset('check', 'js', check),
    makeAsset('icon', 'svg', icon),
  ]);
  const [cssFile, jsFile, toolsFile, checkFile, iconFile] = files;
  const urls = {
    css: cssFile.url,
    js: jsFile.url,
    tools: toolsFile.url,
    check: checkFile.url,
    icon: iconFile.url,
  };
  return { urls, files };
}

/** Serves the built files; nothing else lives under /assets/. */
export function registerAssets(app: FastifyInstance, assets: Assets): void {
  for (const asset of assets.files) {
    app.get(asset.url, { config: { access: 'everybody' } }, (request, reply) => {
      const encoding = chooseEncoding(request.headers['accept-encoding']);
      if (encoding !== 'identity') reply.header('content-encoding', encoding);
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
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

async function bundle(entry: string, kind: 'css' | 'js'): Promise<Buffer> {
  const result = await build({
    entryPoints: [sources + entry],
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
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  const [br, gz] = await Promise.all([
    brotli(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
    }),
    gzipped(content, { level: 9 }),
  ]);
  return { url: `/assets/${name}.${hash}.${kind}`, type: TYPES[kind], bodies: { br, gzip: gz, identity: content } };
}
