import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/award-points.ts';
import { decideReplay, type ReplayBasis, type ReplayedAct } from '../../src/awards/decide-replay.ts';
import { ruleTrial } from '../../src/awards/rule-trial.ts';
import { periodBounds } from '../../src/claims/cap-usage.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';

const act = (seq: number, occurredOn: string, change: Partial<ReplayedAct> = {}): ReplayedAct => ({
  seq,
  accountId: 1,
  occurredOn,
  rule: 'R',
  pointsCentipoints: 300,
  capPeriod: null,
  capMaxCount: null,
  capMaxCentipoints: null,
  capPer: 'household',
  member: null,
  isOutsideLimits: false,
  times: 1,
  amountCentipoints: 300,
  beyondCentipoints: 0,
  reversedBySeq: null,
  ...change,
});

const NO_LIMITS = { monthMaxCentipoints: null, yearMaxCentipoints: null };
const OCTOBER = { firstDay: '2026-10-01', lastDay: '2026-10-31' };
const terms = (pointsCentipoints: number, change = {}) => ({
  pointsCentipoints,
  capPer: 'household' as const,
  capPeriod: null,
  capMaxCount: null,
  capMaxCentipoints: null,
  ...change,
});

const replay = (acts: ReplayedAct[], change: Partial<ReplayBasis> = {}) =>
  decideReplay({ acts, changes: new Map(), limits: NO_LIMITS, ...OCTOBER, periodBounds, ...change }).total;

describe('the same acts under other rules', () => {
  const three = [act(1, '2026-10-05'), act(2, '2026-10-06'), act(3, '2026-10-07')];

  test.each([
    ['nothing changed', {}, 900],
    ['fewer points', { changes: new Map([['R', terms(100)]]) }, 300],
    ['used no more', { changes: new Map([['R', null]]) }, 0],
    ['two times a month', { changes: new Map([['R', terms(300, { capPeriod: 'month', capMaxCount: 2 })]]) }, 600],
    [
      'seven points a month',
      { changes: new Map([['R', terms(300, { capPeriod: 'month', capMaxCentipoints: 700 })]]) },
      700,
    ],
    ['once a week', { changes: new Map([['R', terms(300, { capPeriod: 'week', capMaxCount: 1 })]]) }, 300],
    ['a month of five', { limits: { ...NO_LIMITS, monthMaxCentipoints: 500 } }, 500],
    ['a year of eight', { limits: { ...NO_LIMITS, yearMaxCentipoints: 800 } }, 800],
    [
      'once a month for each person, where nobody was named: one person',
      { changes: new Map([['R', terms(300, { capPeriod: 'month', capMaxCount: 1, capPer: 'person' })]]) },
      300,
    ],
    ['another rule', { changes: new Map([['S', null]]) }, 900],
  ] as [string, Partial<ReplayBasis>, number][])('%s', (_, change, after) => {
    expect(replay(three, change)).toEqual({ acts: 3, beforeCentipoints: 900, afterCentipoints: after });
  });

  test('what lies outside the days stays as it was and takes up the room that it took', () => {
    const acts = [act(1, '2026-09-30'), act(2, '2026-10-01'), act(3, '2026-11-01'), act(4, '2026-10-31')];
    const changes = new Map([['R', terms(100, { capPeriod: 'year', capMaxCentipoints: 750 })]]);
    expect(replay(acts, { changes })).toEqual({ acts: 2, beforeCentipoints: 600, afterCentipoints: 150 });
  });

  test('what was taken back counts for nobody, and its room is free from then on', () => {
    const once = { capPeriod: 'month', capMaxCount: 1 } as const;
    const acts = [act(1, '2026-10-05', { ...once, reversedBySeq: 2 }), act(3, '2026-10-06', once)];
    expect(replay(acts)).toEqual({ acts: 1, beforeCentipoints: 300, afterCentipoints: 300 });
  });

  test('honours take no room, deductions neither', () => {
    const acts = [
      act(1, '2026-10-05', { rule: 'H', isOutsideLimits: true }),
      act(2, '2026-10-05', { rule: 'D', pointsCentipoints: -300, amountCentipoints: -300 }),
      act(3, '2026-10-05'),
    ];
    const limits = { ...NO_LIMITS, monthMaxCentipoints: 300 };
    expect(replay(acts, { limits })).toEqual({ acts: 3, beforeCentipoints: 300, afterCentipoints: 300 });
  });

  test('households that lose most come first', () => {
    const acts = [act(1, '2026-10-05', { accountId: 7 }), act(2, '2026-10-05'), act(3, '2026-10-06')];
    const changes = new Map([['R', terms(100)]]);
    const { households } = decideReplay({ acts, changes, limits: NO_LIMITS, ...OCTOBER, periodBounds });
    expect(households.map(({ accountId }) => accountId)).toEqual([1, 7]);
  });
});

