import { expect, test } from 'vitest';
import countyTable from '../../src/rules/county-template.json' with { type: 'json' };
import { AVOID, forbiddenLine, REVIEW, type RuleText, reviewLine } from '../../src/rules/decide-red-lines.ts';
import { isWordKey } from '../../views/shared/dictionary.ts';

const text = (name: string, points = 1, evidence = '签到'): RuleText => ({
  name,
  evidence,
  pointsCentipoints: points * 100,
});

/** At least one for every line, with the words that touch it. */
const FORBIDDEN: [string, RuleText, string][] = [
  ['complaint', text('越级上访', -10), '越级'],
  ['complaint', text('通过热线虚假投诉', -50), '热线'],
  ['speech', text('利用网络发布传播不良信息', -50), '网络发布传播'],
  ['benefits', text('八十分以下取消低保资格'), '取消低保'],
  ['benefits', text('积分不够的不给盖章'), '不给盖章'],
  ['religion', text('信教', -5), '信教'],
  ['loyalty', text('政治表现好', 5), '政治表现'],
  ['health', text('参加体检'), '体检'],
  ['births', text('生育三孩', 10), '生育'],
  ['crime', text('传播邪教', -30), '邪教'],
  ['minors', text('孩子逃学', -5), '孩子'],
  ['minors', text('学生成绩前十名', 5), '学生成绩'],
  ['shaming', text('上黑榜', -5), '黑榜'],
  ['private_details', text('困难情况上墙公示'), '困难情况上墙公示'],
  ['cash', text('一百分换现金'), '换现金'],
  ['fines', text('积分抵罚款'), '抵罚'],
  ['trade', text('卖给别人的积分', -5), '卖给别人的积分'],
];

test.each(FORBIDDEN)('%s: %j', (line, rule, words) => {
  expect(forbiddenLine(rule)).toEqual({ line, words });
});

test('every red line has a case above, a reason in words and a refusal', () => {
  const lines = new Set(AVOID.map(({ code }) => code));
  expect(new Set(FORBIDDEN.map(([line]) => line))).toEqual(lines);
  const keys = [...lines].flatMap((line) => [`rules.line.${line}`, `refusal.red_line_${line}`]);
  const reasons = REVIEW.map(({ code }) => `rules.line.${code}`);
  expect([...keys, ...reasons].filter((key) => !isWordKey(key))).toEqual([]);
});

test('neither spaces and signs nor the evidence hide it', () => {
  expect(forbiddenLine(text('上 · 访', -2))).toMatchObject({ line: 'complaint' });
  expect(forbiddenLine(text('其他不当行为', -2, '信访记录'))).toMatchObject({ line: 'complaint' });
  expect(forbiddenLine(text('１２３４５打电话', -2))).toMatchObject({ line: 'complaint' });
});

test.each([
  text('照料残疾邻居', 2),
  text('接送老人看病取药', 2),
  text('关爱留守儿童', 2),
  text('子女考上本科', 10, '录取通知书'),
  text('拾到现金上交失主', 3),
  text('举报有奖的火灾隐患', 2),
  text('骗取补贴', -10),
  text('打架斗殴(有处理文书)', -10, '公安处理文书'),
  text('参加爱心公益', 2, '本人身份证登记'),
])('%j is no red line', (rule) => {
  expect(forbiddenLine(rule)).toBeNull();
});

test.each([
  ['party_duty', text('党日活动签到', 5)],
  ['slogans', text('基础性积分(知政策/知产业/识干部)满分', 60)],
  ['office_duty', text('村民代表无故拒不参会', -5)],
  ['police_court', text('参与赌博', -20)],
  ['police_court', text('虐待老人/不履行赡养义务', -50)],
  ['police_court', text('封建迷信', -10)],
] as const)('%s needs a named decision: %j', (line, rule) => {
  expect(reviewLine(rule)).toMatchObject({ line });
  expect(forbiddenLine(rule)).toBeNull();
});

test('the county gives no rule that touches a line', () => {
  const touched = countyTable.rules.flatMap(({ name, evidence, points }) => {
    const rule = text(name, Number(points), evidence);
    return [forbiddenLine(rule), reviewLine(rule)].filter(Boolean);
  });
  expect(touched).toEqual([]);
});
