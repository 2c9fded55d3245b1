import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awardPoints } from '../../src/awards/award-points.ts';
import { periodBounds } from '../../src/claims/cap-usage.ts';
import { type CappedRule, decideCapped, UNUSED } from '../../src/claims/decide-caps.ts';
import { reverseActs } from '../../src/ledger/index.ts';
import { findVillage } from '../../src/people/index.ts';
import { addDays } from '../../src/platform/clock.ts';
import { changeRule, villageRules } from '../../src/rules/index.ts';
import { createTestApp, type TestApp, type TestBrowser } from '../support/app.ts';
import { cards, must, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const NO_LIMITS = { monthMaxCentipoints: null, yearMaxCentipoints: null };
const LIMITS = { monthMaxCentipoints: 2_000, yearMaxCentipoints: 15_000 };
const rule = (change: Partial<CappedRule>): CappedRule => ({
  pointsCentipoints: 300,
  capMaxCount: null,
  capMaxCentipoints: null,
  isOutsideLimits: false,
  ...change,
});

describe('what is still to be had', () => {
  test.each([
    ['the whole rule where nothing was had', rule({ capMaxCount: 4 }), UNUSED, 300],
    ['nothing after the last time', rule({ capMaxCount: 4 }), { ...UNUSED, ruleCount: 4 }, 'rule_cap_reached'],
    ['what is left of the points', rule({ capMaxCentipoints: 1000 }), { ...UNUSED, ruleCentipoints: 900 }, 100],
    [
      'nothing of no points',
      rule({ capMaxCentipoints: 1000 }),
      { ...UNUSED, ruleCentipoints: 1000 },
      'rule_cap_reached',
    ],
    ['the rest of the month', rule({}), { ...UNUSED, monthCentipoints: 1800 }, 200],
    ['nothing in a full month', rule({}), { ...UNUSED, monthCentipoints: 2000 }, 'month_limit_reached'],
    ['nothing in a month that is over it', rule({}), { ...UNUSED, monthCentipoints: 2500 }, 'month_limit_reached'],
    ['the rest of the year', rule({}), { ...UNUSED, yearCentipoints: 14_950 }, 50],
    ['nothing in a full year', rule({}), { ...UNUSED, yearCentipoints: 15_000 }, 'year_limit_reached'],
    ['an honour all the same', rule({ isOutsideLimits: true }), { ...UNUSED, yearCentipoints: 15_000 }, 300],
    [
      'a deduction all the same',
      rule({ pointsCentipoints: -300 }),
      { ...UNUSED, monthCentipoints: 2000, yearCentipoints: 15_000 },
      -300,
    ],
    [
      'the rest of a deduction',
      rule({ pointsCentipoints: -300, capMaxCentipoints: -400 }),
      { ...UNUSED, ruleCentipoints: 300 },
      -100,
    ],
  ] as const)('%s', (_, capped, used, expected) => {
    expect(decideCapped(capped, LIMITS, used)).toBe(expected);
  });

  test('马村: ten points a week and forty a month; in the fifth week there is nothing more', () => {
    const used = { ...UNUSED };
    const had: number[] = [];
    for (let week = 1; week <= 5; week += 1) {
      used.ruleCentipoints = 0;
      for (let day = 1; day <= 5; day += 1) {
        const points = decideCapped(
          rule({ pointsCentipoints: 300, capMaxCentipoints: 1_000 }),
          { ...NO_LIMITS, monthMaxCentipoints: 4_000 },
          used,
        );
        if (typeof points !== 'number') break;
        used.ruleCentipoints += points;
        used.monthCentipoints += points;
      }
      had.push(used.monthCentipoints);
    }
    expect(had).toEqual([1_000, 2_000, 3_000, 4_000, 4_000]);
  });

  test('文登: the fourth lecture of one point in a year gives nothing, three in all', () => {
    const lecture = rule({ pointsCentipoints: 100, capMaxCentipoints: 300 });
    const given = [0, 100, 200, 300].map((ruleCentipoints) =>
      decideCapped(lecture, NO_LIMITS, { ...UNUSED, ruleCentipoints }),
    );
    expect(given).toEqual([100, 100, 100, 'rule_cap_reached']);
  });
});

test.each([
  ['day', '2026-10-15', '2026-10-15', '2026-10-15'],
  ['occasion', '2026-10-15', '2026-10-15', '2026-10-15'],
  ['week', '2026-11-01', '2026-10-26', '2026-11-01'],
  ['week', '2027-01-01', '2026-12-28', '2027-01-03'],
  ['month', '2028-02-10', '2028-02-01', '2028-02-29'],
  ['quarter', '2026-06-30', '2026-04-01', '2026-06-30'],
  ['year', '2026-06-30', '2026-01-01', '2026-12-31'],
] as const)('the %s of %s is from %s to %s', (period, day, firstDay, lastDay) => {
  expect(periodBounds(period, day)).toEqual({ firstDay, lastDay });
});

test('every day lies in one week, month, quarter and year, and all their days agree', () => {
  const period = fc.constantFrom('week', 'month', 'quarter', 'year' as const);
  fc.assert(
    fc.property(period, fc.integer({ min: 0, max: 4_000 }), fc.nat(400), (kind, after, within) => {
      const bounds = periodBounds(kind, addDays('2024-01-01', after));
      const other = addDays(bounds.firstDay, within);
      expect(periodBounds(kind, other).firstDay === bounds.firstDay).toBe(other <= bounds.lastDay);
    }),
  );
});

describe('in the village', () => {
  let world: TestApp;
  let manager: TestBrowser;
  let villageId: number;
  let keys = 0;
  const village = `/villages/${willowCode}`;
  const today = '2026-11-20';

  beforeAll(async () => {
    world = await createTestApp();
    manager = await world.browser(people.manager);
    villageId = (await findVillage(world.db.sql, willowCode))?.villageId ?? 0;
  });

  afterAll(async () => {
    await checkWorld(world.database.ownerSql);
    await world.close();
  });

  const by = () => ({ villageId, recordedBy: 1, today, idempotencyKey: `cap-${++keys}` });
  const award = (code: string, card: string, occurredOn: string) =>
    awardPoints(world.db, { ...by(), rule: code, occurredOn, cards: [card] });

  test('the fifth half day of a month is refused by name, and has its place again after a reversal', async () => {
    const days = ['2026-10-05', '2026-10-06', '2026-10-07', '2026-10-31'];
    const posted = [];
    for (const day of days) posted.push(await must(award('AD-LAB-01', cards.赵满仓, day)));
    const fifth = { refused: 'rule_cap_reached', number: cards.赵满仓, name: '赵满仓' };
    expect(await award('AD-LAB-01', cards.赵满仓, '2026-10-20')).toEqual(fifth);
    expect(await award('AD-LAB-01', cards.赵满仓, '2026-11-01')).toHaveProperty('acts');
    const which = { seq: posted[0]?.acts[0]?.seq ?? 0 };
    await must(reverseActs(world.db, { ...by(), which, reason: '记错了' }));
    expect(await award('AD-LAB-01', cards.赵满仓, '2026-10-20')).toHaveProperty('acts');
  });

  test('the line that crosses twenty points a month is cut, the next refused, an honour given', async () => {
    const amounts = [];
    for (const [code, day] of [
      ['AD-LAB-02', '2026-10-05'],
      ['AD-LAB-02', '2026-10-06'],
      ['AD-LAB-02', '2026-10-07'],
      ['AD-LAB-01', '2026-10-08'],
      ['AD-FAM-01', '2026-10-09'],
    ] as const) {
      amounts.push((await must(award(code, cards.单小花, day))).acts[0]?.amountCentipoints);
    }
    expect(amounts).toEqual([600, 600, 600, 200, 2000]);
    expect(await award('AD-LAB-01', cards.单小花, '2026-10-30')).toMatchObject({ refused: 'month_limit_reached' });
    expect(await award('AD-LAB-01', cards.单小花, '2026-11-01')).toHaveProperty('acts');
  });

  test('of many awards at once no more come through than the cap allows', async () => {
    const race = Array.from({ length: 8 }, () => award('AD-FAM-05', cards.曾有田, '2026-10-15'));
    const outcomes = await Promise.all(race);
    expect(outcomes.filter((outcome) => 'acts' in outcome)).toHaveLength(2);
    for (const outcome of outcomes.filter((one) => 'refused' in one)) {
      expect(outcome).toMatchObject({ refused: 'rule_cap_reached' });
    }
  });

  test('the preview says who has reached it, who gets less, and what it comes to', async () => {
    await manager.get(`${village}/awards/new`);
    const fields = { rule: 'AD-LAB-02', occurredOn: '2026-10-16', cards: [cards.赵满仓, cards.单小花, cards.王建国] };
    for (const day of ['2026-10-01', '2026-10-02']) await must(award('AD-LAB-04', cards.赵满仓, day));
    const page = await manager.submit(`${village}/award-previews`, fields);
    expect(page.body).toContain('已到上限：一户一个月最多 20 分');
    expect(page.body).toContain('快到上限，只记 +2 分');
    const ready = await manager.submit(`${village}/award-previews`, { ...fields, skip: cards.单小花 });
    expect(ready.body).toContain('给 2 户记分，共 8 分');
    expect(ready.body).toContain('name="total" value="800"');
  });

  test('what was confirmed is what is recorded, or nothing', async () => {
    const input = { ...by(), rule: 'AD-LAB-02', occurredOn: '2026-10-16', cards: [cards.赵满仓] };
    expect(await awardPoints(world.db, { ...input, confirmedCentipoints: 600 })).toEqual({
      refused: 'total_changed',
      confirmedCentipoints: 600,
      totalCentipoints: 200,
    });
    expect(await awardPoints(world.db, { ...input, confirmedCentipoints: 200 })).toHaveProperty('acts');
  });

  test('a cap that is each person’s: the office names members, is asked whom it is for, and a pasted name answers it', async () => {
    const wording = { name: '参加夜校识字班', pointsCentipoints: 100, unit: '人次', evidence: '签到表' };
    const cap = { capPeriod: 'month', capMaxCount: 1, capMaxCentipoints: null, capPer: 'person' } as const;
    const change = {
      kind: 'new',
      category: 'LAB',
      ...wording,
      ...cap,
      effectiveFrom: today,
      meeting: '11 月村民代表会',
    } as const;
    await must(changeRule(world.db, { ...by(), change }));
    const rules = await villageRules(world.db.sql, villageId, today);
    const { code: each = '' } = rules.find(({ capPer }) => capPer === 'person') ?? {};
    expect((await manager.get(`${village}/rules/check`)).body).toContain('按人口最多的一户（6 口人）算');
    const changes = `${village}/cards/${cards.王建国}/changes/naming`;
    await manager.get(changes);
    expect((await manager.submit(changes, { names: '王建国\n李秀英' })).statusCode).toBe(303);
    const home = await manager.get(`${village}/cards/${cards.王建国}`);
    expect(home.body).toContain('王建国、李秀英');

    const fields = { rule: each, occurredOn: today, cards: cards.王建国 };
    const asked = await manager.submit(`${village}/award-previews`, fields);
    expect(asked.body).toContain('王建国家这次记给谁？');
    const answer = /value="(\d{10}:\d+)"[^>]*>(?:<[^>]*>)*李秀英/.exec(asked.body)?.[1] ?? '';
    expect(answer).toContain(cards.王建国);
    const ready = await manager.submit(`${village}/award-previews`, { ...fields, members: answer });
    expect(ready.body).toContain('记给李秀英');
    expect(ready.body).toContain(`name="members" value="${answer}"`);
    const pasted = await manager.submit(`${village}/award-previews`, {
      rule: each,
      occurredOn: today,
      names: '1. 李秀英',
    });
    expect(pasted.body).toContain('记给李秀英');
    const nobody = await manager.submit(`${village}/award-previews`, { ...fields, cards: cards.王建国二 });
    expect(nobody.body).toContain('这一户还没有登记家庭成员');

    const confirmed = { ...fields, members: answer, total: '100', idempotencyKey: 'named-award' };
    expect((await manager.submit(`${village}/awards`, confirmed)).statusCode).toBe(303);
    expect((await manager.get(`${village}/cards/${cards.王建国}`)).body).toContain('记给李秀英');
    const again = await manager.submit(`${village}/award-previews`, { ...fields, members: answer });
    expect(again.body).toContain('这个人这一项已经到上限');

    const token = await world.apiToken(people.manager);
    const headers = { authorization: `Bearer ${token}` };
    const api = `/api/v1${village}`;
    const card = await world.app.inject({ url: `${api}/cards/${cards.王建国}`, headers });
    const [head] = card.json<{ members: { member: number; name: string }[] }>().members;
    const body = { rule: each, occurredOn: today, cards: [cards.王建国] };
    const post = (payload: object) =>
      world.app.inject({
        method: 'POST',
        url: `${api}/awards`,
        headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
        payload,
      });
    expect((await post(body)).json()).toMatchObject({ code: 'member_missing' });
    expect((await post({ ...body, members: { [cards.王建国]: head?.member } })).statusCode).toBe(201);
    expect((await post({ ...body, members: { [cards.王建国]: head?.member } })).json()).toMatchObject({
      code: 'person_cap_reached',
    });
  });
});
