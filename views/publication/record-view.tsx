import type { RecordContent } from '../../src/publication/index.ts';
import { DataTable } from '../shared/data-table.tsx';
import { LocalNav } from '../shared/local-nav.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { StatCard, Stats } from '../shared/stat-card.tsx';
import { StatusTag } from '../shared/status-tag.tsx';
import { Yuan } from '../shared/yuan.tsx';
import { type PartName, recordParts } from './record-parts.ts';
import { formatCell, RecordTable } from './record-table.tsx';

type RecordViewProps = {
  content: Pick<RecordContent, 'record' | 'month'>;
  actsHref: string;
};

/** Few columns, and in Chinese narrow enough to stay a table on a phone, but for the largest letters. */
const NARROW: ReadonlySet<PartName> = new Set(['rules', 'households']);

/** A record on the screen: the figures first, then each part. */
export function RecordView({ content, actsHref }: RecordViewProps) {
  const { t, locale, textSize } = usePage();
  const isNarrow = (name: PartName) => locale !== 'en' && textSize !== 'largest' && NARROW.has(name);
  const parts = recordParts(content, t);
  return (
    <>
      <RecordFigures totals={content.record.totals} />
      <LocalNav
        label={t('publication.record.parts')}
        items={parts.map(({ name, title, rows }) => ({ href: `#${name}`, label: title, count: rows.length }))}
      />
      {parts.map((part) => (
        <Panel key={part.name} title={part.title} id={part.name} class="record-part">
          <RecordTable part={part} actsHref={actsHref} year={content.month} keepTable={isNarrow(part.name)} />
        </Panel>
      ))}
    </>
  );
}

/** Figures that most months do not have. */
const RARE = [
  ['expiredCentipoints', 'expiredCount'],
  ['returnedCentipoints', 'returnedCount'],
  ['movedCentipoints', 'movedCount'],
  ['convertedCentipoints', 'convertedCount'],
  ['settledCentipoints', 'settledCount'],
] as const;

function RecordFigures({ totals }: { totals: RecordContent['record']['totals'] }) {
  const { t } = usePage();
  const times = (count: number) => t('publication.total.timesNote', { count });
  return (
    <Stats>
      <StatCard
        label={t('publication.total.openingCentipoints')}
        value={<Points centipoints={totals.openingCentipoints} />}
      />
      {totals.openedCount > 0 && (
        <StatCard
          label={t('publication.total.openedCentipoints')}
          value={<Points centipoints={totals.openedCentipoints} />}
          note={t('publication.total.openedNote', { count: totals.openedCount })}
        />
      )}
      <StatCard
        label={t('publication.total.givenCentipoints')}
        value={<Points centipoints={totals.givenCentipoints} />}
        note={times(totals.givenCount)}
      />
      <StatCard
        label={t('publication.total.takenCentipoints')}
        value={<Points centipoints={totals.takenCentipoints} />}
        note={times(totals.takenCount)}
      />
      <StatCard
        label={t('publication.total.exchangedCentipoints')}
        value={<Points centipoints={totals.exchangedCentipoints} />}
        note={times(totals.exchangedCount)}
      />
      {RARE.map(([name, count]) => {
        const centipoints = totals[name];
        return (
          centipoints !== undefined && (
            <StatCard
              key={name}
              label={t(`publication.total.${name}`)}
              value={<Points centipoints={centipoints} />}
              note={times(totals[count] ?? 0)}
            />
          )
        );
      })}
      <StatCard
        label={t('publication.total.closingCentipoints')}
        value={<Points centipoints={totals.closingCentipoints} />}
      />
      <StatCard label={t('publication.total.receivedValueFen')} value={<Yuan fen={totals.receivedValueFen} />} />
      <StatCard label={t('publication.total.stockValueFen')} value={<Yuan fen={totals.stockValueFen} />} />
    </Stats>
  );
}

/** Every check with both its figures, so that anybody can add them up again. */
export function ChecksTable({ checks }: { checks: RecordContent['checks'] }) {
  const { t } = usePage();
  const figure = (value: number, unit: 'centipoints' | 'count') =>
    formatCell(value, unit === 'centipoints' ? 'points' : 'count');
  return (
    <DataTable
      caption={t('publication.part.checks')}
      captionHidden
      columns={[
        { label: t('publication.col.check'), cell: ({ name }) => t(`publication.check.${name}`), rowHeader: true },
        { label: t('publication.col.expected'), cell: ({ expected, unit }) => figure(expected, unit), numeric: true },
        { label: t('publication.col.actual'), cell: ({ actual, unit }) => figure(actual, unit), numeric: true },
        {
          label: t('publication.col.result'),
          cell: ({ ok }) => (
            <StatusTag tone={ok ? 'good' : 'bad'}>
              {t(ok ? 'publication.check.ok' : 'publication.check.wrong')}
            </StatusTag>
          ),
        },
      ]}
      rows={checks}
      rowKey={({ name }) => name}
    />
  );
}
