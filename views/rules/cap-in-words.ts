import { formatPoints } from '../../src/platform/points.ts';
import type { Rule } from '../../src/rules/index.ts';
import type { Translate } from '../shared/dictionary.ts';

/** `每月 4 次`, `每年 15 分`: how often and how much a household can have of a rule; none without a limit. */
export function capInWords(
  t: Translate,
  { capPeriod, capMaxCount, capMaxCentipoints }: Pick<Rule, 'capPeriod' | 'capMaxCount' | 'capMaxCentipoints'>,
): string | undefined {
  if (capPeriod === null) return undefined;
  const period = t(`rules.period.${capPeriod}`);
  const parts = [
    ...(capMaxCount === null ? [] : [t('rules.capTimes', { period, count: capMaxCount })]),
    ...(capMaxCentipoints === null
      ? []
      : [t('rules.capPoints', { period, points: formatPoints(Math.abs(capMaxCentipoints)) })]),
  ];
  return parts.length === 0 ? undefined : parts.join(t('rules.capJoin'));
}
