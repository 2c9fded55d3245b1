import type { ComponentChildren } from 'preact';
import { formatPoints } from '../../src/platform/points.ts';
import { usePage } from '../shared/page-context.ts';
import { Points } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

type BalanceLine = {
  number: string;
  headName: string;
  /** Who of the household, where each person has a line. */
  memberName?: string | undefined;
  groupName: string;
  balanceCentipoints: number;
  balanceAfterCentipoints: number;
  /** What somebody should look at before confirming. */
  remarks?: ComponentChildren;
};

/** Every household with its balance before and after, close enough together for a phone. */
export function BalanceList({ title, lines }: { title: string; lines: readonly BalanceLine[] }) {
  return (
    <section class="flow">
      <h2>{title}</h2>
      <ul class="households">
        {lines.map((line) => (
          <li key={`${line.number} ${line.memberName ?? ''}`}>
            <div class="household">
              <span class="household-name">{line.headName}</span>
              <span class="household-detail">
                {line.groupName} {line.memberName && <ForWhom name={line.memberName} />} {line.remarks}
              </span>
              <BalanceStep line={line} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ForWhom({ name }: { name: string }) {
  const { t } = usePage();
  return <StatusTag tone="plain">{t('awards.preview.for', { name })}</StatusTag>;
}

function BalanceStep({ line }: { line: BalanceLine }) {
  const { t } = usePage();
  return (
    <span class="household-balance">
      <span class="visually-hidden">{t('cards.step.before')} </span>
      <span class="household-before">{formatPoints(line.balanceCentipoints)}</span>
      <span aria-hidden="true"> → </span>
      <span class="visually-hidden">{t('cards.step.after')} </span>
      <Points centipoints={line.balanceAfterCentipoints} />
    </span>
  );
}
