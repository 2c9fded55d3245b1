import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/index.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { publishRecord } from '../../src/publication/index.ts';
import { QrCode } from '../../views/shared/qr-code.tsx';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, FOUNDED_ON, must, willowCode } from '../support/cast.ts';

const MONTH = FOUNDED_ON.slice(0, 7);
const print = (version: number) => `/villages/${willowCode}/publications/${MONTH}/${version}/print`;

let world: TestApp;
let village: Village;

beforeAll(async () => {
  world = await createTestApp();
  const found = await findVillage(world.db.sql, willowCode);
  if (!found) throw new Error('no village');
  village = found;
});

afterAll(() => world.close());

const publish = (idempotencyKey: string) =>
  must(publishRecord(world.db, { village, idempotencyKey, recordedBy: 1, month: MONTH, today: FOUNDED_ON }));

test('a notice carries the whole signed checkpoint, which covers the notice itself', async () => {
  const { acts } = await publish('first');
  const notice = await world.app.inject(print(1));
  const { body: note } = await world.app.inject(`/log/${willowCode}/checkpoint`);
  expect(Number(note.split('\n')[1])).toBeGreaterThan(acts[0]?.seq ?? 0);
  const code = renderToString(h(QrCode, { text: note, level: 'L', label: 'x' }));
  const ink = /class="qr-ink" d="([^"]+)"/.exec(code)?.[1] ?? 'nothing';
  expect(notice.body).toContain(ink);
  expect(notice.body).toContain('用手机拍下来留着');
});

test('a log that cannot sign stops neither the publication nor the print', async () => {
  rmSync(join(world.dataDir, 'log', `${willowCode}.note`));
  await sleep(1_100);
  const act = { villageId: village.villageId, recordedBy: 1, today: '2026-10-05', idempotencyKey: 'october' };
  await must(awardPoints(world.db, { ...act, rule: 'AD-LAB-01', occurredOn: '2026-10-01', cards: [cards.赵满仓] }));
  await must(
    publishRecord(world.db, { village, idempotencyKey: 'next', recordedBy: 1, month: '2026-10', today: '2026-11-01' }),
  );
  expect((await world.app.inject(`/log/${willowCode}/checkpoint`)).statusCode).toBe(503);
  const notice = await world.app.inject(print(1));
  expect(notice.statusCode).toBe(200);
  expect(notice.body).toContain('公开账本暂停签名');
  expect(notice.body).not.toContain('用手机拍下来留着');
});
