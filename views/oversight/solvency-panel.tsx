import type { VillageWarnings } from '../../src/oversight/index.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { BarChart } from '../shared/bar-chart.tsx';
import { LinkButton } from '../shared/button.tsx';
import { formatDay } from '../shared/day-text.tsx';
import { Notice } from '../shared/notice.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { wholeYuan } from '../shared/yuan.tsx';
import { RiskTag } from './risk-tag.tsx';

type SolvencyPanelProps = Pick<VillageWarnings, 'promisedFen' | 'goodsFen' | 'moneyFen' | 'solvency' | 'stop'> & {
  mayLift: boolean;
};

/** 够不够换: what the points promise against the goods and the money, in its colour, and whether new points are stopped. */
export function SolvencyPanel({ promisedFen, goodsFen, moneyFen, solvency, stop, mayLift }: SolvencyPanelProps) {
  const { t } = usePage();
  const href = useVillageHref();
  const sums = { promised: wholeYuan(promisedFen), goods: wholeYuan(goodsFen), money: wholeYuan(moneyFen) };
  const { level, percent, budget } = solvency;
  const yuan = (text: string) => t('shared.yuanOf', { yuan: text });
  return (
    <Panel title={t('oversight.warnings.cover')} aside={<RiskTag level={level} />}>
      <p>
        {percent === null
          ? t('oversight.warnings.coverNone', sums)
          : t('oversight.warnings.coverText', { ...sums, percent })}
      </p>
      <BarChart
        title={t('oversight.warnings.inYuan')}
        bars={[
          { label: t('oversight.warnings.promised'), value: promisedFen, text: yuan(sums.promised), isLess: true },
          { label: t('oversight.warnings.goods'), value: goodsFen, text: yuan(sums.goods) },
          { label: t('oversight.warnings.money'), value: moneyFen, text: yuan(sums.money) },
        ]}
      />
      {budget && (
        <p>
          {t('oversight.warnings.budget', {
            points: formatPoints(budget.centipoints),
            percent: budget.usedPercent,
          })}
        </p>
      )}
      <Stop level={level} budgetLevel={budget?.level ?? 'green'} stop={stop} />
      {mayLift && stop.isOn && stop.liftedUntil === null && (
        <LinkButton href={href('/waivers?duty=solvency_stop')}>{t('oversight.warnings.lift')}</LinkButton>
      )}
      {mayLift && stop.isOn && stop.liftedUntil !== null && (
        <LinkButton href={href('/waivers')}>{t('oversight.warnings.liftChange')}</LinkButton>
      )}
    </Panel>
  );
}

function Stop({
  level,
  budgetLevel,
  stop: { isOn, liftedUntil },
}: {
  level: string;
  budgetLevel: string;
  stop: VillageWarnings['stop'];
}) {
  const { t, locale, today } = usePage();
  if (!isOn) return <p class="soft">{t('oversight.warnings.stopOff')}</p>;
  if (liftedUntil !== null) {
    return (
      <Notice kind="info">
        {t('oversight.warnings.lifted', { day: formatDay(liftedUntil, locale, { today, short: true }) })}
      </Notice>
    );
  }
  if (level !== 'red' && budgetLevel !== 'red') return <p class="soft">{t('oversight.warnings.stopOn')}</p>;
  return <Notice kind="warning">{t('oversight.warnings.stopped')}</Notice>;
}
