import type { PassbookLine } from '../../src/cards/passbook.ts';
import { formatPoints } from '../../src/platform/points.ts';
import { DayText } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { usePage } from '../shared/page-context.ts';
import { SignedPoints } from '../shared/points.tsx';
import { useVillageHref } from '../shared/village-href.ts';
import { passbookWords } from './passbook-words.ts';

type PassbookListProps = {
  /** The newest first. */
  entries: readonly PassbookLine[];
  /** Also who wrote it down: for those who run and watch the shop. */
  namesRecorder?: boolean | undefined;
};

/** 积分存折: the same lines for the household and for the office, so that both talk about the same thing. */
export function PassbookList({ entries, namesRecorder }: PassbookListProps) {
  const { t } = usePage();
  if (entries.length === 0) return <EmptyState title={t('cards.mine.passbookEmpty')} />;
  return (
    <ol class="passbook">
      {entries.map((entry) => (
        <PassbookEntry key={entry.n} entry={entry} namesRecorder={namesRecorder} />
      ))}
    </ol>
  );
}

function PassbookEntry({ entry, namesRecorder }: { entry: PassbookLine; namesRecorder: boolean | undefined }) {
  const { t } = usePage();
  const href = useVillageHref();
  return (
    <li class="passbook-line" value={entry.n}>
      <span class="passbook-what">{passbookWords(t, entry)}</span>
      <span class="passbook-change">
        <SignedPoints centipoints={entry.amountCentipoints} />
      </span>
      <span class="passbook-detail">
        <DayText day={entry.occurredOn} short />{' '}
        <a href={href(`/acts/${entry.seq}`)}>{t('cards.mine.actNumber', { seq: entry.seq })}</a>
        {entry.earnedOn !== null && (
          <span>
            {t('cards.entry.earnedOn')} <DayText day={entry.earnedOn} short />
          </span>
        )}
        {entry.memberName !== null && <span>{t('cards.entry.forMember', { name: entry.memberName })}</span>}
        {namesRecorder && entry.recordedBy !== '' && <span>{entry.recordedBy}</span>}
        {namesRecorder && entry.approvedBy !== null && (
          <span>{t('cards.entry.approvedBy', { name: entry.approvedBy })}</span>
        )}
        {namesRecorder && entry.proxyName !== null && (
          <span>{t('cards.entry.fetchedBy', { name: entry.proxyName })}</span>
        )}
        {namesRecorder && entry.confirmedBy !== null && (
          <span>{t('cards.entry.confirmedBy', { name: entry.confirmedBy })}</span>
        )}
        {entry.reversedBySeq !== null && <span>{t('cards.entry.reversed', { seq: entry.reversedBySeq })}</span>}
      </span>
      <span class="passbook-after">
        {entry.balanceAfterCentipoints < 0
          ? t('shared.owedShort', { points: formatPoints(-entry.balanceAfterCentipoints) })
          : `${t('cards.mine.after')} ${formatPoints(entry.balanceAfterCentipoints)}`}
      </span>
    </li>
  );
}
