import { describe, expect, test } from 'vitest';
import { cardNumbers, planCounty, type VillagePlan } from '../../src/demo/plan-county.ts';
import { foundingDay, planHistory } from '../../src/demo/plan-history.ts';
import type { HistoryBasis, PlannedAct, PlannedChange, PlannedRule } from '../../src/demo/planned-act.ts';
import catalogue from '../../src/goods/county-catalogue.json' with { type: 'json' };
import { priceForValue } from '../../src/goods/decide-price.ts';
import { villageDay } from '../../src/platform/clock.ts';
import { parsePoints } from '../../src/platform/points.ts';
import { nameSearchKeys } from '../../src/platform/search-keys.ts';
import template from '../../src/rules/county-template.json' with { type: 'json' };

const county = planCounty();
const [adao, ...others] = county.villages as [VillagePlan, ...VillagePlan[]];
const households = (village: VillagePlan) => village.groups.flatMap((group) => group.households);

describe('the county', () => {
  test('has 47 villages in 12 townships, every code of them made up and different', () => {
    expect(county.villages).toHaveLength(47);
    expect(county.townships).toHaveLength(12);
    const codes = [county, ...county.townships, ...county.villages].map(({ code }) => code);
    expect(new Set(codes).size).toBe(60);
    expect(codes.filter((code) => !/^610630\d{6}$/.test(code))).toEqual([]);
    expect(new Set(county.villages.map(({ name }) => name)).size).toBe(47);
  });

  test('begins with 啊道村, whose figures are true', () => {
    expect(adao.name).toBe('啊道村');
    expect(county.townships[0]?.name).toBe('英旺乡');
    expect(adao.townshipCode).toBe(county.townships[0]?.code);
    expect(adao.groups.map(({ name, households: { length } }) => [name, length])).toEqual([
      ['啊道', 68],
      ['富庄', 49],
      ['杜河沟', 37],
    ]);
    expect(households(adao).reduce((sum, { memberCount }) => sum + memberCount, 0)).toBe(668);
    expect(cardNumbers(adao).slice(0, 2)).toEqual(['0010010001', '0010010002']);
  });

  test('has other villages of 20 to 45 households in two or three groups', () => {
    for (const village of others) {
      expect(households(village).length).toBeGreaterThanOrEqual(20);
      expect(households(village).length).toBeLessThanOrEqual(45);
      expect(village.groups.length).toBeGreaterThanOrEqual(2);
      expect(village.groups.length).toBeLessThanOrEqual(3);
    }
  });

  test('has namesakes, and surnames that a search must read rightly', () => {
    const names = households(adao).map(({ headName }) => headName);
    const twice = names.filter((name, index) => names.indexOf(name) < index);
    expect(twice.sort()).toEqual(['李小满', '王满仓'].sort());
    const initials = Object.fromEntries(names.map((name) => [name, nameSearchKeys(name).initials]));
    expect(initials).toMatchObject({ 单谷雨: 'sgy', 曾有田: 'zyt', 仇满囤: 'qmt', 区春晖: 'och', 查向阳: 'zxy' });
    expect(initials).toMatchObject({ 尉迟丰收: 'ycfs', 解冬生: 'xds' });
  });

  test('gives everybody a name of their own to sign in with', () => {
    const { officer, administrator, townships, villages } = county;
    const accounts = [officer, administrator, ...townships.map((township) => township.officer)];
    accounts.push(...villages.flatMap(({ manager, supervisor }) => [manager, supervisor]));
    expect(new Set(accounts.map(({ username }) => username)).size).toBe(2 + 12 + 94);
    expect(accounts.filter(({ username }) => !/^[a-z0-9-]{4,16}$/.test(username))).toEqual([]);
    expect(adao.manager.username).toBe('adao-guanli');
    expect(villages[4]?.supervisor.username).toBe('v05-shuji');
  });

  test('is the same every time', () => {
    expect(planCounty()).toEqual(county);
  });
});

/** In the middle of a month, at both ends of one, after a short month, at night and over a turn of the year. */
const INSTANTS = [
  '2026-11-21T08:12:00Z',
  '2026-11-01T01:00:00Z',
  '2026-05-31T15:59:00Z',
  '2027-02-28T04:00:00Z',
  '2028-02-29T20:00:00Z',
  '2027-01-02T09:30:00Z',
];

describe.each(INSTANTS)('the history up to %s', (instant) => {
  const now = new Date(instant);
  const histories = county.villages.map((village) => ({ village, acts: planHistory(village, basis(now)) }));

  test('is the same every time', () => {
    expect(planHistory(adao, basis(now))).toEqual(histories[0]?.acts);
  });

  test('goes through three whole months by day, in order, and ends before now', () => {
    for (const { village, acts } of histories) {
      const times = acts.map(({ at }) => at.getTime());
      expect(times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0))).toBe(true);
      expect(times.at(-1)).toBeLessThanOrEqual(now.getTime());
      expect(acts.filter(({ at, today }) => villageDay(at) !== today)).toEqual([]);
      expect(acts.filter((act) => 'occurredOn' in act && act.occurredOn > act.today)).toEqual([]);
      expect(acts.filter(({ at }) => hourInVillage(at) < 8 || hourInVillage(at) >= 20)).toEqual([]);
      expect(foundingDay(village, now) <= (acts[0]?.today ?? '')).toBe(true);
    }
  });

  test('never asks for points that a card does not have, nor goes beyond a cap or a quota', () => {
    for (const { acts } of histories) expect(findBreaches(acts)).toEqual([]);
  });

  test('publishes no month before its end, and records nothing new in one that is published', () => {
    for (const { acts } of histories) {
      const published = new Set<string>();
      for (const act of acts) {
        if (act.kind === 'publication') {
          expect(act.month < act.today.slice(0, 7)).toBe(true);
          published.add(act.month);
        } else if ('occurredOn' in act) {
          expect(published).not.toContain(act.occurredOn.slice(0, 7));
        }
      }
      expect(published.size).toBeGreaterThanOrEqual(2 - Number(Number(villageDay(now).slice(8)) < 8));
    }
  });
});

