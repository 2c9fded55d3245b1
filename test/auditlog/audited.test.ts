/** The served log against the verifier that shares no code with it, after acts of every kind. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { parseLeaf } from '../../src/audit/parse-leaf.ts';
import { type FetchPublication, openAlmanac } from '../../src/audit/publications.ts';
import { canonicalJson } from '../../src/auditlog/index.ts';
import { awardPoints } from '../../src/awards/index.ts';
import { redeemGoods } from '../../src/exchange/index.ts';
import { receiveGoods } from '../../src/goods/index.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage, type Village } from '../../src/people/index.ts';
import { publishRecord, type RecordContent } from '../../src/publication/index.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { recordSheets } from '../../views/publication/record-sheets.ts';
import { translate } from '../../views/shared/dictionary.ts';
import { fetchOf, key, makeLog } from '../audit/made-log.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, must, people, poplarCode, willowCode } from '../support/cast.ts';
import { runCommand } from '../support/operator-command.ts';
import { checkWorld } from '../support/world.ts';
import { day, liveThroughAll, TODAY } from './eventful-village.ts';

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

/** One village in which everything happened that came to the record last, month by month, each month published after it. */
describe('debts that end, a new rate, names that change, honours and gifts', () => {
  let world: TestApp;

  beforeAll(async () => {
    world = await createTestApp();
    await liveThroughAll(world);
    await nextSecond();
  });

  afterAll(() => world.close());

  test('the village stands, and the program that anybody may run finds everything right', async () => {
    await checkWorld(world.database.ownerSql);
    expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
    const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    const address = await world.app.listen({ host: '127.0.0.1', port: 0 });
    const { exitCode, output } = await runCommand('audit/main.ts', [`${address}/log/${willowCode}`, vkey], {});
    expect(output).toContain('4 published records come out of the entries');
    expect(exitCode).toBe(0);
  });

  type Told = Record<string, unknown>;
  type Alter = (leaf: Told) => Told;
  const isType = (type: string) => (leaf: Told) => leaf['type'] === type;
  const to =
    (name: string, value: unknown): Alter =>
    (leaf) => ({ ...leaf, [name]: value });
  const more =
    (name: string, by: number): Alter =>
    (leaf) => ({ ...leaf, [name]: Number(leaf[name]) + by });
  const without =
    (name: string): Alter =>
    ({ [name]: _left, ...leaf }) =>
      leaf;
  const isFirstPrice = ({ method }: Told) => method === 'first';
  /** Of points that a household had already: the first of them leaves the board. */
  const isLaterSettling = ({ type, occurred }: Told) => type === 'points.settle' && occurred === day(27);
  const books = (sentence: string) => ({ step: 'books', sentence: expect.stringContaining(sentence) });

  /** The first leaf that is meant, how it is told otherwise, and what is found in a log that was signed with the lie in it. */
  const TAMPERED: [string, (leaf: Told) => boolean, Alter, object][] = [
    ['less of a debt is forgiven', isType('points.return'), more('delta', -100), books('belong to nobody')],
    ['more of a deduction is let be', (leaf) => 'beyond' in leaf, more('delta', 100), books('there was more to take')],
    ['a household owes more than it may', (leaf) => 'beyond' in leaf, more('delta', -100), books('more to take')],
    ['points become more', isType('points.convert'), more('delta', 1), books('its lots change by')],
    ['all points together become more', isType('rate.change'), more('after', 1), books('come to')],
    ['a line becomes something else', isType('claim.convert'), more('was', 1), books('no rate changed')],
    ['another line becomes it', isType('claim.convert'), to('claim', 'A'.repeat(16)), books('nobody submitted')],
    ['less leaves the board', isType('points.settle'), more('delta', 1), books('other points than wait')],
    ['less is taken back', isLaterSettling, more('delta', 1), books('were given or taken')],
    ['the county’s rice is renamed', isType('goods.rename'), to('item', 'GR001'), books('the village did not add')],
    ['late honour takes', isType('honor.backfill'), more('delta', -10_000), books('by taking')],
    ['late honour by another version', isType('honor.backfill'), to('version', 2), books('names version 2')],
    ['a gift is larger than its rule', (leaf) => 'match' in leaf, more('delta', 1), books('gives')],
    ['a gift counts less often', (leaf) => 'match' in leaf, more('times', -1), books('gives')],
    ['a first price waits for nobody', (leaf) => 'waits' in leaf, without('waits'), books('without waiting for')],
    ['another first price is approved', isFirstPrice, to('item', 'V001'), books('which waits for none')],
    ['nothing sets a gift free', (leaf) => 'match' in leaf, to('match', 0), { step: 'leaf' }],
  ];

  const downloaded = async () =>
    (await world.app.inject(`/log/${willowCode}/entries.jsonl`)).body
      .trimEnd()
      .split('\n')
      .map((line) => Buffer.from(line));

  const shown: FetchPublication = async (village, month, version) => {
    const answer = await world.app.inject(`/api/v1/villages/${village}/publications/${month}/${version}`);
    return answer.statusCode === 200 ? answer.rawPayload : null;
  };

  function tamper(entries: readonly Buffer[], isMeant: (leaf: Told) => boolean, alter: Alter) {
    const leaves = entries.map((line) => JSON.parse(line.toString()) as Told);
    const entry = leaves.findIndex(isMeant);
    const told = Buffer.from(canonicalJson(alter(leaves[entry] as Told) as never));
    return { entry, altered: entries.map((line, index) => (index === entry ? told : line)) };
  }

  test('one leaf altered after it was signed is named', async () => {
    const entries = await downloaded();
    const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    for (const [what, isMeant, alter] of TAMPERED) {
      const { altered, entry } = tamper(entries, isMeant, alter);
      const told = makeLog(altered);
      const fetch = async (path: string) =>
        path.startsWith('tile/entries/')
          ? (told.get(path) ?? null)
          : (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
      expect([what, await auditLog({ fetch, vkey })]).toMatchObject([what, { finding: { step: 'entries', entry } }]);
    }
  });

  test('one leaf altered and all of it signed anew is named by what it says', async () => {
    const entries = await downloaded();
    const resigned = (lines: readonly Buffer[]) =>
      auditLog({ fetch: fetchOf(makeLog(lines)), vkey: key.vkey, fetchPublication: shown });
    expect(await resigned(entries)).toMatchObject({ publicationCount: 4 });
    for (const [what, isMeant, alter, finding] of TAMPERED) {
      const { altered, entry } = tamper(entries, isMeant, alter);
      expect([what, await resigned(altered)]).toMatchObject([what, { finding: { ...finding, entry } }]);
    }
  });

  const october = async () =>
    (await world.app.inject(`/api/v1/villages/${willowCode}/publications/2026-10/2`)).json<{ content: RecordContent }>()
      .content;

  test('a record calls goods as they were called then, a month that saw both names says both', async () => {
    const { record, changes, ownGoods } = await october();
    const names = (lines: readonly { goods: readonly { name: string; code: string }[] }[]) =>
      lines.flatMap(({ goods }) => goods.filter(({ code }) => code === 'V001').map(({ name }) => name));
    expect(names(record.exchanges)).toEqual(['遮阳伞']);
    expect(names(record.receipts)).toEqual(['遮阳伞']);
    expect(names(record.reversals)).toEqual(['遮阳伞']);
    expect(ownGoods).toMatchObject([
      { code: 'V001', names: [{ name: '遮阳伞' }, { name: '晴雨伞' }] },
      { code: 'V002' },
    ]);
    expect(JSON.stringify([record, changes])).not.toContain('晴雨伞');
    const november = await world.app.inject(`/api/v1/villages/${willowCode}/publications/2026-11/1`);
    const after = november.json<{ content: RecordContent }>().content.record;
    expect(names(after.exchanges)).toEqual(['遮阳伞', '晴雨伞']);
    expect(names(after.receipts)).toEqual(['遮阳伞']);
    for (const sums of [after.exchangedGoods, after.stock]) {
      expect(sums.find(({ code }) => code === 'V001')).toMatchObject({ name: '晴雨伞', otherNames: ['遮阳伞'] });
    }
    const sheets = (content: RecordContent) =>
      JSON.stringify(
        recordSheets({ content, seq: 0, publishedOn: TODAY, contentHashHex: '' }, translate('zh-CN'), 'zh-CN'),
      );
    expect(sheets(november.json<{ content: RecordContent }>().content)).toContain('晴雨伞（又名遮阳伞）');
    const manager = await world.browser(people.manager);
    const base = `/villages/${willowCode}/publications`;
    for (const page of ['', '/print']) {
      const old = await manager.get(`${base}/2026-10/2${page}`);
      expect(findHtmlFaults(old.body)).toEqual([]);
      expect([old.statusCode, old.body.includes('遮阳伞'), old.body.includes('晴雨伞')]).toEqual([200, true, false]);
      expect((await manager.get(`${base}/2026-11/1${page}`)).body).toContain('晴雨伞（又名遮阳伞）');
    }
  });

  test.each<[string, (content: RecordContent) => unknown, string]>([
    ['an exchange has the new name', ({ record }) => rename(record.exchanges[0]?.goods), 'the name of another time'],
    ['so has what it took back', ({ record }) => rename(record.reversals[0]?.goods), 'the name of another time'],
    ['so has the shelf', ({ record }) => rename(record.stock), 'the name of another time'],
    ['a name stands for another', ({ ownGoods }) => rename(ownGoods?.[0]?.names), 'calls V001 otherwise than number'],
    ['a name is left out', ({ ownGoods }) => ownGoods?.[0]?.names.pop(), 'says other names'],
    ['nothing is said of names', (content) => delete content.ownGoods, 'does not say how V001 was called'],
  ])('a record in which %s is found, although it was signed', async (_what, alter, sentence) => {
    const content = await october();
    alter(content);
    const contentHash = createHash('sha256').update(canonicalJson(content)).digest('hex');
    const isMeant = ({ month, version }: Told) => month === '2026-10' && version === 2;
    const { altered, entry } = tamper(await downloaded(), isMeant, to('contentHash', contentHash));
    const fetchPublication: FetchPublication = async (village, month, version) =>
      month === '2026-10' && version === 2 ? Buffer.from(JSON.stringify({ content })) : shown(village, month, version);
    expect(await auditLog({ fetch: fetchOf(makeLog(altered)), vkey: key.vkey, fetchPublication })).toMatchObject({
      finding: { step: 'publication', entry, sentence: expect.stringContaining(sentence) },
    });
  });

  test('an entry that renamed goods to something else does not fit what the next record says', async () => {
    const { altered } = tamper(await downloaded(), isType('goods.rename'), to('contentHash', 'ab'.repeat(32)));
    const outcome = await auditLog({ fetch: fetchOf(makeLog(altered)), vkey: key.vkey, fetchPublication: shown });
    expect(outcome).toMatchObject({ finding: { step: 'publication' } });
  });
});

/** Everything of the list that is the umbrella. */
function rename(goods: { code?: string; name: string }[] | undefined): void {
  for (const one of goods ?? []) if (one.code === undefined || one.code === 'V001') one.name = '草帽';
}