describe('in the village', () => {
  const village = `/villages/${willowCode}`;
  const today = '2026-11-20';
  let world: TestApp;
  let manager: TestBrowser;
  let villageId: number;

  beforeAll(async () => {
    world = await createTestApp();
    manager = await world.browser(people.manager);
    villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
    await liveThroughAutumn();
  });

  afterAll(() => world.close());

  /** Awards in no order of their days, up to the caps and over them; every fifth is taken back. */
  async function liveThroughAutumn(): Promise<void> {
    const codes = ['AD-LAB-01', 'AD-LAB-02', 'AD-FAM-05', 'AD-ENV-06', 'AD-FAM-01', 'AD-ENV-08', 'AD-COL-04'];
    const households = [cards.赵满仓, cards.单小花, cards.曾有田];
    const by = { villageId, recordedBy: 1, today };
    let cut = 0;
    for (let step = 0; step < 84; step += 1) {
      const rule = codes[(step * 5) % codes.length] ?? '';
      const occurredOn = addDays('2026-09-02', (step * 31) % 78);
      const outcome = await awardPoints(world.db, {
        ...by,
        idempotencyKey: `autumn-${step}`,
        rule,
        occurredOn,
        cards: [households[step % households.length] ?? ''],
      });
      if ('refused' in outcome) continue;
      const amount = outcome.acts[0]?.amountCentipoints;
      cut += Number(rule === 'AD-LAB-02' && amount !== 600);
      if (step % 5 !== 4) continue;
      const which = { seq: outcome.acts[0]?.seq ?? 0 };
      await must(reverseActs(world.db, { ...by, idempotencyKey: `back-${step}`, which, reason: '记错了' }));
    }
    expect(cut).toBeGreaterThan(0);
  }

  const tryIt = (query: Record<string, string>) => ruleTrial(world.db.sql, villageId, query, today);

  test.each(['2026-09', '2026-10', '2026-11', '2026-Q3', '2026-Q4', 'year-2026-11'])(
    'the rules as they are give the ledger as it is: %s',
    async (period) => {
      const { trial, form, isTried } = await tryIt({ period });
      const [ledger] = await world.db.sql<{ acts: number; points: number }[]>`
        select count(*)::integer as acts,
               coalesce(sum(amount_centipoints), 0)::integer as points
          from act
          join entry using (village_id, seq)
         where village_id = ${villageId}
           and type in ('points.award', 'points.deduct')
           and act.occurred_on between ${form.period.firstDay} and ${form.period.lastDay}
           and not exists (
             select
               from act as reversal
              where reversal.village_id = act.village_id
                and reversal.reverses_seq = act.seq
           )`;
      expect(ledger?.acts).toBeGreaterThan(5);
      expect(trial?.total).toEqual({
        acts: ledger?.acts,
        beforeCentipoints: ledger?.points,
        afterCentipoints: ledger?.points,
      });
      expect(isTried).toBe(false);
      expect(trial).toMatchObject({ rules: [], households: [] });
    },
  );

  const QUERY =
    'period=2026-10&how.AD-LAB-02=change&points.AD-LAB-02=4&cap.AD-LAB-02=month&count.AD-LAB-02=4&how.AD-FAM-05=end';

  test('the page shows who loses, by name, and the sheet for the meeting masks them; nothing is written', async () => {
    const before = await world.database.ownerSql`select count(*) from act`;
    const page = await manager.get(`${village}/rules/trial?${QUERY}&add=AD-PUB-01&yearMax=140`);
    expect(page.statusCode).toBe(200);
    expect(findHtmlFaults(page.body)).toEqual([]);
    for (const words of [
      '单小花',
      'screen-only',
      '少得的',
      '邻里互助',
      'name="points.AD-LAB-02"',
      'name="points.AD-PUB-01"',
      'chart-less',
    ]) {
      expect(page.body).toContain(words);
    }
    const sheet = await manager.get(`${village}/rules/trial/sheet?${QUERY}`);
    expect(sheet.statusCode).toBe(200);
    expect(findHtmlFaults(sheet.body)).toEqual([]);
    expect(sheet.body).toContain('单*花 尾号 0002');
    for (const name of ['赵满仓', '单小花', '曾有田']) expect(sheet.body).not.toContain(name);
    for (const words of ['+6 分，每月 4 次', '+4 分，每月 4 次', '不再用']) expect(sheet.body).toContain(words);
    expect(await world.database.ownerSql`select count(*) from act`).toEqual(before);
  });

  test('its own address tries the same again, with nothing in it that is as it was', async () => {
    const page = await manager.get(`${village}/rules/trial?${QUERY}&monthMax=20&yearMax=150&how.AD-ENV-06=keep`);
    const href = /href="([^"]+\/rules\/trial\/sheet\?[^"]+)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const params = new URL(href, 'http://localhost').searchParams;
    // A rule that changes says all of itself.
    const whole = { ...Object.fromEntries(new URLSearchParams(QUERY)), 'per.AD-LAB-02': 'household' };
    expect(Object.fromEntries(params)).toEqual(whole);
  });

  test.each([
    ['points', 'how.AD-LAB-02=change&points.AD-LAB-02=-4', '义务劳动一天：请写几分'],
    ['points', 'how.AD-LAB-02=change&points.AD-LAB-02=many', '义务劳动一天：请写几分'],
    ['cap', 'how.AD-LAB-02=change&points.AD-LAB-02=4&count.AD-LAB-02=4', '义务劳动一天：请选按多长时间算'],
    ['count', 'how.AD-LAB-02=change&points.AD-LAB-02=4&cap.AD-LAB-02=month', '义务劳动一天：请写最多几次'],
    ['limit', 'monthMax=-1', '请写最多几分，例如 20'],
  ])('a wrong field is named: %s %s', async (_, query, words) => {
    const page = await manager.get(`${village}/rules/trial?${query}`);
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain(words);
    expect(findHtmlFaults(page.body)).toEqual([]);
    const api = await asManager(`/rules/trial?${query}`);
    expect(api.statusCode).toBe(422);
    expect(api.json()).toMatchObject({ code: 'invalid_input' });
  });

  const asManager = async (path: string) =>
    world.app.inject({
      url: `/api/v1${village}${path}`,
      headers: { authorization: `Bearer ${await world.apiToken(people.manager)}` },
    });

  test('the programs get points and fen', async () => {
    const body = (await asManager(`/rules/trial?${QUERY}`)).json<{
      total: { beforeCentipoints: number; afterCentipoints: number; differenceFen: number };
      rules: { rule: string }[];
    }>();
    const { beforeCentipoints, afterCentipoints, differenceFen } = body.total;
    expect(afterCentipoints).toBeLessThan(beforeCentipoints);
    expect(differenceFen).toBe((afterCentipoints - beforeCentipoints) * 3);
    expect(body.rules.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['AD-FAM-05', 'AD-LAB-02']));
  });
});
