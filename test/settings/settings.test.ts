/** 村里的规定: what the meeting decides holds from the next act on, stands in the public record, and can be read by everybody. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditLog } from '../../src/audit/audit-log.ts';
import { changedSettings } from '../../src/settings/changed-settings.ts';
import { isPossible, PRESETS, SETTING_NAMES, settingNamed, settingsOf } from '../../src/settings/registry.ts';
import { readSettings, settingFields } from '../../src/settings/setting-fields.ts';
import { verifyEverything } from '../../src/verify-everything.ts';
import { findHtmlFaults } from '../house/page-rules.ts';
import { createTestApp, type TestApp } from '../support/app.ts';
import { cards, people, willowCode } from '../support/cast.ts';
import { checkWorld } from '../support/world.ts';

const VILLAGE = `/villages/${willowCode}`;
const chinese = { 'accept-language': 'zh-CN' };

describe('the table of settings', () => {
  test.each(['undecided', ...PRESETS] as const)(
    'every value of %s is possible, and says the same after a form',
    (column) => {
      const values = settingsOf(column);
      for (const name of SETTING_NAMES) expect([name, isPossible(name, values[name])]).toEqual([name, true]);
      const body = Object.fromEntries(settingFields(values).map(({ name, text }) => [name, text]));
      expect(readSettings(body)).toMatchObject({ wanted: values, wrong: [] });
    },
  );

  test('what cannot be is refused by name, and what is so already is not decided again', () => {
    const current = settingsOf('undecided');
    expect(changedSettings(current, current)).toEqual({ refused: 'settings_unchanged' });
    expect(changedSettings(current, { monthMaxCentipoints: 99 })).toEqual({
      refused: 'setting_impossible',
      setting: 'monthMaxCentipoints',
    });
    expect(changedSettings(current, { ...current, monthMaxCentipoints: null })).toEqual({
      values: { monthMaxCentipoints: null },
    });
  });

  test.each(SETTING_NAMES)('%s is refused beyond its bounds', (name) => {
    const setting = settingNamed(name);
    const beyond = 'min' in setting ? [setting.min - 1, setting.max + 1, 1.5, '7', true] : [7, null];
    expect(beyond.filter((value) => isPossible(name, value))).toEqual([]);
  });
});

describe('a village', () => {
  let world: TestApp;
  let manager: string;

  beforeAll(async () => {
    world = await createTestApp();
    manager = await world.apiToken(people.manager);
  });

  afterAll(() => world.close());

  function post(path: string, payload: object, key: string = crypto.randomUUID()) {
    const headers = { authorization: `Bearer ${manager}`, 'idempotency-key': key, ...chinese };
    return world.app.inject({ method: 'POST', url: `/api/v1${VILLAGE}${path}`, headers, payload });
  }

  const decide = (settings: object, key?: string) => post('/settings', { settings, reason: '十一月村民代表会议' }, key);

  const award = () => post('/awards', { rule: 'AD-ENV-04', occurredOn: '2026-09-20', cards: [cards.王建国] });

  test('that never decided anything works as it always did', async () => {
    const answer = await world.app.inject(`/api/v1${VILLAGE}/settings`);
    expect(answer.json()).toEqual(settingsOf('undecided'));
  });

  test('is held by what it decided from the next award on, and freed again', async () => {
    expect((await decide({ monthMaxCentipoints: 100 })).statusCode).toBe(201);
    const cut = await award();
    expect(cut.json<{ acts: unknown[] }>()).toMatchObject({ acts: [{ amountCentipoints: 100 }] });
    expect((await award()).json()).toMatchObject({ code: 'month_limit_reached', mostCentipoints: 100 });
    expect((await decide({ monthMaxCentipoints: null, yearMaxCentipoints: null })).statusCode).toBe(201);
    expect((await award()).statusCode).toBe(201);
    await checkWorld(world.database.ownerSql);
  });

  test('has each decision in its record: no reason, a repeat is the same, other content is not, and everything verifies', async () => {
    const first = await decide({ monthMaxCentipoints: 3_000 }, 'once');
    expect((await decide({ monthMaxCentipoints: 3_000 }, 'once')).json()).toEqual(first.json());
    expect((await decide({ monthMaxCentipoints: 3_100 }, 'once')).statusCode).toBe(422);
    expect((await decide({ monthMaxCentipoints: 3_000 })).json()).toMatchObject({ code: 'settings_unchanged' });
    const { seq } = first.json<{ seq: number }>();
    const log = (await world.app.inject(`/log/${willowCode}/entries.jsonl`)).body.trim().split('\n');
    expect(JSON.parse(log[seq] ?? '{}')).toMatchObject({
      type: 'settings.change',
      values: { monthMaxCentipoints: 3_000 },
    });
    expect(log[seq]).not.toContain('代表会议');
    const page = await world.app.inject({ url: `${VILLAGE}/acts/${seq}`, headers: chinese });
    expect(page.body).toContain('改了村里的规定：每户每月最多加：30 分');
    await checkWorld(world.database.ownerSql);
    expect((await verifyEverything(world.db.sql, world.dataDir)).bad).toEqual([]);
    const vkey = (await world.app.inject(`/log/${willowCode}/vkey`)).body.trim();
    const fetch = async (path: string) => (await world.app.inject(`/log/${willowCode}/${path}`)).rawPayload;
    expect(await auditLog({ fetch, vkey })).toHaveProperty('totals');
  });

  test('shows everybody how it works, and only its manager may change it', async () => {
    const visitor = await world.app.inject({ url: `${VILLAGE}/settings`, headers: chinese });
    expect(findHtmlFaults(visitor.body)).toEqual([]);
    expect(visitor.body).toContain('30 分');
    expect(visitor.body).not.toContain('settings/change');
    const browser = await world.browser(people.manager);
    expect((await browser.get(`${VILLAGE}/settings`, chinese)).body).toContain(`${VILLAGE}/settings/change`);
    const supervisor = await world.browser(people.supervisor);
    expect((await supervisor.get(`${VILLAGE}/settings/change`)).statusCode).toBe(403);
  });

  test('is changed on a form that keeps what was typed and can be filled with a whole set', async () => {
    const browser = await world.browser(people.manager);
    const address = `${VILLAGE}/settings/change`;
    const filled = await browser.get(`${address}?preset=standard`, chinese);
    expect(findHtmlFaults(filled.body)).toEqual([]);
    expect(filled.body).toContain('还没有保存');
    const key = /name="idempotencyKey" value="([^"]+)"/.exec(filled.body)?.[1] ?? '';
    const fields = Object.fromEntries(settingFields(settingsOf('standard')).map(({ name, text }) => [name, text]));
    const wrong = { ...fields, monthMaxCentipoints: '半斤', reason: '代表会议', idempotencyKey: key };
    const refused = await browser.submit(address, wrong, chinese);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('请填 1 到 1000 之间的数');
    expect(refused.body).toContain('value="半斤"');
    expect(refused.body).toContain(`value="${key}"`);
    const done = await browser.submit(address, { ...fields, reason: '代表会议', idempotencyKey: key }, chinese);
    expect(done.headers.location).toMatch(/\/acts\/\d+$/);
    expect((await world.app.inject(`/api/v1${VILLAGE}/settings`)).json()).toEqual(settingsOf('standard'));
    const again = await browser.submit(address, { ...fields, reason: '代表会议', idempotencyKey: 'another' }, chinese);
    expect(again.body).toContain('没有要改的');
    expect((await browser.get(`${VILLAGE}/desk`, chinese)).body).toContain('改了村里的规定');
  });
});
