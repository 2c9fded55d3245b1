/** The served log against the verifier that shares no code with it, after acts of every kind. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import { openAlmanac } from '../../src/audit/publications.ts';
import { canonicalJson } from '../../src/auditlog/index.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, poplarCode, willowCode } from '../support/cast.ts';

const TODAY = '2026-10-15';

let served: TestApp;
let village: Village;

beforeAll(async () => {
  served = await createTestApp();
  village = (await findVillage(served.db.sql, willowCode)) as Village;
});

afterAll(() => served.close());

const audit = async (
  saved: { name: string; note: string }[] = [],
  code = willowCode,
  alter = (shown: Buffer) => shown,
) => {
  const vkey = (await served.app.inject(`/log/${code}/vkey`)).body.trim();
  return auditLog({
    fetch: async (path) => {
      const answer = await served.app.inject(`/log/${code}/${path}`);
      if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(answer.body);
      return answer.statusCode === 200 ? answer.rawPayload : null;
    },
    vkey,
    saved,
    fetchPublication: async (village, month, version) => {
      const answer = await served.app.inject(`/api/v1/villages/${village}/publications/${month}/${version}`);
      return answer.statusCode === 200 ? alter(answer.rawPayload) : null;
    },
  });
};

const by = () => ({
  villageId: village.villageId,
  recordedBy: 1,
  today: TODAY,
  occurredOn: '2026-10-14',
  idempotencyKey: crypto.randomUUID(),
});

/** A log is signed once a second at most. */
const nextSecond = () => new Promise((resolve) => setTimeout(resolve, 1_100));

test('acts of every kind are verified from outside, and continue what was verified before', async () => {
  const { db } = served;
  const before = await audit();
  if ('finding' in before) throw new Error(before.finding.sentence);
  expect(before.checkpoint.size).toBe(7);

  const award = await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.单小花, cards.曾有田] }));
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.赵满仓] }));
  const lines = [
    { code: 'GR001', quantity: 1 },
    { code: 'WA003', quantity: 2 },
  ];
  const redemption = await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  const receipt = await must(
    receiveGoods(db, {
      ...by(),
      source: { kind: 'purchase', name: '供销社' },
      lines: [{ code: 'WA003', quantity: 5 }],
    }),
  );
  for (const { operationId } of [award, redemption, receipt]) {
    await must(reverseActs(db, { ...by(), which: { operationId }, reason: '记错了' }));
  }
  await must(publishRecord(db, { ...by(), village, month: '2026-09' }));

  await nextSecond();
  const after = await audit([{ name: 'before', note: before.note }]);
  expect(after).toMatchObject({ savedCount: 1, publicationCount: 1, totals: { accounts: 5, centipoints: 50_300 } });
  if ('finding' in after) return;
  expect(after.checkpoint.size).toBe(before.checkpoint.size + 2 + 1 + 1 + 1 + 4 + 1);
  expect(after.receiptCount).toBe(after.sampleCount);
  expect(after.totals.pieces).toBe(before.totals.pieces);
});

test('published records are worked out again, and whatever is altered in one is found', async () => {
  const { db } = served;
  await must(awardPoints(db, { ...by(), rule: 'AD-LAB-01', cards: [cards.单小花, cards.赵满仓] }));
  const lines = [{ code: 'WA003', quantity: 1 }];
  await must(redeemGoods(db, { ...by(), card: cards.赵满仓, lines }));
  const undone = await must(redeemGoods(db, { ...by(), card: cards.单小花, lines }));
  await must(publishRecord(db, { ...by(), village, month: '2026-10' }));
  await must(reverseActs(db, { ...by(), which: { operationId: undone.operationId }, reason: '拿错了' }));
  await must(publishRecord(db, { ...by(), village, month: '2026-10' }));
  await nextSecond();
  expect(await audit()).toMatchObject({ publicationCount: 3 });

  const altered = (change: (text: string) => string) =>
    audit([], willowCode, (shown) => Buffer.from(change(shown.toString())));
  for (const change of [
    (text: string) => text.replace(/(?<="content":.*"givenCentipoints":)\d+/s, '1'),
    (text: string) => text.replace('柳树村', '杨树村'),
    (text: string) => text.replace('*', '大'),
    () => '{}',
    () => 'nothing',
  ]) {
    expect(await altered(change)).toMatchObject({ finding: { step: 'publication' } });
  }
});

test('a record that was signed and yet does not come out of the entries is found', async () => {
  const [published] = await served.db.sql<{ seq: number; content: Record<string, Record<string, object>> }[]>`
    select seq, content from publication where month = '2026-10' and version = 2`;
  if (!published) throw new Error('nothing is published');
  const parts = ['totals', 'rules', 'households', 'exchanges', 'exchangedGoods', 'receipts', 'stock', 'reversals'];
  for (const part of parts) {
    const record = published.content['record'] ?? {};
    const emptied = part === 'totals' ? { ...record[part], givenCount: 77 } : [];
    if (part !== 'totals' && (record[part] as unknown[]).length === 0) continue;
    const content = { ...published.content, record: { ...record, [part]: emptied } };
    const almanac = openAlmanac();
    const entries = (await served.app.inject(`/log/${willowCode}/entries.jsonl`)).body.trimEnd().split('\n');
    const leaves = entries.slice(0, published.seq + 1).map((line, index) => parseLeaf(Buffer.from(line), index));
    for (const [index, leaf] of leaves.entries()) {
      const contentHash = createHash('sha256')
        .update(canonicalJson(content as never))
        .digest('hex');
      almanac.enter(index === published.seq ? { ...leaf, contentHash } : leaf, index);
    }
    const shown = Buffer.from(JSON.stringify({ content }));
    const check = almanac.check(willowCode, async (_village, month, version) =>
      month === '2026-10' && version === 2 ? shown : null,
    );
    await expect(check).rejects.toThrow(`says other ${part} than`);
  }
});

test('another village has a log of its own', async () => {
  expect(await audit([], poplarCode)).toMatchObject({ checkpoint: { size: 2 }, totals: { accounts: 1 } });
});
