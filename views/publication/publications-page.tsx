import type { PublicationMonth, PublicationSummary } from '../../src/publication/index.ts';
import { LinkButton } from '../shared/button.tsx';
import { type Column, DataTable } from '../shared/data-table.tsx';
import { DayText, formatMonth } from '../shared/day-text.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ExportLinks } from '../shared/export-links.tsx';
import { Layout } from '../shared/layout.tsx';
import { usePage } from '../shared/page-context.ts';
import { Panel } from '../shared/panel.tsx';
import { Points } from '../shared/points.tsx';
import { StatusTag } from '../shared/status-tag.tsx';

type PublishedLine = PublicationSummary & { publishedOn: string; isLatest: boolean };

export type PublicationsPageProps = {
  lines: readonly PublishedLine[];
  /** `/villages/…/publications` */
  publicationsHref: string;
  /** For whoever publishes: complete months to publish or correct, and the one that is not over. */
  todo?: { months: readonly PublicationMonth[]; current: PublicationMonth | undefined } | undefined;
};

/** Every published version of every month; the supervisor sees first what is to be published. */
export function PublicationsPage({ lines, publicationsHref, todo }: PublicationsPageProps) {
  const { t, locale } = usePage();
  const columns: Column<PublishedLine>[] = [
    {
      label: t('publication.column.month'),
      cell: ({ month, version }) => (
        <a class="act-number" href={`${publicationsHref}/${month}/${version}`}>
          {formatMonth(month, locale)}
        </a>
      ),
      rowHeader: true,
    },
    { label: t('publication.column.version'), cell: (line) => <VersionCell line={line} /> },
    { label: t('publication.column.published'), cell: ({ publishedOn }) => <DayText day={publishedOn} short /> },
    {
      label: t('publication.column.given'),
      cell: ({ totals }) => <Points centipoints={totals.givenCentipoints} />,
      numeric: true,
    },
    {
      label: t('publication.column.exchanged'),
      cell: ({ totals }) => <Points centipoints={totals.exchangedCentipoints} />,
      numeric: true,
    },
    {
      label: t('publication.column.closing'),
      cell: ({ totals }) => <Points centipoints={totals.closingCentipoints} />,
      numeric: true,
    },
  ];
  return (
    <Layout title={t('publication.title')} lead={t('publication.lead')}>
      {todo && <Todo {...todo} publicationsHref={publicationsHref} />}
      <DataTable
        caption={t('publication.title')}
        captionHidden
        columns={columns}
        rows={lines}
        rowKey={({ month, version }) => `${month} ${version}`}
        brief
        empty={<EmptyState title={t('publication.empty')}>{t('publication.emptyHint')}</EmptyState>}
      />
      <ExportLinks list="publications" />
    </Layout>
  );
}

function VersionCell({ line }: { line: PublishedLine }) {
  const { t } = usePage();
  return (
    <>
      {t('publication.version', { version: line.version })}{' '}
      {line.isLatest && line.version > 1 && <StatusTag tone="good">{t('publication.latest')}</StatusTag>}{' '}
      {line.changeCount > 0 && <span class="soft">{t('publication.correction', { count: line.changeCount })}</span>}
    </>
  );
}

type TodoProps = NonNullable<PublicationsPageProps['todo']> & Pick<PublicationsPageProps, 'publicationsHref'>;

/** The first button is the month that is due; the others follow it. */
function Todo({ months, current, publicationsHref }: TodoProps) {
  const { t, locale, today } = usePage();
  const hrefOf = (month: string) => `${publicationsHref}/new?month=${month}`;
  return (
    <Panel title={t('publication.todo')}>
      {months.length === 0 && (
        <EmptyState title={t('publication.todoNone')}>
          {t('publication.todoNoneHint', { month: formatMonth(today.slice(0, 7), locale) })}
        </EmptyState>
      )}
      <ul class="todo-list">
        {months.map(({ month, latestVersion, actCount, newActCount }, index) => (
          <li key={month} class="todo-line">
            <span>
              <strong>{formatMonth(month, locale)}</strong>{' '}
              {latestVersion === null
                ? t('publication.todoFirst', { count: actCount })
                : t('publication.todoChanged', { count: newActCount })}
            </span>
            <LinkButton href={hrefOf(month)} look={index === 0 ? 'primary' : 'secondary'}>
              {t('publication.todoReview', { month: formatMonth(month, locale) })}
            </LinkButton>
          </li>
        ))}
      </ul>
      {current && (
        <p>
          <a class="row-link" href={hrefOf(current.month)}>
            {t('publication.todoCurrent', { month: formatMonth(current.month, locale) })}
          </a>
        </p>
      )}
    </Panel>
  );
}
