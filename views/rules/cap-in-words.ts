import { formatPoints } from '../../src/platform/points.ts';
import type { Rule } from '../../src/rules/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** `每月 4 次`, `每人每年 15 分`: how often and how much a household, or each person, can have of a rule; none without a limit. */
export function capInWords(
  t: Translate,
  {
    capPeriod,
    capMaxCount,
    capMaxCentipoints,
    capPer,
  }: Pick<Rule, 'capPeriod' | 'capMaxCount' | 'capMaxCentipoints' | 'capPer'>,
): string | undefined {
  if (capPeriod === null) return undefined;
  const period = t(`rules.period.${capPeriod}`);
  const parts = [
    ...(capMaxCount === null ? [] : [t('rules.capTimes', { period, count: capMaxCount })]),
    ...(capMaxCentipoints === null
      ? []
      : [t('rules.capPoints', { period, points: formatPoints(Math.abs(capMaxCentipoints)) })]),
  ];
  if (parts.length === 0) return undefined;
  const cap = parts.join(t('rules.capJoin'));
  return capPer === 'person' ? t('rules.capEach', { cap }) : cap;
}
