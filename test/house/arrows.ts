/**
 * The arrows between the folders, as src/README.md draws them. `findArrowFaults` names file, line and the rule that is broken.
 * What stands in a line here may be used by everything below it; neighbours in one line do not use each other.
 */
import { posix } from 'node:path';
import { type Import, lineOf, parseImports, type SourceFile, withoutComments } from './source-file.ts';
import { findTableFaults } from './table-owners.ts';

const LAYERS: readonly (readonly string[])[] = [
  ['platform'],
  ['people'],
  ['photos'],
  ['auditlog'],
  ['ledger'],
  ['settings'],
  ['imports'],
  ['cards', 'rules', 'goods'],
  ['problems'],
  ['claims'],
  ['rates', 'reminders'],
  ['awards', 'exchange', 'roster'],
  ['stocktakes', 'donations', 'reservations', 'activities'],
  ['wishes', 'inspections', 'honours', 'samples', 'handovers'],
  ['privacy'],
  ['journal'],
  ['publication'],
  ['oversight'],
  ['demo'],
  ['operate'],
  ['app'],
];

const RULES = {
  1: 'a folder uses only what stands to its left, and only through its index.ts',
  2: 'decide-*.ts uses types, platform/points, platform/clock (which is told the time), platform/spellings, the word for an erased name and other decisions: no database, no package',
  3: 'views draw what they are given: from src only types, points, clock and i18n; no query, no command, no package but preact, one for QR codes and one for numbers in words',
  4: 'only routes.ts, app.ts and platform/http know Fastify and views, and only app.ts mounts routes',
  6: 'a table is written only by the folder whose schema.ts declares it',
} as const;

