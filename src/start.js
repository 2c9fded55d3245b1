/**
 * Runs server.ts; with --prepare, as `npm ci` calls it, it only gets ready to. Node 20 reads no TypeScript, and translating
 * every file in every process takes longer than all the rest of a start; so the sources are bundled once and again after each
 * change, into node_modules/.cache. Where that folder cannot be written, tsx translates them as they are read: slower, but the
 * same program.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const builds = join(root, 'node_modules', '.cache', 'love-supermarket');
const sourceFolders = ['src', 'views'];
/** Packages of many small modules, which take long to load one by one, and one to mend. All others are loaded as they are. */
const bundledPackages = [
  'drizzle-orm',
  'fastify-type-provider-zod',
  'hucre',
  'postgres',
  'preact',
  'preact-render-to-string',
  'zod',
];
const KEPT_BUILDS = 3;
/** @type {Set<unknown>} */
const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC']);

/** @type {Map<string, SourceMap>} */
const sourceMaps = new Map();
const builtFrom = pathToFileURL(builds).href;

const build = await provideBuild();
if (process.argv.includes('--prepare')) {
  // The first start then finds what it runs.
} else if (build === null) {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./server.ts');
} else {
  Error.prepareStackTrace = stackOfSources;
  await import(pathToFileURL(join(build, 'server.js')).href);
}

/**
 * Names files and lines of the sources. Node would do it too, but reads every map at each start for it; here they are read
 * when a stack is asked for, which is seldom.
 * @param {Error} error
 * @param {Frame[]} frames
 */
function stackOfSources(error, frames) {
  return [String(error), ...frames.map((frame) => `    at ${sourceOf(frame)}`)].join('\n');
}

/**
 * @typedef {NodeJS.CallSite & { toString(): string }} Frame
 * @param {Frame} frame
 */
function sourceOf(frame) {
  const file = frame.getFileName();
  if (!file?.startsWith(builtFrom)) return String(frame);
  const origin = sourceMap(file).findOrigin(frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1);
  if (!('fileName' in origin)) return String(frame);
  const place = `${new URL(origin.fileName, file).href}:${origin.lineNumber}:${origin.columnNumber}`;
  const name = frame.getFunctionName();
  return name ? `${name} (${place})` : place;
}

/** @param {string} file */
function sourceMap(file) {
  const known = sourceMaps.get(file) ?? readSourceMap(`${fileURLToPath(file)}.map`);
  sourceMaps.set(file, known);
  return known;
}

/** @param {string} path */
function readSourceMap(path) {
  const payload = /** @type {import('node:module').SourceMapPayload} */ (JSON.parse(readFileSync(path, 'utf8')));
  return new SourceMap(payload);
}

/** The folder of a build of these very sources, or null where none can be kept. */
async function provideBuild() {
  const folder = join(builds, fingerprint());
  if (existsSync(folder)) return folder;
  const draft = `${folder}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    await bundleInto(draft);
    renameSync(draft, folder);
    removeOldBuilds();
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // Another process may have been faster.
    if (existsSync(folder)) return folder;
    if (error instanceof Error && 'code' in error && unwritable.has(error.code)) return null;
    throw error;
  }
  return folder;
}

/** Changes with any source, any package and any other version of Node. */
function fingerprint() {
  const hash = createHash('sha256').update(`${root} ${process.version}`);
  const files = ['package-lock.json', 'tsconfig.json', join('src', 'start.js')];
  for (const folder of sourceFolders) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (/\.(tsx?|js|json)$/.test(file)) files.push(join(folder, file));
    }
  }
  for (const file of files) {
    const found = statSync(join(root, file), { throwIfNoEntry: false });
    hash.update(`${file} ${found?.size} ${found?.mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 24);
}

/** @param {string} folder */
async function bundleInto(folder) {
  const esbuild = await import('esbuild');
  const { mendPostgresJs } = await import('./platform/database/mend-postgres-js.js');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/server.ts'],
    outdir: folder,
    bundle: true,
    // What only the primary or only a worker imports stays in files of its own.
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'linked',
    logLevel: 'error',
    plugins: [
      { name: 'village', setup: resolveLikeNode },
      {
        name: 'mended',
        setup: (plugin) =>
          plugin.onLoad({ filter: /node_modules[\\/]postgres[\\/]src[\\/]\w+\.js$/ }, ({ path }) => ({
            contents: mendPostgresJs(basename(path), readFileSync(path, 'utf8')),
          })),
      },
    ],
  });
  await esbuild.stop();
}

/** @param {import('esbuild').PluginBuild} plugin */
function resolveLikeNode(plugin) {
  plugin.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
    if (kind === 'entry-point') return undefined;
    const name = path
      .split('/')
      .slice(0, path.startsWith('@') ? 2 : 1)
      .join('/');
    return bundledPackages.includes(name) ? undefined : { external: true };
  });
  // A source finds the files beside it by its own place, not by that of the bundle.
  plugin.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
    if (path.includes('node_modules')) return undefined;
    const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
    return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
  });
}

/** A server of an earlier version may still run from the last ones. */
function removeOldBuilds() {
  const byAge = readdirSync(builds)
    .map((name) => ({ path: join(builds, name), madeAt: statSync(join(builds, name)).mtimeMs }))
    .sort((one, other) => other.madeAt - one.madeAt);
  for (const { path } of byAge.slice(KEPT_BUILDS)) rmSync(path, { recursive: true, force: true });
}
