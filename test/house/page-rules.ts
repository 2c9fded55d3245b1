/**
 * The house rules for pages: strict CSP, real forms, one posting for a double click, searches that do not race.
 * `findViewFaults` reads the TSX; `findHtmlFaults` holds what was drawn to the same rules, so tests of pages call it.
 */
import { lineOf, type SourceFile, withoutComments } from './source-file.ts';
import { parseTags, plainValue } from './tags.ts';

export const POST_FORM = 'views/shared/post-form.tsx';

/** htmx 4.0 core and hx-sse. */
const HTMX_ATTRIBUTES = new Set(
  (
    'action boost config confirm delete disable encoding get headers ignore include indicator method morph-skip ' +
    'morph-skip-children patch post preserve push-url put query replace-url select select-oob sse status swap swap-oob ' +
    'sync target trigger validate vals'
  )
    .split(' ')
    .map((name) => `hx-${name}`),
);

type Carrier = { tag: string; attributes: ReadonlyMap<string, string>; index: number };
type Report = (index: number, what: string) => void;

export function findViewFaults(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => /^views\/.*\.tsx$/.test(path))
    .flatMap((file) => {
      const faults: string[] = [];
      const text = withoutComments(file.text);
      const report: Report = (index, what) => faults.push(`${file.path}:${lineOf(text, index)} ${what}`);
      const carriers = [...tagsOf(text), ...objectsOf(text)];
      for (const carrier of carriers) {
        checkCarrier(carrier, report);
        checkPosting(file.path, carrier, text, report);
        checkInherited(file.text, carrier, report);
      }
      checkInnerHtml(file.path, text, report);
      return faults;
    });
}

export function findHtmlFaults(html: string): string[] {
  const faults: string[] = [];
  const report: Report = (index, what) => faults.push(`${what}: ${html.slice(index, index + 120)}`);
  const tags = tagsOf(html);
  for (const tag of tags) {
    checkCarrier(tag, report);
    if (tag.tag === 'form' && isPost(tag)) {
      checkTokens(tag, html.slice(tag.index, html.indexOf('</form>', tag.index)), report);
    }
    if (tag.attributes.has('hx-post')) {
      checkPostForm(tag, report);
    }
  }
  checkConfig(html, tags, report);
  return faults;
}

function tagsOf(text: string): Carrier[] {
  return parseTags(text).map(({ name, attributes, index }) => ({ tag: name, attributes, index }));
}