function hourInVillage(at: Date): number {
  return (at.getUTCHours() + 8) % 24;
}

function basis(now: Date): HistoryBasis {
  return {
    now,
    rules: template.rules.map(({ code, category, name, unit, evidence, points, cap }) => ({
      code,
      category,
      name,
      unit,
      evidence,
      pointsCentipoints: parsePoints(points) ?? 0,
      capPeriod: (cap?.period ?? null) as HistoryBasis['rules'][number]['capPeriod'],
      capMaxCount: cap?.maxCount ?? null,
      capMaxCentipoints: cap?.maxPoints ? parsePoints(cap.maxPoints) : null,
    })),
    goods: catalogue.goods.map(({ code, unitValueYuan, monthlyQuota, shelfLifeMonths }) => ({
      code,
      priceCentipoints: priceForValue(parsePoints(unitValueYuan) ?? 0, 300),
      monthlyQuota,
      shelfLifeMonths,
    })),
  };
}

/** A second, plainer account of the same acts. */
function findBreaches(acts: readonly PlannedAct[]): string[] {
  const { rules, goods } = basis(new Date(0));
  const rulesByCode = new Map(rules.map((rule) => [rule.code, rule]));
  const changes: PlannedRule[] = [];
  const prices = new Map(goods.map((item) => [item.code, item]));
  const breaches: string[] = [];
  const balances = new Map<string, number>();
  const stock = new Map<string, number>();
  const counts = new Map<string, number>();
  const byKey = new Map(acts.map((act) => [act.key, act]));
  const add = (sums: Map<string, number>, key: string, more: number) => {
    const sum = (sums.get(key) ?? 0) + more;
    sums.set(key, sum);
    return sum;
  };
  const carryOut = (act: PlannedAct, times: 1 | -1, line?: number) => {
    if (act.kind === 'award') {
      const changed = changes.findLast(
        ({ code, effectiveFrom }) => code === act.rule && effectiveFrom <= act.occurredOn,
      );
      const { pointsCentipoints, capPeriod, capMaxCount } = changed ?? rulesByCode.get(act.rule) ?? {};
      for (const card of act.cards.filter((_, index) => line === undefined || line === index)) {
        if (!balances.has(card)) breaches.push(`${act.key}: ${card} is not open`);
        const balance = add(balances, card, times * (pointsCentipoints ?? 0));
        if (balance < 0) breaches.push(`${act.key}: ${card} has ${balance}`);
        const count = add(counts, `${card} ${act.rule} ${act.occurredOn.slice(0, 7)}`, times);
        if (capPeriod === 'month' && capMaxCount && count > capMaxCount)
          breaches.push(`${act.key}: ${card} over the cap`);
      }
    }
    if (act.kind === 'receipt') {
      for (const { code, quantity } of act.lines) add(stock, code, times * quantity);
    }
    if (act.kind === 'redemption') {
      for (const { code, quantity } of act.lines) {
        const { priceCentipoints = 0, monthlyQuota } = prices.get(code) ?? {};
        if (add(stock, code, -times * quantity) < 0) breaches.push(`${act.key}: no ${code} left`);
        if (add(balances, act.card, -times * quantity * priceCentipoints) < 0) breaches.push(`${act.key}: overdrawn`);
        const taken = add(counts, `${act.card} ${code} ${act.today.slice(0, 7)}`, times * quantity);
        if (monthlyQuota && taken > monthlyQuota) breaches.push(`${act.key}: too many of ${code}`);
      }
    }
  };
  const resting = new Map<string, number>();
  const move = (from: Map<string, number>, to: Map<string, number>, card: string, newCard = card) => {
    to.set(newCard, from.get(card) ?? Number.NaN);
    from.delete(card);
  };
  const applyChange = ({ kind, card, newCard }: PlannedChange) => {
    if (kind === 'freezing') move(balances, resting, card);
    if (kind === 'unfreezing') move(resting, balances, card);
    if (kind === 'replacement') move(balances, balances, card, newCard);
  };
  for (const act of acts) {
    if (act.kind === 'opening') for (const card of act.cards) balances.set(card, 10_000);
    if (act.kind === 'change') applyChange(act.change);
    if (act.kind === 'rule') changes.push(act.rule);
    const original = act.kind === 'reversal' ? byKey.get(act.of) : undefined;
    if (act.kind === 'reversal' && original) carryOut(original, -1, act.line);
    else carryOut(act, 1);
  }
  return breaches;
}
