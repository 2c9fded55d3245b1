/** 细则表: every rule of the table says, on the page and to a program, what it gives, how often, for what evidence and through whom. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { willowCode } from '../support/cast.ts';

let world: TestApp;

beforeAll(async () => {
  world = await createTestApp();
});

afterAll(() => world.close());

interface Listed {
  code: string;
  category: string;
  categoryName: string;
  name: string;
  pointsCentipoints: number;
  unit: string;
  capPeriod: string | null;
  capMaxCount: number | null;
  capMaxCentipoints: number | null;
  capPer: string;
  evidence: string;
  approvalPath: string;
  isSafety: boolean;
}

async function table(): Promise<Listed[]> {
  return (await world.app.inject(`/api/v1/villages/${willowCode}/rules`)).json<{ items: Listed[] }>().items;
}

test('to a program', async () => {
  const rules = await table();
  expect(rules).toHaveLength(48);
  for (const rule of rules) {
    for (const text of [rule.categoryName, rule.name, rule.unit, rule.evidence, rule.approvalPath]) {
      expect(text, rule.code).not.toBe('');
    }
    expect(rule.categoryName, rule.code).not.toBe(rule.category);
    expect(Math.abs(rule.pointsCentipoints) % 50, rule.code).toBe(0);
    expect(rule.capPer).toBe('household');
    const isCapped = rule.capMaxCount !== null || rule.capMaxCentipoints !== null;
    expect(rule.capPeriod !== null, rule.code).toBe(isCapped);
  }
  expect(rules.filter(({ isSafety }) => isSafety).map(({ code }) => code)).toEqual([
    'AD-ENV-09',
    'AD-LAW-03',
    'AD-LAW-04',
  ]);
});

test('on the page', async () => {
  const page = await world.app.inject({
    url: `/villages/${willowCode}/rules`,
    headers: { 'accept-language': 'zh-CN' },
  });
  for (const label of ['最多', '凭据', '按什么算', '谁来审', '安全事项：扣分不用先提醒'])
    expect(page.body).toContain(label);
  for (const { name, evidence } of await table()) {
    expect(page.body).toContain(name);
    expect(page.body).toContain(evidence.replaceAll('&', '&amp;'));
  }
  expect(findHtmlFaults(page.body)).toEqual([]);
});