/** Objects with `hx-…` keys, which are spread into a tag elsewhere. */
function objectsOf(text: string): Carrier[] {
  return [...text.matchAll(/\{[^{}]*?['"]hx-[^{}]*\}/g)].map((match) => ({
    tag: '',
    attributes: new Map(
      [...match[0].matchAll(/['"](hx-[\w:-]+)['"]:\s*([^,\n}]+)/g)].map(([, name = '', value = '']) => [
        name,
        value.trim(),
      ]),
    ),
    index: match.index,
  }));
}

/** What no element may carry, whoever draws it. */
function checkCarrier({ tag, attributes, index }: Carrier, report: Report): void {
  for (const [name, raw] of attributes) {
    const value = plainValue(raw) ?? '';
    const [base = '', modifier] = name.split(':');
    if (/^hx-on\b/.test(name) || (/^[a-z]/.test(tag) && /^on[a-z]/i.test(name))) {
      report(index, `${name}: no handler in an attribute, the CSP refuses it`);
    } else if (name.startsWith('hx-') && !HTMX_ATTRIBUTES.has(base)) {
      report(index, `${name}: htmx knows no such attribute`);
    } else if (
      base !== 'hx-status' &&
      base.startsWith('hx-') &&
      modifier !== undefined &&
      !/^(inherited|append)$/.test(modifier)
    ) {
      report(index, `${name}: htmx knows no such modifier`);
    } else if (['hx-put', 'hx-patch', 'hx-delete'].includes(base)) {
      report(index, `${name}: no form sends it without JavaScript; post instead`);
    } else if (base === 'hx-boost') {
      report(index, `${name}: it drops the focus; a plain link or form is as fast`);
    }
    if (name === 'style') {
      report(index, 'style: no inline style, the CSP refuses it');
    }
    if (/^(javascript|js):/i.test(value.trim())) {
      report(index, `${name}: no script in an attribute, the CSP refuses it`);
    }
  }
  const script = tag === 'script' && !attributes.has('src');
  if (script || tag === 'style') {
    report(index, `<${tag}>: nothing inline, the CSP refuses it`);
  }
  checkTrigger(attributes, index, report);
}

function checkTrigger(attributes: ReadonlyMap<string, string>, index: number, report: Report): void {
  const trigger = plainValue(attributes.get('hx-trigger'));
  if (trigger === undefined) {
    return;
  }
  if (trigger.includes('[')) {
    report(index, 'hx-trigger: no filter, it needs eval');
  }
  if (/(^|,)\s*input\b/.test(trigger)) {
    if (!/\binput changed delay:\d+ms/.test(trigger)) {
      report(index, 'hx-trigger: a search waits, "input changed delay:150ms"');
    }
    if (plainValue(attributes.get('hx-sync')) !== 'this:replace') {
      report(index, 'hx-sync: a search replaces its earlier request, "this:replace"');
    }
  }
}

/** Posting has one source, so that no form forgets token, key or sync. The plain forms of the frame carry the token themselves. */
function checkPosting(path: string, carrier: Carrier, text: string, report: Report): void {
  if (path === POST_FORM && carrier.attributes.has('hx-post')) {
    checkPostForm({ ...carrier, tag: 'form' }, report);
  } else if (path.startsWith('views/shared/') && carrier.tag === 'form' && isPost(carrier)) {
    checkTokens(carrier, text.slice(carrier.index, text.indexOf('</form>', carrier.index)), report);
  } else if (carrier.attributes.has('hx-post')) {
    report(carrier.index, `hx-post: use PostForm (${POST_FORM})`);
  } else if (carrier.tag === 'form' && isPost(carrier)) {
    report(carrier.index, `method="post": use PostForm (${POST_FORM})`);
  }
}

function checkPostForm({ tag, attributes, index }: Carrier, report: Report): void {
  if (tag !== 'form') {
    report(index, 'hx-post: only on a form, so that it works without JavaScript');
    return;
  }
  const action = attributes.get('action');
  if (action !== undefined && plainValue(action) !== plainValue(attributes.get('hx-post'))) {
    report(index, 'hx-post: must be the address in action');
  }
  if (plainValue(attributes.get('hx-sync')) !== 'this:drop') {
    report(index, 'hx-post: needs hx-sync="this:drop", or a double click posts twice');
  }
  if (plainValue(attributes.get('hx-disable')) !== 'find button') {
    report(index, 'hx-post: needs hx-disable="find button"');
  }
}

/** Changes nothing but how the pages are shown, and stands on each of them: it counts without a token. */
const FORM_OF_THE_DISPLAY = '/preferences';

function checkTokens({ attributes, index }: Carrier, form: string, report: Report): void {
  const named = (name: string) =>
    parseTags(form).some((tag) => tag.name === 'input' && plainValue(tag.attributes.get('name')) === name);
  if (!attributes.has('action')) {
    report(index, 'a form that posts names its action');
  }
  if (!named('_csrf') && plainValue(attributes.get('action')) !== FORM_OF_THE_DISPLAY) {
    report(index, 'a form that posts carries the hidden _csrf');
  }
  if (attributes.has('hx-post') && !named('idempotencyKey')) {
    report(index, 'a form that posts by htmx carries the hidden idempotencyKey');
  }
}

function checkInherited(source: string, { attributes, index }: Carrier, report: Report): void {
  const inherited = [...attributes.keys()].find((name) => name.endsWith(':inherited'));
  const line = lineOf(source, index);
  const near = source
    .split('\n')
    .slice(Math.max(0, line - 3), line)
    .join('\n');
  if (inherited !== undefined && !/\/\/|\/\*/.test(near)) {
    report(index, `${inherited}: say in a comment above why it is inherited`);
  }
}

function checkInnerHtml(path: string, text: string, report: Report): void {
  const found = text.indexOf('dangerouslySetInnerHTML');
  if (found !== -1 && !/^views\/shared\/(qr|barcode)[a-z-]*\.tsx$/.test(path)) {
    report(found, 'dangerouslySetInnerHTML: only the QR and barcode modules may');
  }
}

/** The settings on which all forms and searches rely. */
function checkConfig(html: string, tags: readonly Carrier[], report: Report): void {
  const live = tags.find(({ attributes }) => [...attributes.keys()].some((name) => name.startsWith('hx-')));
  if (live === undefined || !html.includes('<head')) {
    return;
  }
  const meta = tags.find(
    ({ tag, attributes }) => tag === 'meta' && plainValue(attributes.get('name')) === 'htmx-config',
  );
  const content = (plainValue(meta?.attributes.get('content')) ?? '').replaceAll('&quot;', '"');
  for (const wanted of ['"defaultSettleDelay":0', '"defaultTimeout":20000', '"noSwap":[204,304,"5xx"]']) {
    if (!content.includes(wanted)) {
      report(live.index, `the page uses htmx, but its htmx-config lacks ${wanted}`);
    }
  }
}

function isPost({ attributes }: Carrier): boolean {
  return plainValue(attributes.get('method'))?.toLowerCase() === 'post';
}
