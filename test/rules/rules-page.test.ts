import { afterAll, beforeAll, expect, test } from 'vitest';
import { capInWords } from '../../views/rules/cap-in-words.ts';
import { translate } from '../../views/shared/dictionary.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

test('everybody reads the rule table by category, with points, cap and evidence', async () => {
  const nobody = await world.browser();
  const page = await nobody.get(`/villages/${willowCode}/rules`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('柳树村积分细则');
  expect(page.body).toContain('加分 41 条，扣分 7 条');
  for (const words of [
    '卫生环境',
    '义务劳动',
    '诚信与履职',
    '每月 4 次',
    '每年 15 分',
    '签到+组长确认+照片',
    '+5',
    '−10',
  ]) {
    expect(page.body).toContain(words);
  }
  expect(page.body).toContain(`href="/villages/${willowCode}"`);
  expect(findHtmlFaults(page.body)).toEqual([]);
});

test.each([
  [{ capPeriod: 'month', capMaxCount: 4, capMaxCentipoints: null }, '每月 4 次'],
  [{ capPeriod: 'year', capMaxCount: null, capMaxCentipoints: 1500 }, '每年 15 分'],
  [{ capPeriod: 'month', capMaxCount: null, capMaxCentipoints: -400 }, '每月 4 分'],
  [{ capPeriod: 'month', capMaxCount: 2, capMaxCentipoints: null, capPer: 'person' }, '每人每月 2 次'],
  [{ capPeriod: null, capMaxCount: null, capMaxCentipoints: null }, undefined],
] as const)('the cap %j is said as %s', (cap, words) => {
  expect(capInWords(translate('zh-CN'), { capPer: 'household', ...cap })).toBe(words);
});
