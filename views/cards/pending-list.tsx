import type { PendingLine } from '../../src/cards/pending-line.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { DayText } from '../shared/day-text.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { SignedPoints } from '../shared/points.tsx';

/** 还不能用的积分: what waits, and from which day it can be used; nothing where nothing waits. */
export function PendingList({ pending }: { pending: readonly PendingLine[] }) {
  const { t } = usePage();
  if (pending.length === 0) return null;
  const sum = pending.reduce(
    (total, { amountCentipoints, state }) => (state === 'returned' ? total : total + Math.max(amountCentipoints, 0)),
    0,
  );
  return (
    <Panel title={t('cards.pending.title', { points: formatPoints(sum) })}>
      <p class="soft">{t('cards.pending.lead')}</p>
      <ul class="passbook">
        {pending.map((line) => (
          <li key={line.claimId} class="passbook-line">
            <span class="passbook-what">{line.ruleName}</span>
            <span class="passbook-change">
              <SignedPoints centipoints={line.amountCentipoints} />
            </span>
            <span class="passbook-detail">
              <DayText day={line.occurredOn} short /> <span>{t(`cards.pending.${line.state}`)}</span>
              {line.clearsOn && line.state === 'posted' && (
                <span>
                  {t('cards.pending.from')} <DayText day={line.clearsOn} short />
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
