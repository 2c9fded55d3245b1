import type { VNode } from 'preact';
import { expect, test } from 'vitest';
import { drawFragment, drawPage } from '../../src/platform/http/page.tsx';
import { HelpPage } from '../../views/people/help-page.tsx';
import { translate } from '../../views/shared/dictionary.ts';
import { HELP_TOPICS } from '../../views/shared/help-topic.ts';
import { Layout } from '../../views/shared/layout.tsx';
import { NO_ASSETS, type PageContext, TEXT_SIZES } from '../../views/shared/page-context.ts';
import { SignedPoints } from '../../views/shared/points.tsx';
import { PostForm } from '../../views/shared/post-form.tsx';
import { findCurrent } from '../../views/shared/site-header.tsx';
import { TextField } from '../../views/shared/text-field.tsx';
import { galleryPages } from '../browser/gallery-pages.tsx';
import { findHtmlFaults } from '../house/page-rules.ts';

const context: PageContext = {
  locale: 'zh-CN',
  t: translate('zh-CN'),
  textSize: 'standard',
  csrfToken: 'token',
  path: '/villages/1/awards',
  isDemo: false,
  assets: { ...NO_ASSETS, css: '/a.css', js: '/a.js', tools: '/t.js', check: '/c.js', icon: '/i.svg' },
  today: '2026-11-21',
};

test.each(Object.keys(galleryPages))('%s: keeps the rules for pages', (name) => {
  const page = galleryPages[name] as () => VNode;
  expect(findHtmlFaults(drawPage(context, page()))).toEqual([]);
});

test.each(TEXT_SIZES)('the size %s is written on html', (textSize) => {
  const html = drawPage({ ...context, textSize }, <Layout title="兑换">-</Layout>);
  expect(html).toMatch(new RegExp(`^<!doctype html><html lang="zh-CN" data-text-size="${textSize}">`));
  expect(html.match(/<h1/g)).toHaveLength(1);
});

test('an error is named in the title, first in main, and beside its field', () => {
  const errors = [{ name: 'amount', message: '请填要减几分' }];
  const html = drawPage(
    context,
    <Layout title="冲正" errors={errors}>
      <TextField name="amount" label="减几分" error={errors[0]?.message} />
    </Layout>,
  );
  expect(html).toContain('<title>错误：冲正');
  expect(html).toMatch(/<main[^>]*><section class="notice notice-refusal" role="alert"/);
  expect(html).toContain('href="#field-amount"');
  expect(html).toMatch(
    /<input id="field-amount" name="amount" aria-describedby="field-amount-error" aria-invalid="true"/,
  );
});

test('a form carries its token and its key, and htmx sends it once', () => {
  const html = drawFragment(
    context,
    <PostForm action="/x" idempotencyKey="k" live={{ target: '#x' }}>
      -
    </PostForm>,
  );
  expect(html).toContain('name="_csrf" value="token"');
  expect(html).toContain('name="idempotencyKey" value="k"');
  expect(html).toContain('hx-sync="this:drop"');
});

test('what a person typed is text, never markup', () => {
  const html = drawFragment(context, <TextField name="a" label="<b>" value={'"><script>'} />);
  expect(html).not.toMatch(/<b>|<script>/);
});

test('points that are taken have a minus that shows without colour', () => {
  expect(drawFragment(context, <SignedPoints centipoints={-250} />)).toContain('>−2.5<');
  expect(drawFragment(context, <SignedPoints centipoints={250} />)).toContain('>+2.5<');
});

test('each part of the help shows the screen that it speaks of, but for what to do in trouble', () => {
  const [, ...parts] = drawPage(context, <HelpPage />).split('<ol class="help-steps">');
  expect(parts).toHaveLength(HELP_TOPICS.length - 1);
  for (const part of parts) expect(part.split('</section>')[0]).toMatch(/<img [^>]*alt="[^"]+"/);
});

test('the nearest address above a page is where the reader stands', () => {
  const nav = [
    { href: '/villages/1', label: '工作台' },
    { href: '/villages/1/awards/new', label: '加分' },
  ];
  expect(findCurrent(nav, '/villages/1/awards/new/preview?x=1')?.label).toBe('加分');
  expect(findCurrent(nav, '/villages/1/cards')?.label).toBe('工作台');
  expect(findCurrent(nav, '/villages/12')).toBeUndefined();
});
