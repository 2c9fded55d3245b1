import { expect, test } from 'vitest';
import { findHtmlFaults, findViewFaults, POST_FORM } from './page-rules.ts';

const inView = (text: string, path = 'views/exchange/counter-page.tsx') => findViewFaults([{ path, text }]);

test.each([
  ['a handler of htmx', '<p hx-on:click="go()">', 'hx-on:click: no handler'],
  ['a handler in a spread object', "const more = { 'hx-on::after': 'go()' };", 'hx-on::after: no handler'],
  ['a handler of the page', '<button onClick={go}>', 'onClick: no handler'],
  ['an inline style', '<p style={{ color: red }}>', 'style: no inline style'],
  ['an inline style of a component', '<Panel title="a > b" style="x">', 'style: no inline style'],
  ['an inline script', '<script>{text}</script>', '<script>: nothing inline'],
  ['a style sheet in the page', '<style>{text}</style>', '<style>: nothing inline'],
  ['a script as an address', '<a href="javascript:go()">', 'href: no script'],
  ['a script as values', "<p hx-vals={'js:{a: b}'}>", 'hx-vals: no script'],
  ['a filter on a trigger', '<p hx-get="/a" hx-trigger="click[ctrlKey]">', 'hx-trigger: no filter'],
  ['a misspelt attribute', '<p hx-tagret="#a">', 'hx-tagret: htmx knows no such attribute'],
  ['a misspelt attribute in an object', "const more = {\n  'hx-swop': a,\n};", 'hx-swop: htmx knows no such attribute'],
  ['a misspelt modifier', '<p hx-target:inherit="#a">', 'hx-target:inherit: htmx knows no such modifier'],
  ['inheritance without a reason', '<p hx-target:inherited="#a">', 'hx-target:inherited: say in a comment'],
  ['boosted links', '<p hx-boost="true">', 'hx-boost: it drops the focus'],
  ['a method that no form has', '<button hx-delete="/a">', 'hx-delete: no form sends it'],
  ['a form of its own', '<form\n  method="post"\n  action={`/a/${b}`}\n>', 'method="post": use PostForm'],
  ['a posting button', '<button hx-post="/a">', 'hx-post: use PostForm'],
  [
    'a search that does not wait',
    '<input hx-get="/a" hx-sync="this:replace" hx-trigger="input">',
    'hx-trigger: a search waits',
  ],
  ['searches that race', '<input hx-get="/a" hx-trigger="input changed delay:150ms">', 'hx-sync: a search replaces'],
  ['raw HTML', '<p dangerouslySetInnerHTML={{ __html: a }} />', 'dangerouslySetInnerHTML: only'],
])('the page rules refuse %s in a view', (_what, text, message) => {
  const faults = inView(`export const a = (${text});`);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain('views/exchange/counter-page.tsx:1 ');
  expect(faults[0]).toContain(message);
});

test.each([
  ['text that looks like a rule', '<p title="hx-on is refused">{a < b && c > d}</p>'],
  ['type arguments', 'const seen = new Map<string, Style>(); useState<script>(a)'],
  ['callbacks of components', '<Table onRow={(row) => row.name} />'],
  ['a comment', '/* never <p style="x"> */ <p />'],
  ['a search', '<input hx-get="/a" hx-sync="this:replace" hx-trigger="input changed delay:150ms" />'],
  ['an answer by status', "<p {...{ 'hx-status:5xx': 'swap:none' }} />"],
  ['inheritance with a reason', '// Rows share the target.\n<p hx-target:inherited="#a" />'],
  ['a form that asks', '<form method="get" action="/a">'],
])('the page rules allow %s in a view', (_what, text) => {
  expect(inView(text)).toEqual([]);
});

test.each([
  ["'hx-sync': 'this:drop'", 'needs hx-sync'],
  ["'hx-disable': 'find button'", 'needs hx-disable'],
])('PostForm itself must set %s', (line, message) => {
  const text = "const htmx = { 'hx-post': action, 'hx-sync': 'this:drop', 'hx-disable': 'find button' };";
  expect(inView(text, POST_FORM)).toEqual([]);
  expect(inView(text.replace(`${line}`, "'hx-target': target"), POST_FORM).join()).toContain(message);
});

test('a plain form of the frame carries the token itself, but for the one that only changes the display', () => {
  const form = '<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value={token} /></form>';
  expect(inView(form, 'views/shared/site-header.tsx')).toEqual([]);
  const without = form.replace('_csrf', 'token');
  expect(inView(without, 'views/shared/site-header.tsx').join()).toContain('carries the hidden _csrf');
  expect(inView(without.replace('/sign-out', '/preferences'), 'views/shared/preferences.tsx')).toEqual([]);
});

const TOKENS = '<input type="hidden" name="_csrf" value="a"/><input type="hidden" name="idempotencyKey" value="b"/>';
const FORM = `<form method="post" action="/a" hx-post="/a" hx-sync="this:drop" hx-disable="find button">${TOKENS}</form>`;
const CONFIG = '{"defaultSettleDelay":0,"defaultTimeout":20000,"noSwap":[204,304,"5xx"]}';
const PAGE = `<head><meta name="htmx-config" content="${CONFIG.replaceAll('"', '&quot;')}"></head><body>${FORM}</body>`;

test('the page rules allow a page as it should be drawn', () => {
  expect(findHtmlFaults(PAGE)).toEqual([]);
});

test.each([
  ['a button that posts', PAGE.replace('</form>', '</form><button hx-post="/a">'), 'only on a form'],
  ['two addresses', PAGE.replace('hx-post="/a"', 'hx-post="/b"'), 'must be the address in action'],
  ['a form that may post twice', PAGE.replace('this:drop', 'this'), 'needs hx-sync'],
  ['buttons that stay alive', PAGE.replace('hx-disable="find button"', ''), 'needs hx-disable'],
  ['a form without CSRF token', PAGE.replace('_csrf', 'csrf'), 'carries the hidden _csrf'],
  ['a form without idempotency key', PAGE.replace('idempotencyKey', 'key'), 'carries the hidden idempotencyKey'],
  ['a form without action', PAGE.replace('action="/a"', ''), 'names its action'],
  ['a page without settings', PAGE.replace('20000', '1'), 'lacks "defaultTimeout":20000'],
  ['an inline style', PAGE.replace('<body', '<body style="color:red"'), 'no inline style'],
])('the page rules refuse %s in drawn HTML', (_what, html, message) => {
  const faults = findHtmlFaults(html);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(message);
});
