/** The served log against the verifier that shares no code with it, after acts of every kind. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
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

const audit = async (saved: { name: string; note: string }[] = [], code = willowCode) => {
  const vkey = (await served.app.inject(`/log/${code}/vkey`)).body.trim();
  return auditLog({
    fetch: async (path) => {
      const answer = await served.app.inject(`/log/${code}/${path}`);
      if (answer.statusCode !== 200 && answer.statusCode !== 404) throw new Error(answer.body);
      return answer.statusCode === 200 ? answer.rawPayload : null;
    },
    vkey,
    saved,
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
  expect(after).toMatchObject({ savedCount: 1, totals: { accounts: 5, centipoints: 50_300 } });
  if ('finding' in after) return;
  expect(after.checkpoint.size).toBe(before.checkpoint.size + 2 + 1 + 1 + 1 + 4 + 1);
  expect(after.receiptCount).toBe(after.sampleCount);
  expect(after.totals.pieces).toBe(before.totals.pieces);
});

test('another village has a log of its own', async () => {
  expect(await audit([], poplarCode)).toMatchObject({ checkpoint: { size: 2 }, totals: { accounts: 1 } });
});