const VIEW_PACKAGES = ['preact', 'uqr', 'n2words'];
/** What pages bring along; the reader of codes only where the browser has none, and with the first press. */
const BROWSER_PACKAGES = ['htmx.org', '@zxing/library'];
/** What decisions may use of the platform: arithmetic with points and with days, how names are shortened, and what stands for an erased one. */
const PURE = new Set([
  'src/platform/points.ts',
  'src/platform/clock.ts',
  'src/platform/spellings.ts',
  'src/platform/i18n/erased-name.ts',
]);
const VIEW_VALUES = /^src\/platform\/(points\.ts|clock\.ts|i18n\/)/;
const ROUTES = /(^|\/)([a-z-]+-)?routes\.tsx?$/;
/** Asked by the routes of every folder for viewer and rights, and to offer a list: the two of their kind behind a front door. */
const BEHIND_A_DOOR = new Set<string | undefined>(['src/people/access-routes.ts', 'src/people/list-routes.ts']);
const UNFORESEEABLE = /\b(Date\.now\(|new Date\(\)|Math\.random\(|performance\.|process\.|crypto\.|fetch\()/g;

type Report = (file: SourceFile, index: number, rule: keyof typeof RULES, what: string) => void;

export function findArrowFaults(files: readonly SourceFile[]): string[] {
  const faults: string[] = [];
  const report: Report = (file, index, rule, what) =>
    faults.push(`${file.path}:${lineOf(file.text, index)} ${what}\n    arrow ${rule}: ${RULES[rule]}`);
  const sources = files.filter(({ path }) => /^(src|views)\/.*\.tsx?$/.test(path));
  for (const file of sources) {
    for (const used of parseImports(file)) {
      if (file.path.startsWith('views/')) {
        checkView(file, used, report);
      } else {
        checkFolder(file, used, report);
        checkFastify(file, used, report);
      }
      if (isDecision(file.path)) {
        checkDecision(file, used, report);
      }
    }
    if (isDecision(file.path)) {
      for (const match of withoutComments(file.text).matchAll(UNFORESEEABLE)) {
        report(file, match.index, 2, `asks for ${match[1]} instead of being told`);
      }
    }
  }
  checkFunctionCalls(files, report);
  findTableFaults(files, areaOf, (file, index, what) => report(file, index, 6, what));
  return faults;
}

/** Rule 1. */
function checkFolder(file: SourceFile, used: Import, report: Report): void {
  if (used.path === undefined || used.path.startsWith('views/') || !used.path.startsWith('src/')) {
    if (used.path?.startsWith('test/')) {
      report(file, used.index, 1, `uses ${used.specifier}, which is made for tests`);
    }
    return;
  }
  const [from, to] = [areaOf(file.path), areaOf(used.path)];
  if (from === to) {
    return;
  }
  if (layerOf(from) === undefined || layerOf(to) === undefined) {
    const unknown = layerOf(from) === undefined ? from : to;
    report(file, used.index, 1, `${unknown} has no place yet: give it one in test/house/arrows.ts`);
  } else if (!isLeft(to, from)) {
    report(file, used.index, 1, `uses ${used.specifier}, but ${to} does not stand to the left of ${from}`);
  } else if (!isDoor(file.path, used.path, to)) {
    report(file, used.index, 1, `uses ${used.specifier} past the front door src/${to}/index.ts`);
  }
}

/** Foreign keys need the other table's declaration, and app.ts mounts the routes; everything else goes through the door. */
function isDoor(from: string, target: string, area: string): boolean {
  return (
    area === 'platform' ||
    target === `src/${area}/index.ts` ||
    // A front door would bring the database along.
    (isDecision(from) && isDecision(target)) ||
    (from === 'src/app.ts' && ROUTES.test(target)) ||
    (from.endsWith('/schema.ts') && target === `src/${area}/schema.ts`)
  );
}

/** Rule 1 for the database: a function calls functions to its left; TypeScript calls only those of its own folder. */
function checkFunctionCalls(files: readonly SourceFile[], report: Report): void {
  const functions = files
    .filter(({ path }) => /^src\/.*\.sql$/.test(path))
    .map(({ path }) => ({ name: posix.basename(path, '.sql'), area: areaOf(path) }));
  for (const file of files.filter(({ path }) => path.startsWith('src/'))) {
    const area = areaOf(file.path);
    const text = withoutComments(file.text);
    for (const called of functions.filter((candidate) => candidate.area !== area)) {
      const call = new RegExp(`\\b${called.name}\\s*\\(`).exec(text);
      if (call !== null && !(file.path.endsWith('.sql') && isLeft(called.area, area))) {
        report(file, call.index, 1, `calls the database function ${called.name} of ${called.area}`);
      }
    }
  }
}

/** Rule 2. */
function checkDecision(file: SourceFile, used: Import, report: Report): void {
  const pure = used.path !== undefined && (PURE.has(used.path) || isDecision(used.path));
  const typesOfOurs = used.typeOnly && used.path !== undefined;
  if (!pure && !typesOfOurs) {
    report(file, used.index, 2, `uses ${used.specifier}`);
  }
}

/** Rule 3. */
function checkView(file: SourceFile, used: Import, report: Report): void {
  const area = areaOf(file.path);
  if (used.path === undefined) {
    const isBrowser = area === 'assets';
    const isNamed = (name: string) => used.specifier === name || used.specifier.startsWith(`${name}/`);
    if (!used.typeOnly && !(isBrowser ? BROWSER_PACKAGES : VIEW_PACKAGES).some(isNamed)) {
      report(file, used.index, 3, `uses the package ${used.specifier}`);
    }
  } else if (used.path.startsWith('src/')) {
    const isOpen = VIEW_VALUES.test(used.path) || (used.typeOnly && isVisibleType(area, used.path));
    if (!isOpen) {
      report(file, used.index, 3, `uses ${used.specifier}${used.typeOnly ? ' past the front door' : ''}`);
    }
  } else if (used.path.startsWith('views/')) {
    const to = areaOf(used.path);
    const isDictionary = file.path === 'views/shared/dictionary.ts' && used.path.endsWith('/words.ts');
    if (to !== area && to !== 'shared' && !isDictionary && (area === 'shared' || !isLeft(to, area))) {
      report(file, used.index, 3, `uses ${used.specifier}, but ${to} does not stand to the left of ${area}`);
    }
  }
}

function isVisibleType(area: string, target: string): boolean {
  return areaOf(target) === area || areaOf(target) === 'platform' || /^src\/[a-z-]+\/index\.ts$/.test(target);
}

/** Rule 4. */
function checkFastify(file: SourceFile, used: Import, report: Report): void {
  const knowsHttp = file.path === 'src/app.ts' || file.path.startsWith('src/platform/http/') || ROUTES.test(file.path);
  const isHttp = /^(@?fastify\b|preact\b)/.test(used.specifier) || used.path?.startsWith('views/');
  if (isHttp && !knowsHttp) {
    report(file, used.index, 4, `uses ${used.specifier}`);
  }
  const mounts = used.path?.startsWith('src/') && ROUTES.test(used.path) && !BEHIND_A_DOOR.has(used.path);
  if (mounts && file.path !== 'src/app.ts' && !ROUTES.test(file.path)) {
    report(file, used.index, 4, `mounts ${used.specifier}`);
  }
}

function isDecision(path: string): boolean {
  return posix.basename(path).startsWith('decide-');
}

/** The folder below src or views; a file that stands there itself belongs to the app. */
function areaOf(path: string): string {
  const [, area = '', rest] = path.split('/');
  return rest === undefined ? 'app' : area;
}

function isLeft(left: string, right: string): boolean {
  const [from, to] = [layerOf(left), layerOf(right)];
  return from !== undefined && to !== undefined && from < to;
}

function layerOf(area: string): number | undefined {
  const layer = LAYERS.findIndex((areas) => areas.includes(area));
  return layer === -1 ? undefined : layer;
}
